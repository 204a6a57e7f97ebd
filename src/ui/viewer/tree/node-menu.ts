// The menu of what can be copied of a node, and the words that confirm it.

import {
	type CopyFormat,
	copyFormats,
	copyText as textOf,
} from "../../../document/json/copy-formats.ts";
import type { Tree } from "../../../document/json/tree.ts";
import { formatNumber } from "../../../document/text/format-number.ts";
import type { MenuItem } from "../../components/Menu.tsx";
import type { Announce } from "../../components/status.tsx";
import { copyAndAnnounce } from "../../copy/clipboard.ts";

const NAMES: Readonly<
	Record<CopyFormat, readonly [item: string, said: string]>
> = {
	value: ["Value", "the value"],
	source: ["Value as in the source", "the value as in the source"],
	formatted: ["Value, formatted", "the value, formatted"],
	key: ["Key", "the key"],
	JSONPath: ["Path as JSONPath", "the path as JSONPath"],
	JavaScript: ["Path as JavaScript", "the path as JavaScript"],
	jq: ["Path as jq", "the path as jq"],
	"JSON Pointer": ["Path as JSON Pointer", "the path as JSON Pointer"],
};
const KEYS: Partial<Record<CopyFormat, string>> = {
	value: "Control+C",
	JSONPath: "Control+Shift+C",
};
const VALUES: readonly CopyFormat[] = ["value", "source", "formatted"];
/** Characters of what was copied that the confirmation repeats. */
const ECHO = 60;

export interface NodeMenuOptions {
	readonly tree: Tree;
	readonly node: number;
	readonly announce: Announce;
}

/** In groups: what a node is, where it is. */
export function nodeMenu(
	options: NodeMenuOptions,
): readonly (readonly MenuItem[])[] {
	const kinds = copyFormats(options.tree, options.node);
	const item = (kind: CopyFormat): MenuItem => ({
		name: NAMES[kind][0],
		shortcut: KEYS[kind],
		onSelect: () => copyNode(options, kind),
	});
	const isValue = (kind: CopyFormat) => VALUES.includes(kind);
	return [
		kinds.filter(isValue).map(item),
		kinds.filter((kind) => !isValue(kind)).map(item),
	];
}

export function copyNode(
	{ tree, node, announce }: NodeMenuOptions,
	kind: CopyFormat,
): void {
	const text = textOf(tree, node, kind);
	void copyAndAnnounce(
		text,
		`Copied ${NAMES[kind][1]}: ${echo(text)}`,
		announce,
	);
}

function echo(text: string): string {
	const line = text.replace(/\s+/g, " ");
	return line.length <= ECHO
		? line
		: `${formatNumber(text.length)} characters.`;
}
