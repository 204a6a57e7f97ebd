// Multi-variant feature flags, which AppConfig delivers as Ion:
// https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-agent-how-to-use-local-development-samples.html
import {
	bracketsOf,
	childrenOf,
	decodeString,
	tagOf,
	valueSource,
} from "../../json/children.ts";
import { parseTree } from "../../json/json-parser.ts";
import {
	ARRAY,
	at,
	isContainer,
	NONE,
	STRING,
	type Tree,
} from "../../json/tree.ts";

/** The path of a value by the names of its flag and variant: `checkout-v2 · half · rule`. `undefined` outside of flags. */
export function flagPathOf(tree: Tree, node: number): string | undefined {
	if (!tree.tag) return undefined;
	const path = ancestorsOf(tree, node);
	// A single flag is the whole document; several flags are its top-level values.
	const start = isFlag(tree, path[0] ?? NONE) ? 0 : 1;
	const [flag, variant, part] = path.slice(start);
	if (flag === undefined || !isFlag(tree, flag)) return undefined;
	const names = [namesOf(tree, flag)];
	if (variant !== undefined) names.push(variantNameOf(tree, variant));
	if (part !== undefined)
		names.push(isExpression(tree, part) ? "rule" : "value");
	return names.join(" · ");
}

/** From the root down to the node. */
function ancestorsOf(tree: Tree, node: number): readonly number[] {
	const path: number[] = [];
	for (let up = node; up !== NONE; up = at(tree.parent, up)) path.push(up);
	return path.reverse();
}

/** An annotated string, or an annotated list of variants. A variant is a string, or a list of a rule and a string. */
export function isFlag(tree: Tree, node: number): boolean {
	if (node === NONE || !tagOf(tree, node).endsWith("::")) return false;
	if (at(tree.kind, node) === STRING) return true;
	if (!isList(tree, node)) return false;
	const variants = [...childrenOf(tree, node)];
	return (
		variants.length > 0 &&
		variants.every(
			(variant) =>
				at(tree.kind, variant) === STRING ||
				(isList(tree, variant) && jsonOf(tree, variant) !== NONE),
		)
	);
}

function isList(tree: Tree, node: number): boolean {
	return at(tree.kind, node) === ARRAY && !isExpression(tree, node);
}

export function isExpression(tree: Tree, node: number): boolean {
	return isContainer(tree, node) && bracketsOf(tree, node)[0] === "(";
}

/** The string with the JSON of a variant. */
export function jsonOf(tree: Tree, variant: number): number {
	if (at(tree.kind, variant) === STRING) return variant;
	if (!isContainer(tree, variant)) return NONE;
	return (
		[...childrenOf(tree, variant)].findLast(
			(child) => at(tree.kind, child) === STRING,
		) ?? NONE
	);
}

/** By its annotation, by `_variant` in its JSON, or else by its position. */
export function variantNameOf(tree: Tree, variant: number): string {
	if (tagOf(tree, variant) !== "") return namesOf(tree, variant);
	const json = jsonOf(tree, variant);
	const name = json === NONE ? undefined : nameIn(valueSource(tree, json));
	return name ?? `[${at(tree.index, variant)}]`;
}

function nameIn(source: string): string | undefined {
	const json = parseTree(decodeString(source));
	if (json.problem) return undefined;
	for (const member of childrenOf(json, 0)) {
		const isName =
			at(json.key, member) !== NONE &&
			json.text.startsWith('"_variant"', at(json.key, member)) &&
			at(json.kind, member) === STRING;
		if (isName) return decodeString(valueSource(json, member));
	}
	return undefined;
}

/** The annotations without quotes and colons. */
export function namesOf(tree: Tree, node: number): string {
	const symbols = tagOf(tree, node).match(/'(?:[^'\\]|\\.)*'|[^:']+/g) ?? [];
	return symbols.map(toName).join("::");
}

function toName(symbol: string): string {
	if (!symbol.startsWith("'")) return symbol;
	const inside = symbol
		.slice(1, -1)
		.replace(/\\.|"/g, (found) =>
			found === "\\'" ? "'" : found === '"' ? '\\"' : found,
		);
	return decodeString(`"${inside}"`);
}
