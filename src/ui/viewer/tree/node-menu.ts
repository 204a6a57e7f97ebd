// The menu of what can be copied of a node, and the words that confirm it.

import { grouped } from "../../../document/format-number.ts";
import {
	type CopyKind,
	copyKinds,
	copyText as textOf,
} from "../../../document/json/copy-formats.ts";
import type { Tree } from "../../../document/json/tree.ts";
import type { MenuItem } from "../../components/Menu.tsx";
import { putSaying } from "../../copy/copying.ts";
import type { Say } from "../../hooks/use-status.ts";

const NAMES: Readonly<Record<CopyKind, readonly [item: string, said: string]>> =
	{
		value: ["Value", "the value"],
		source: ["Value as in the source", "the value as in the source"],
		formatted: ["Value, formatted", "the value, formatted"],
		key: ["Key", "the key"],
		JSONPath: ["Path as JSONPath", "the path as JSONPath"],
		JavaScript: ["Path as JavaScript", "the path as JavaScript"],
		jq: ["Path as jq", "the path as jq"],
		"JSON Pointer": ["Path as JSON Pointer", "the path as JSON Pointer"],
	};
const KEYS: Partial<Record<CopyKind, string>> = {
	value: "Control+C",
	JSONPath: "Control+Shift+C",
};
const VALUES: readonly CopyKind[] = ["value", "source", "formatted"];
/** Characters of what was copied that the confirmation repeats. */
const ECHO = 60;

export interface NodeMenuOptions {
	readonly tree: Tree;
	readonly node: number;
	readonly say: Say;
}

/** In groups: what a node is, where it is. */
export function nodeMenu(
	options: NodeMenuOptions,
): readonly (readonly MenuItem[])[] {
	const kinds = copyKinds(options.tree, options.node);
	const item = (kind: CopyKind): MenuItem => ({
		name: NAMES[kind][0],
		shortcut: KEYS[kind],
		choose: () => copyNode(options, kind),
	});
	const isValue = (kind: CopyKind) => VALUES.includes(kind);
	return [
		kinds.filter(isValue).map(item),
		kinds.filter((kind) => !isValue(kind)).map(item),
	];
}

export function copyNode(
	{ tree, node, say }: NodeMenuOptions,
	kind: CopyKind,
): void {
	const text = textOf(tree, node, kind);
	void putSaying(text, `Copied ${NAMES[kind][1]}: ${echo(text)}`, say);
}

function echo(text: string): string {
	const line = text.replace(/\s+/g, " ");
	return line.length <= ECHO ? line : `${grouped(text.length)} characters.`;
}
