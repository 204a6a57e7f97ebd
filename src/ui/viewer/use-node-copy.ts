// Copying of a node, as a hook: to the clipboard, with a confirmation; what the clipboard refuses is offered as text.

import { useState } from "preact/hooks";
import { type CopyKind, copyText as textOf } from "../../document/copies.ts";
import { grouped } from "../../document/grouped.ts";
import type { Tree } from "../../document/tree.ts";
import { copyText } from "../clipboard.ts";

const NAMES: Readonly<Record<CopyKind, string>> = {
	value: "the value",
	source: "the value as in the source",
	formatted: "the value, formatted",
	key: "the key",
	JSONPath: "the path as JSONPath",
	JavaScript: "the path as JavaScript",
	jq: "the path as jq",
	"JSON Pointer": "the path as JSON Pointer",
};
/** Characters of what was copied that the confirmation repeats. */
const ECHO = 60;

export function useNodeCopy(tree: Tree, say: (text: string) => void) {
	const [refused, setRefused] = useState<string>();
	const copy = async (node: number, kind: CopyKind) => {
		const text = textOf(tree, node, kind);
		const isTaken = await copyText(text);
		setRefused(isTaken ? undefined : text);
		if (isTaken) say(`Copied ${NAMES[kind]}: ${echo(text)}`);
	};
	return { copy, refused, dismiss: () => setRefused(undefined) };
}

function echo(text: string): string {
	const line = text.replace(/\s+/g, " ");
	return line.length <= ECHO ? line : `${grouped(text.length)} characters.`;
}
