// A value on its row: as written, clipped when long; of a closed container its count and how it begins.
import type { ComponentChild } from "preact";
import { grouped } from "../../document/grouped.ts";
import { keySource, valueSource } from "../../document/members.ts";
import {
	at,
	isContainer,
	NONE,
	NUMBER,
	OBJECT,
	STRING,
	type Tree,
} from "../../document/tree.ts";
import { recognised } from "./Badge.tsx";
import { piece } from "./Pieces.tsx";

/** Characters of a value, and of what a closed container holds, on a row. */
const CLIP = 400;
const PREVIEW = 100;

export interface NodeOptions {
	readonly found?: RegExp | undefined;
}

export function scalar(
	tree: Tree,
	node: number,
	{ found }: NodeOptions = {},
): ComponentChild {
	const start = at(tree.start, node);
	const end = at(tree.end, node);
	const text = tree.text.slice(start, Math.min(end, start + CLIP));
	const rest = end - start - text.length;
	const shown = piece(text, { style: styleOf(at(tree.kind, node)), found });
	if (rest === 0) return shown;
	return [
		shown,
		<button key="more" type="button" class="more" tabIndex={-1} data-act="open">
			… {grouped(rest)} more: show all
		</button>,
	];
}

export function key(
	tree: Tree,
	node: number,
	{ found }: NodeOptions = {},
): ComponentChild {
	if (at(tree.key, node) === NONE) return null;
	const source = keySource(tree, node);
	const text = source.length > CLIP ? `${source.slice(0, CLIP)}…` : source;
	return [piece(text, { style: "key", found }), ": "];
}

/** How a container begins, in one line. */
export function preview(tree: Tree, node: number): string {
	const start = at(tree.start, node);
	const end = at(tree.end, node);
	const isCut = end === NONE || end - start > PREVIEW;
	const text = isCut
		? tree.text.slice(start, start + PREVIEW)
		: valueSource(tree, node);
	return `${text.replace(/\s+/g, " ")}${isCut ? "…" : ""}`;
}

export function countName(tree: Tree, node: number, count: number): string {
	const noun = at(tree.kind, node) === OBJECT ? "key" : "item";
	return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** A row can open beside it a value that is too long for it, or that something is wrapped in. */
export function hasDetails(tree: Tree, node: number): boolean {
	if (isContainer(tree, node)) return false;
	if (at(tree.end, node) - at(tree.start, node) > CLIP) return true;
	const type = recognised(tree, node)?.type;
	return type === "json" || type === "base64";
}

function styleOf(kind: number): string {
	if (kind === STRING) return "string";
	return kind === NUMBER ? "number" : "word";
}
