// A value on its row: as written, clipped when long; of a closed container its count and how it begins.
import type { ComponentChild } from "preact";
import { clip } from "../../document/graphemes.ts";
import { grouped } from "../../document/grouped.ts";
import { keySource, tagPrefix, valueSource } from "../../document/members.ts";
import { type Ranges, rangesWithin } from "../../document/ranges.ts";
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
	/** Where matches stand in the source. */
	readonly found?: Ranges | undefined;
}

/** Text in one style. */
export interface Styled {
	readonly style: string;
	readonly text: string;
}

/** The key as written, or the position in an array; empty for the root. */
export function nameOf(tree: Tree, node: number): Styled {
	if (at(tree.key, node) !== NONE) {
		const source = keySource(tree, node);
		const text = source.length > CLIP ? `${clip(source, CLIP)}…` : source;
		return { style: "key", text };
	}
	const isItem = at(tree.parent, node) !== NONE;
	return { style: "index", text: isItem ? `${at(tree.index, node)}` : "" };
}

/** A value that is no container, or its beginning. */
export function literalOf(tree: Tree, node: number): Styled {
	const start = at(tree.start, node);
	// A little more, so that what is cut off does not change where the last character ends.
	const end = Math.min(at(tree.end, node), start + CLIP + 64);
	return {
		style: styleOf(at(tree.kind, node)),
		text: clip(tree.text.slice(start, end), CLIP),
	};
}

export function isClipped(tree: Tree, node: number): boolean {
	return at(tree.end, node) - at(tree.start, node) > CLIP;
}

export function scalar(
	tree: Tree,
	node: number,
	{ found }: NodeOptions = {},
): ComponentChild {
	const { style, text } = literalOf(tree, node);
	const start = at(tree.start, node);
	const shown = piece(text, {
		style,
		marks: found && rangesWithin(found, start, start + text.length),
	});
	if (!isClipped(tree, node)) return shown;
	const rest = at(tree.end, node) - start - text.length;
	const isFoundInRest =
		found &&
		rangesWithin(found, start + text.length, at(tree.end, node)).length > 0;
	const words = `… ${grouped(rest)} more: show all`;
	return [
		shown,
		<button key="more" type="button" class="more" tabIndex={-1} data-act="open">
			{isFoundInRest ? <mark>{words}</mark> : words}
		</button>,
	];
}

export function key(
	tree: Tree,
	node: number,
	{ found }: NodeOptions = {},
): ComponentChild {
	if (at(tree.key, node) === NONE) return null;
	const start = at(tree.key, node);
	const { text } = nameOf(tree, node);
	const marks = found && rangesWithin(found, start, start + text.length);
	return [piece(text, { style: "key", marks }), ": "];
}

/** The YAML tag or the Ion annotations of a value. */
export function tagBefore(
	tree: Tree,
	node: number,
	{ found }: NodeOptions = {},
): ComponentChild {
	const text = tagPrefix(tree, node);
	if (text === "" || !tree.tag) return null;
	const start = at(tree.tag, node);
	const marks = found && rangesWithin(found, start, start + text.length);
	return piece(text, { style: "tag", marks });
}

export interface ContainerOptions {
	readonly tree: Tree;
	readonly node: number;
	readonly isOpen: boolean;
	readonly children: number;
}

/** Of a container, how much is in it; closed, how it begins too. */
export function summaryOf(options: ContainerOptions): Styled {
	const { tree, node, isOpen, children } = options;
	const count = children > 0 ? countName(tree, node, children) : "";
	const begins = isOpen && children > 0 ? "" : preview(tree, node);
	const gap = count && begins ? "  " : "";
	return { style: "summary", text: count + gap + begins };
}

/** How a container begins, in one line. */
export function preview(tree: Tree, node: number): string {
	const start = at(tree.start, node);
	const end = at(tree.end, node);
	const isCut = end === NONE || end - start > PREVIEW;
	const text = isCut
		? clip(tree.text.slice(start, start + PREVIEW + 64), PREVIEW)
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
	if (isClipped(tree, node)) return true;
	const type = recognised(tree, node)?.type;
	return type === "json" || type === "base64";
}

function styleOf(kind: number): string {
	if (kind === STRING) return "string";
	return kind === NUMBER ? "number" : "word";
}
