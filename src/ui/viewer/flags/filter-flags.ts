import type { DeliveredFlag } from "../../../document/formats/delivered-flags.ts";
import {
	childrenOf,
	compactSource,
	decodeString,
	keyOf,
	valueSource,
} from "../../../document/json/children.ts";
import { at, OBJECT, type Tree } from "../../../document/json/tree.ts";

export interface FlagFilter {
	/** Text that the name or the JSON of the flag contains, as written or with escapes decoded. Case is ignored. */
	readonly filter: string;
	readonly sort: "enabled" | "name" | "document";
	/** Only flags that this tree lacks or has with another JSON; white space is ignored. */
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

/** The text that a filter searches, in lower case. */
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
