// Feature flags as AWS.AppConfig.FeatureFlags hands them out: an object of flags, each with `enabled` and its attributes.

import { compactSource } from "../diff/json/tokens.ts";
import {
	childrenOf,
	decodeString,
	keyOf,
	valueSource,
} from "../json/children.ts";
import { at, FALSE, OBJECT, STRING, TRUE, type Tree } from "../json/tree.ts";

export interface FlagAttribute {
	readonly name: string;
	readonly node: number;
}

export interface DeliveredFlag {
	readonly name: string;
	readonly node: number;
	readonly isEnabled: boolean;
	/** Of a multi-variant flag, the variant that was served. */
	readonly variant: string | undefined;
	readonly attributes: readonly FlagAttribute[];
}

/** `undefined` when the document is none of flags: any member that is not an object with a boolean `enabled`. */
export function readDeliveredFlags(
	tree: Tree,
): readonly DeliveredFlag[] | undefined {
	if (!tree.done || tree.problem || at(tree.kind, 0) !== OBJECT)
		return undefined;
	const flags: DeliveredFlag[] = [];
	for (const node of childrenOf(tree, 0)) {
		const flag = readFlag(tree, node);
		if (!flag) return undefined;
		flags.push(flag);
	}
	return flags.length > 0 ? flags : undefined;
}

export function isDeliveredFlag(tree: Tree, node: number): boolean {
	return readFlag(tree, node) !== undefined;
}

function readFlag(tree: Tree, node: number): DeliveredFlag | undefined {
	if (at(tree.kind, node) !== OBJECT) return undefined;
	let enabled: number | undefined;
	let variant: string | undefined;
	const attributes: FlagAttribute[] = [];
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

export interface FlagFilter {
	/** Part of the name, or of an attribute as written or as it reads; case ignored. */
	readonly filter: string;
	readonly sort: "enabled" | "name" | "document";
	/** Flags that are written otherwise than in this tree, but for white space, or that it does not have. */
	readonly changedFrom?: Tree | undefined;
}

export function filterFlags(
	tree: Tree,
	flags: readonly DeliveredFlag[],
	choice: FlagFilter,
): readonly DeliveredFlag[] {
	const needle = choice.filter.toLowerCase();
	const before = choice.changedFrom && sourcesByName(choice.changedFrom);
	const chosen = flags.filter(
		({ name, node }) =>
			(!before || before.get(name) !== compactSource(tree, node)) &&
			(needle === "" || searchTextOf(tree, node, name).includes(needle)),
	);
	switch (choice.sort) {
		case "document":
			return chosen;
		case "name":
			return chosen.sort(compareByName);
		case "enabled":
			return chosen.sort(
				(a, b) =>
					Number(b.isEnabled) - Number(a.isEnabled) || compareByName(a, b),
			);
	}
}

/** What a filter looks through: the name, and the flag as written and as it reads, in lower case. */
function searchTextOf(tree: Tree, node: number, name: string): string {
	const source = valueSource(tree, node);
	const decoded = source.includes("\\")
		? source.replace(/"(?:[^"\\]|\\.)*"/g, decodeString)
		: "";
	return `${name}\n${source}\n${decoded}`.toLowerCase();
}

function compareByName(a: DeliveredFlag, b: DeliveredFlag): number {
	return a.name < b.name ? -1 : a.name > b.name ? 1 : a.node - b.node;
}

function sourcesByName(tree: Tree): ReadonlyMap<string, string> {
	const found = new Map<string, string>();
	if (at(tree.kind, 0) === OBJECT)
		for (const node of childrenOf(tree, 0))
			found.set(keyOf(tree, node), compactSource(tree, node));
	return found;
}
