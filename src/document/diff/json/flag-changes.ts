// Compares feature flags as flags: state, attributes, variants and rules by name. All three forms are read: as AppConfig
// delivers them in JSON and in Ion, and as they are authored.
// https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-type-reference-feature-flags.html
import { readDeliveredFlags, readFlag } from "../../formats/delivered-flags.ts";
import {
	childrenOf,
	compactSource,
	decodeString,
	keyOf,
	valueSource,
} from "../../json/children.ts";
import { parseTree } from "../../json/json-parser.ts";
import {
	ARRAY,
	at,
	NONE,
	OBJECT,
	STRING,
	TRUE,
	type Tree,
} from "../../json/tree.ts";
import type { ChangedValue } from "./changed-values.ts";
import { previewValue } from "./describe-changes.ts";
import {
	isExpression,
	isFlag,
	jsonOf,
	namesOf,
	variantNameOf,
} from "./flag-paths.ts";

/** A change of a flag. `path`: `checkout · half · rule`. */
export interface FlagChange extends ChangedValue {
	/** More of the values, where they are truncated. */
	readonly longBefore?: string;
	readonly longAfter?: string;
	/** Where it stands: in the original document if it was removed, otherwise in the modified one. */
	readonly node: number;
}

export interface FlagChanges {
	readonly changes: readonly FlagChange[];
	/** Whether times differ at which AppConfig says that a flag was created or updated. */
	readonly hasOtherTimes: boolean;
}

interface Flag {
	readonly name: string;
	readonly state: State;
	/** In the order of evaluation. Empty for a flag without variants. */
	readonly variants: readonly Variant[];
	/** The times that AppConfig adds to an authored flag. */
	readonly times: string;
}

/** What a flag and a variant have in common. */
interface State {
	readonly node: number;
	/** Absent where the variants have it. */
	readonly isEnabled: boolean | undefined;
	readonly attributes: ReadonlyMap<string, Value>;
	/** The name of the variant that was delivered. */
	readonly delivered?: string | undefined;
}

interface Variant {
	readonly name: string;
	readonly state: State;
	/** Empty in the default variant. */
	readonly rule: string;
}

/** A value of a document, or of the JSON in a string of it. */
interface Value {
	readonly tree: Tree;
	readonly node: number;
}

type Flags = ReadonlyMap<string, Flag>;

/** `undefined` unless both documents are feature flags, each in any of the three forms. Variants that are only ordered otherwise are a change. */
export function compareFlags(
	original: Tree,
	modified: Tree,
): FlagChanges | undefined {
	const before = readFlags(original);
	const after = before && readFlags(modified);
	if (!before || !after) return undefined;
	const names = [...new Set([...before.keys(), ...after.keys()])];
	return {
		changes: names.flatMap((name) =>
			changesOfFlag(name, before.get(name), after.get(name)),
		),
		hasOtherTimes: names.some((name) => {
			const [one, other] = [before.get(name), after.get(name)];
			return one && other && one.times !== other.times;
		}),
	};
}

/** Whether a document is feature flags as they are authored: only its `values` are flags. */
export function areAuthoredFlags(tree: Tree): boolean {
	return authoredValuesOf(tree) !== undefined;
}

function changesOfFlag(
	path: string,
	before: Flag | undefined,
	after: Flag | undefined,
): readonly FlagChange[] {
	if (!before || !after) return changeOfWhole(path, before, after);
	const changes = changesOfState(path, before.state, after.state);
	const old = new Map(before.variants.map((one) => [one.name, one]));
	const now = new Map(after.variants.map((one) => [one.name, one]));
	for (const name of new Set([...old.keys(), ...now.keys()])) {
		const [from, to] = [old.get(name), now.get(name)];
		const variantPath = `${path} · ${name}`;
		if (!from || !to) changes.push(...changeOfWhole(variantPath, from, to));
		else
			changes.push(
				...changesOfState(variantPath, from.state, to.state),
				...changeOfRule(variantPath, from, to),
			);
	}
	const [first, second] = [
		before.variants.filter(({ name }) => now.has(name)),
		after.variants.filter(({ name }) => old.has(name)),
	].map((variants) => variants.map(({ name }) => name).join(", "));
	if (first !== second)
		changes.push({
			kind: "changed",
			path: `${path} · order of variants`,
			before: first ?? "",
			after: second ?? "",
			node: after.state.node,
		});
	return changes;
}

/** A flag or a variant that is only in one of the documents. */
function changeOfWhole(
	path: string,
	before: Flag | Variant | undefined,
	after: Flag | Variant | undefined,
): readonly FlagChange[] {
	if (after)
		return [
			{
				kind: "added",
				path,
				after: describeWhole(after),
				node: after.state.node,
			},
		];
	if (before)
		return [
			{
				kind: "removed",
				path,
				before: describeWhole(before),
				node: before.state.node,
			},
		];
	return [];
}

function describeWhole(whole: Flag | Variant): string {
	const { isEnabled } = whole.state;
	if (isEnabled !== undefined) return nameOfState(isEnabled);
	const names = "variants" in whole ? whole.variants : [];
	return `variants ${names.map(({ name }) => name).join(", ")}`;
}

function changesOfState(
	path: string,
	before: State,
	after: State,
): FlagChange[] {
	const changes: FlagChange[] = [];
	const { node } = after;
	if (
		before.isEnabled !== after.isEnabled &&
		before.isEnabled !== undefined &&
		after.isEnabled !== undefined
	)
		changes.push({
			kind: "changed",
			path,
			before: nameOfState(before.isEnabled),
			after: nameOfState(after.isEnabled),
			node,
		});
	if (before.delivered !== after.delivered)
		changes.push({
			kind: "changed",
			path: `${path} · variant`,
			before: before.delivered ?? "none",
			after: after.delivered ?? "none",
			node,
		});
	const names = [...before.attributes.keys(), ...after.attributes.keys()];
	for (const name of new Set(names)) {
		const from = before.attributes.get(name);
		const to = after.attributes.get(name);
		if (from && to && sourceOf(from) === sourceOf(to)) continue;
		changes.push({
			kind: from ? (to ? "changed" : "removed") : "added",
			path: `${path} · ${name}`,
			...(from && toText(from, "before", "longBefore")),
			...(to && toText(to, "after", "longAfter")),
			node: to ? after.node : before.node,
		});
	}
	return changes;
}

/** Of a rule in which only the percentage of a split differs, the percentages are told. */
function changeOfRule(
	path: string,
	before: Variant,
	after: Variant,
): readonly FlagChange[] {
	if (before.rule === after.rule) return [];
	const { node } = after.state;
	const [from, to] = [before.rule, after.rule].map((rule) => ({
		rest: rule.replace(PERCENTAGE, "pct::%"),
		percentages: [...rule.matchAll(PERCENTAGE)].map(([, share]) => share ?? ""),
	}));
	const differing = (from?.percentages ?? []).flatMap((share, index) =>
		share === to?.percentages[index]
			? []
			: [[share, to?.percentages[index] ?? ""] as const],
	);
	const [only] = differing;
	if (from?.rest === to?.rest && only && differing.length === 1)
		return [
			{
				kind: "changed",
				path: `${path} · split`,
				before: `${only[0]} %`,
				after: `${only[1]} %`,
				node,
			},
		];
	return [
		{
			kind: "changed",
			path: `${path} · rule`,
			before: before.rule || "none",
			after: after.rule || "none",
			node,
		},
	];
}

const PERCENTAGE = /\bpct::(\d+(?:\.\d+)?)/g;

function nameOfState(isEnabled: boolean): string {
	return isEnabled ? "on" : "off";
}

function sourceOf({ tree, node }: Value): string {
	return compactSource(tree, node);
}

/** Characters of a value in the tooltip. */
const MAX_LONG = 1_000;

function toText<Short extends string, Long extends string>(
	{ tree, node }: Value,
	short: Short,
	long: Long,
): { readonly [Key in Short | Long]?: string } {
	const text = previewValue(tree, node);
	const whole = previewValue(tree, node, MAX_LONG);
	return (
		text === whole ? { [short]: text } : { [short]: text, [long]: whole }
	) as { readonly [Key in Short | Long]?: string };
}

function readFlags(tree: Tree): Flags | undefined {
	if (!tree.done || tree.problem) return undefined;
	return byName(
		readDelivered(tree) ?? readAuthored(tree) ?? readIonDocument(tree),
	);
}

/** `undefined` also where a name occurs twice: then only the values can be compared. */
function byName(flags: readonly Flag[] | undefined): Flags | undefined {
	if (!flags || flags.length === 0) return undefined;
	const found = new Map(flags.map((flag) => [flag.name, flag]));
	const isEachOnce =
		found.size === flags.length &&
		flags.every(
			({ variants }) =>
				new Set(variants.map(({ name }) => name)).size === variants.length,
		);
	return isEachOnce ? found : undefined;
}

function readDelivered(tree: Tree): readonly Flag[] | undefined {
	return readDeliveredFlags(tree)?.map((flag) => ({
		name: flag.name,
		state: toState(flag.node, tree, flag.node),
		variants: [],
		times: "",
	}));
}

/** `node`: where it stands in the document; `json` and `top`: the object with its state, which may be in a string. */
function toState(node: number, json: Tree, top: number): State {
	const flag = readFlag(json, top);
	return {
		node,
		isEnabled: flag?.isEnabled,
		delivered: flag?.variant,
		attributes: new Map(
			flag?.attributes.map((attribute) => [
				attribute.name,
				{ tree: json, node: attribute.node },
			]),
		),
	};
}

function authoredValuesOf(tree: Tree): number | undefined {
	if (at(tree.kind, 0) !== OBJECT) return undefined;
	const members = membersOf(tree, 0);
	const [values, version] = [members.get("values"), members.get("version")];
	if (values === undefined || version === undefined) return undefined;
	const flags = [...childrenOf(tree, values)];
	return at(tree.kind, values) === OBJECT &&
		flags.every((flag) => at(tree.kind, flag) === OBJECT)
		? values
		: undefined;
}

const TIMES = ["_createdAt", "_updatedAt"] as const;

function readAuthored(tree: Tree): readonly Flag[] | undefined {
	const values = authoredValuesOf(tree);
	if (values === undefined) return undefined;
	return [...childrenOf(tree, values)].map((node) => {
		const attributes = membersOf(tree, node);
		const take = (name: string) => {
			const found = attributes.get(name);
			attributes.delete(name);
			return found;
		};
		const enabled = take("enabled");
		const variants = take("_variants");
		const times = TIMES.map(take).map((time) =>
			time === undefined ? "" : valueSource(tree, time),
		);
		return {
			name: keyOf(tree, node),
			state: {
				node,
				isEnabled: isOn(tree, enabled),
				attributes: toValues(tree, attributes),
			},
			variants:
				variants !== undefined && at(tree.kind, variants) === ARRAY
					? [...childrenOf(tree, variants)].map((variant) =>
							readAuthoredVariant(tree, variant),
						)
					: [],
			times: times.join(" "),
		};
	});
}

function readAuthoredVariant(tree: Tree, node: number): Variant {
	const members = membersOf(tree, node);
	const textOf = (name: string) => {
		const found = members.get(name);
		return found !== undefined && at(tree.kind, found) === STRING
			? decodeString(valueSource(tree, found))
			: undefined;
	};
	const attributes = members.get("attributeValues");
	return {
		name: textOf("name") ?? `[${at(tree.index, node)}]`,
		rule: textOf("rule") ?? "",
		state: {
			node,
			isEnabled: isOn(tree, members.get("enabled")),
			attributes:
				attributes === undefined
					? new Map()
					: toValues(tree, membersOf(tree, attributes)),
		},
	};
}

/** Ion as extended JSON. `undefined` unless each top-level value is a flag. */
function readIonDocument(tree: Tree): readonly Flag[] | undefined {
	if (!tree.tag) return undefined;
	const nodes = isFlag(tree, 0)
		? [0]
		: at(tree.kind, 0) === ARRAY
			? [...childrenOf(tree, 0)]
			: [];
	const flags: Flag[] = [];
	for (const node of nodes) {
		const flag = isFlag(tree, node) ? readIonFlag(tree, node) : undefined;
		if (!flag) return undefined;
		flags.push(flag);
	}
	return flags;
}

function readIonFlag(tree: Tree, node: number): Flag | undefined {
	const name = namesOf(tree, node);
	if (at(tree.kind, node) === STRING) {
		const state = readIonState(tree, node, node);
		return state && { name, state, variants: [], times: "" };
	}
	const variants: Variant[] = [];
	for (const item of childrenOf(tree, node)) {
		const state = readIonState(tree, item, jsonOf(tree, item));
		if (!state) return undefined;
		// The delivered name is the name of the variant.
		const { delivered: _, ...rest } = state;
		variants.push({
			name: variantNameOf(tree, item),
			state: rest,
			rule: ruleOf(tree, item),
		});
	}
	return {
		name,
		state: { node, isEnabled: undefined, attributes: new Map() },
		variants,
		times: "",
	};
}

function readIonState(
	tree: Tree,
	node: number,
	string: number,
): State | undefined {
	if (string === NONE) return undefined;
	const json = parseTree(decodeString(valueSource(tree, string)));
	return json.problem || !readFlag(json, 0)
		? undefined
		: toState(node, json, 0);
}

/** As Ion spells it: without commas between the items of an expression. */
function ruleOf(tree: Tree, variant: number): string {
	if (at(tree.kind, variant) !== ARRAY) return "";
	const [rule] = childrenOf(tree, variant);
	return rule === undefined || at(tree.kind, rule) === STRING
		? ""
		: toIonText(tree, rule);
}

function toIonText(tree: Tree, node: number): string {
	if (!isExpression(tree, node)) return compactSource(tree, node);
	const items = [...childrenOf(tree, node)].map((item) => {
		const tag = tree.tag ? at(tree.tag, item) : NONE;
		const prefix =
			tag === NONE ? "" : tree.text.slice(tag, at(tree.start, item)).trim();
		return prefix + toIonText(tree, item);
	});
	return `(${items.join(" ")})`;
}

function membersOf(tree: Tree, node: number): Map<string, number> {
	const found = new Map<string, number>();
	if (at(tree.kind, node) !== OBJECT) return found;
	for (const child of childrenOf(tree, node))
		found.set(keyOf(tree, child), child);
	return found;
}

function toValues(
	tree: Tree,
	members: ReadonlyMap<string, number>,
): ReadonlyMap<string, Value> {
	return new Map(
		Array.from(members, ([name, node]) => [name, { tree, node }] as const),
	);
}

function isOn(tree: Tree, node: number | undefined): boolean | undefined {
	return node === undefined ? undefined : at(tree.kind, node) === TRUE;
}
