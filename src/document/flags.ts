// Feature flags as AWS.AppConfig.FeatureFlags hands them out: an object of flags, each with `enabled` and its attributes.

import { compactSourceOf } from "./diff/json/tokens.ts";
import {
	childrenOf,
	decodeString,
	keyOf,
	valueSource,
} from "./json/children.ts";
import { at, FALSE, OBJECT, STRING, TRUE, type Tree } from "./json/tree.ts";

export interface Attribute {
	readonly name: string;
	readonly node: number;
}

export interface Flag {
	readonly name: string;
	readonly node: number;
	readonly isEnabled: boolean;
	/** Of a multi-variant flag, the variant that was served. */
	readonly variant: string | undefined;
	readonly attributes: readonly Attribute[];
}

/** `undefined` when the document is none of flags: any member that is not an object with a boolean `enabled`. */
export function readFlags(tree: Tree): readonly Flag[] | undefined {
	if (!tree.done || tree.problem || at(tree.kind, 0) !== OBJECT)
		return undefined;
	const flags: Flag[] = [];
	for (const node of childrenOf(tree, 0)) {
		const flag = readFlag(tree, node);
		if (!flag) return undefined;
		flags.push(flag);
	}
	return flags.length > 0 ? flags : undefined;
}

export function isFlag(tree: Tree, node: number): boolean {
	return readFlag(tree, node) !== undefined;
}

function readFlag(tree: Tree, node: number): Flag | undefined {
	if (at(tree.kind, node) !== OBJECT) return undefined;
	let enabled: number | undefined;
	let variant: string | undefined;
	const attributes: Attribute[] = [];
	for (const child of childrenOf(tree, node)) {
		const name = keyOf(tree, child);
		const kind = at(tree.kind, child);
		if (name === "enabled") enabled = kind;
		else if (name === "_variant" && kind === STRING)
			variant = decodeString(valueSource(tree, child));
		else attributes.push({ name, node: child });
	}
	if (enabled !== TRUE && enabled !== FALSE) return undefined;
	const isEnabled = enabled === TRUE;
	return { name: keyOf(tree, node), node, isEnabled, variant, attributes };
}

export interface FlagChoice {
	/** Part of the name, or of an attribute as written or as it reads; case ignored. */
	readonly filter: string;
	readonly sort: "enabled" | "name" | "document";
	/** Flags that are written otherwise than in this tree, but for white space, or that it does not have. */
	readonly changedFrom?: Tree | undefined;
}

export function chooseFlags(
	tree: Tree,
	flags: readonly Flag[],
	choice: FlagChoice,
): readonly Flag[] {
	const needle = choice.filter.toLowerCase();
	const before = choice.changedFrom && sources(choice.changedFrom);
	const chosen = flags.filter(
		({ name, node }) =>
			(!before || before.get(name) !== compactSourceOf(tree, node)) &&
			(needle === "" || textsOf(tree, node, name).includes(needle)),
	);
	switch (choice.sort) {
		case "document":
			return chosen;
		case "name":
			return chosen.sort(byName);
		case "enabled":
			return chosen.sort(
				(a, b) => Number(b.isEnabled) - Number(a.isEnabled) || byName(a, b),
			);
	}
}

/** What a filter looks through: the name, and the flag as written and as it reads, in lower case. */
function textsOf(tree: Tree, node: number, name: string): string {
	const source = valueSource(tree, node);
	const decoded = source.includes("\\")
		? source.replace(/"(?:[^"\\]|\\.)*"/g, decodeString)
		: "";
	return `${name}\n${source}\n${decoded}`.toLowerCase();
}

function byName(a: Flag, b: Flag): number {
	return a.name < b.name ? -1 : a.name > b.name ? 1 : a.node - b.node;
}

function sources(tree: Tree): ReadonlyMap<string, string> {
	const found = new Map<string, string>();
	if (at(tree.kind, 0) === OBJECT)
		for (const node of childrenOf(tree, 0))
			found.set(keyOf(tree, node), compactSourceOf(tree, node));
	return found;
}
