// Feature flags as AppConfig delivers them in JSON: an object of flags, each with `enabled` and its attributes. Flags as they
// are stored, and those in Ion, are read in src/flags.

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
	/** Name of the delivered variant of a flag with variants. */
	readonly variant: string | undefined;
	readonly attributes: readonly FlagAttribute[];
}

/** `undefined` unless every member is an object with a boolean `enabled`. */
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

/** The flag at a node; `undefined` unless it is an object with a boolean `enabled`. */
export function readFlag(tree: Tree, node: number): DeliveredFlag | undefined {
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
