import { isPrintableAscii } from "./invisible-characters.ts";

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
/** More than any character that people write takes; what is longer may be cut. */
const REACH = 64;

/** The start of the grapheme that contains `offset`; `offset` itself between two graphemes. */
export function startOfGrapheme(text: string, offset: number): number {
	const found = graphemeAround(text, offset);
	return found ? found.start : offset;
}

/** The end of the grapheme that contains `offset`; `offset` itself between two graphemes. */
export function endOfGrapheme(text: string, offset: number): number {
	const found = graphemeAround(text, offset);
	return found ? found.end : offset;
}

/** At most so many UTF-16 units of a text, without part of a character at the end. */
export function truncate(text: string, length: number): string {
	if (text.length <= length) return text;
	const start = startOfGrapheme(text, length);
	return text.slice(0, start > 0 ? start : length);
}

/** The grapheme that contains an offset in its middle. */
function graphemeAround(
	text: string,
	offset: number,
): { readonly start: number; readonly end: number } | undefined {
	if (offset <= 0 || offset >= text.length) return undefined;
	const base = evenBase(text, Math.max(0, offset - REACH));
	const around = text.slice(base, offset + REACH);
	if (isPrintableAscii(text.slice(offset - 1, offset + 1))) return undefined;
	const segment = segmenter.segment(around).containing(offset - base);
	if (!segment || segment.index === offset - base) return undefined;
	const start = base + segment.index;
	return { start, end: start + segment.segment.length };
}

/** Two regional indicators make a flag: an even number of them has to stand before the place. */
function evenBase(text: string, place: number): number {
	const base = isLowSurrogate(text.charCodeAt(place)) ? place - 1 : place;
	let first = base;
	while (base - first < MAX_RUN && isRegionalIndicator(text, first - 2))
		first -= 2;
	return (base - first) % 4 === 0 ? base : base - 2;
}

/** More flags in a row may be cut. */
const MAX_RUN = 4_096;

function isRegionalIndicator(text: string, at: number): boolean {
	const low = text.charCodeAt(at + 1);
	return text.charCodeAt(at) === 0xd83c && low >= 0xdde6 && low <= 0xddff;
}

function isLowSurrogate(unit: number): boolean {
	return unit >= 0xdc00 && unit <= 0xdfff;
}

/** Marks, joiners, jamo, regional indicators, emoji modifiers and tags, signs of Indic scripts: what makes one character of several. */
const COMBINES =
	/\p{M}|\u200C|\u200D|\uFF9E|\uFF9F|[\u{E0020}-\u{E007F}]|[\u1100-\u11FF\uA960-\uA97F\uD7B0-\uD7FF]|\p{Regional_Indicator}|\p{Emoji_Modifier}/u;

/** The characters of a text as people see them, each with its accents. */
export function* graphemesOf(text: string): Iterable<string> {
	if (!COMBINES.test(text)) yield* text;
	else for (const { segment } of segmenter.segment(text)) yield segment;
}
