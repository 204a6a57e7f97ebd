import type { ComponentChild } from "preact";
import {
	type DetectedValue,
	detectValue,
} from "../../../document/formats/detect-value.ts";
import {
	keySource,
	tagPrefix,
	valueSource,
} from "../../../document/json/children.ts";
import {
	at,
	isContainer,
	NONE,
	NUMBER,
	OBJECT,
	STRING,
	type Tree,
} from "../../../document/json/tree.ts";
import { type Ranges, rangesWithin } from "../../../document/search/ranges.ts";
import { formatNumber } from "../../../document/text/format-number.ts";
import { startOfGrapheme, truncate } from "../../../document/text/graphemes.ts";
import { formatTime } from "../../components/Age.tsx";
import { styledText } from "../../components/text-spans.tsx";

/** Characters of a value, and of what a closed container holds, on a row. */
const CLIP = 400;
const PREVIEW = 100;

export interface NodeOptions {
	/** Where matches stand in the source. */
	readonly found?: Ranges | undefined;
	/** How much of the value its row has room for. */
	readonly columns?: number;
	/** It has more. */
	readonly isCut?: boolean;
}

/** Text in one style. */
export interface StyledText {
	readonly style: string;
	readonly text: string;
}

/** The key as written, or the position in an array; empty for the root. */
export function nameOf(tree: Tree, node: number): StyledText {
	if (at(tree.key, node) !== NONE) {
		const source = keySource(tree, node);
		const text = source.length > CLIP ? `${truncate(source, CLIP)}…` : source;
		return { style: "key", text };
	}
	const isItem = at(tree.parent, node) !== NONE;
	return { style: "index", text: isItem ? `${at(tree.index, node)}` : "" };
}

/** A value that is no container, or its beginning. */
export function literalOf(tree: Tree, node: number): StyledText {
	const start = at(tree.start, node);
	// A little more, so that what is cut off does not change where the last character ends.
	const end = Math.min(at(tree.end, node), start + CLIP + 64);
	return {
		style: styleOf(at(tree.kind, node)),
		text: truncate(tree.text.slice(start, end), CLIP),
	};
}

export function renderScalar(
	tree: Tree,
	node: number,
	options: NodeOptions = {},
): readonly [
	before: ComponentChild,
	shown: ComponentChild,
	more: ComponentChild,
] {
	const { found, isCut } = options;
	const { style, text } = beginningOf(tree, node, options);
	const start = at(tree.end, node) - text.rest;
	const marks = found && rangesWithin(found, start, start + text.shown.length);
	const shown = styledText(text.shown, { style, marks });
	const before = text.isFromStart ? null : <span class="more-before">…</span>;
	const rest = text.rest - text.shown.length;
	if (rest <= 0 && !isCut) return [before, shown, null];
	const words =
		rest > 0 ? `… ${formatNumber(rest)} more: show all` : "show all";
	const isFoundInRest =
		rest > 0 &&
		found &&
		rangesWithin(found, start + text.shown.length, at(tree.end, node)).length >
			0;
	return [
		before,
		shown,
		<button key="more" type="button" class="more" tabIndex={-1} data-act="open">
			{isFoundInRest ? <mark>{words}</mark> : words}
		</button>,
	];
}

interface Beginning {
	readonly style: string;
	readonly text: {
		readonly shown: string;
		/** UTF-16 units from where it begins to the end of the value. */
		readonly rest: number;
		readonly isFromStart: boolean;
	};
}

/** Units that are shown before a match which would be out of sight otherwise. */
const LEAD = 8;

/** What a row shows of a value: from its start, or a little before a match that is too far behind it. */
function beginningOf(
	tree: Tree,
	node: number,
	{ found, columns = CLIP, isCut }: NodeOptions,
): Beginning {
	const { style, text } = literalOf(tree, node);
	const [start, end] = [at(tree.start, node), at(tree.end, node)];
	const first = found ? rangesWithin(found, start, end) : [];
	const [from = 0, to = 0] = first;
	const sight = Math.min(columns, CLIP) - BUTTON;
	const isWhole = !isCut && end - start <= CLIP;
	if (isWhole || to <= sight || from <= LEAD)
		return {
			style,
			text: { shown: text, rest: end - start, isFromStart: true },
		};
	const source = tree.text.slice(start, Math.min(end, start + from + 2 * CLIP));
	const begin = startOfGrapheme(source, from - LEAD);
	return {
		style,
		text: {
			shown: truncate(source.slice(begin), CLIP),
			rest: end - start - begin,
			isFromStart: false,
		},
	};
}

/** Columns that the button covers. */
const BUTTON = 10;

export function renderKey(
	tree: Tree,
	node: number,
	{ found }: NodeOptions = {},
): ComponentChild {
	if (at(tree.key, node) === NONE) return null;
	const start = at(tree.key, node);
	const { text } = nameOf(tree, node);
	const marks = found && rangesWithin(found, start, start + text.length);
	return styledText(text, { style: "key", marks });
}

/** The YAML tag or the Ion annotations of a value. */
export function renderTag(
	tree: Tree,
	node: number,
	{ found }: NodeOptions = {},
): ComponentChild {
	const text = tagPrefix(tree, node);
	if (text === "" || !tree.tag) return null;
	const start = at(tree.tag, node);
	const marks = found && rangesWithin(found, start, start + text.length);
	return styledText(text, { style: "tag", marks });
}

export interface ContainerOptions {
	readonly tree: Tree;
	readonly node: number;
	readonly isOpen: boolean;
	readonly children: number;
}

/** Of a container, how much is in it; closed, how it begins too. */
export function summaryOf(options: ContainerOptions): StyledText {
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
		? truncate(tree.text.slice(start, start + PREVIEW + 64), PREVIEW)
		: valueSource(tree, node);
	return `${text.replace(/\s+/g, " ")}${isCut ? "…" : ""}`;
}

export function countName(tree: Tree, node: number, count: number): string {
	const noun = at(tree.kind, node) === OBJECT ? "key" : "item";
	return `${formatNumber(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** A value can be opened beside its row, which may be too short for it. */
export function hasDetails(tree: Tree, node: number): boolean {
	return !isContainer(tree, node);
}

function styleOf(kind: number): string {
	if (kind === STRING) return "string";
	return kind === NUMBER ? "number" : "word";
}

/** What a node seems to be, if anything. */
export function detectedValueOf(
	tree: Tree,
	node: number,
): DetectedValue | undefined {
	if (isContainer(tree, node)) return undefined;
	const kind = at(tree.kind, node);
	if (kind !== STRING && kind !== NUMBER) return undefined;
	return detectValue(valueSource(tree, node));
}

export function renderBadge(tree: Tree, node: number): ComponentChild {
	const what = detectedValueOf(tree, node);
	switch (what?.type) {
		case "colour":
			return <span class="swatch" style={{ backgroundColor: what.css }} />;
		case "time":
			return (
				<span class="badge" title={`${formatTime(what.at)}, local time`}>
					{what.unit === "ISO" ? distance(what.at) : toTime(what.at)}
				</span>
			);
		case "address":
			return (
				<a
					class="badge"
					href={what.href}
					target="_blank"
					rel="noopener noreferrer"
					tabIndex={-1}
					title={`Open ${what.href} in a new tab`}
				>
					open
				</a>
			);
		case "base64":
		case "json":
			return (
				<button type="button" class="badge" tabIndex={-1} data-act="open">
					{what.type === "json" ? "JSON" : "base64"}
				</button>
			);
		default:
			return null;
	}
}

function toTime(at: number): string {
	return new Date(at).toISOString().replace("T", " ").replace(".000Z", "Z");
}

/** Written out a time is there to be read: what it lacks is how far away that is. */
function distance(at: number): string {
	const seconds = (at - Date.now()) / 1000;
	const [unit, length] =
		UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? NEAREST;
	return relative.format(Math.trunc(seconds / length), unit);
}

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const DAY = 86_400;
const NEAREST = ["second", 1] as const;
const UNITS = [
	["year", 365.25 * DAY],
	["month", 30.44 * DAY],
	["day", DAY],
	["hour", 3600],
	["minute", 60],
	NEAREST,
] as const;
