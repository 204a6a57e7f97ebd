// Renders source text: styled, with marked matches and escaped invisible characters. These are functions rather than
// components because hundreds of them are rendered again with every frame of scrolling.
import type { ComponentChild } from "preact";
import { rangesWithin } from "../../document/search/ranges.ts";
import {
	endOfGrapheme,
	startOfGrapheme,
} from "../../document/text/graphemes.ts";
import {
	isPrintableAscii,
	splitInvisible,
} from "../../document/text/invisible-characters.ts";

export interface StyledTextOptions {
	readonly style: string;
	/** What is marked: by turns where it starts and where it ends, in the text. */
	readonly marks?: readonly number[] | undefined;
	/** Where the text stands in a longer one; its marks then tell in `data-start` where they start there. */
	readonly offset?: number | undefined;
}

export function styledText(
	text: string,
	{ style, marks, offset }: StyledTextOptions,
): ComponentChild {
	const content = isolateDirections(text, marks ?? NONE, offset);
	return style ? <span class={style}>{content}</span> : content;
}

const NONE: readonly number[] = [];
/** Characters that are read from the right. */
const RIGHT_TO_LEFT =
	/[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
/** Strings, and what stands between the signs that separate keys from values and values from each other. */
const TOKENS = /"(?:[^"\\]|\\.)*"?|'[^']*'?|[^"'\s:=,;{}[\]()<>|]+|[\s\S]/gu;

/** As `marked`, in tokens that do not change places where some of them are read from the right. */
export function isolateDirections(
	text: string,
	marks: readonly number[],
	offset?: number,
): ComponentChild {
	if (isPrintableAscii(text) || !RIGHT_TO_LEFT.test(text))
		return markRanges(text, marks, offset);
	const parts: ComponentChild[] = [];
	let plain = 0;
	const put = (from: number, to: number) => {
		if (from === to) return;
		parts.push(
			markRanges(
				text.slice(from, to),
				rangesWithin(marks, from, to),
				offset === undefined ? undefined : offset + from,
			),
		);
	};
	for (const { 0: token, index } of text.matchAll(TOKENS)) {
		if (!RIGHT_TO_LEFT.test(token)) continue;
		put(plain, index);
		const end = index + token.length;
		const inside = markRanges(
			token,
			rangesWithin(marks, index, end),
			offset === undefined ? undefined : offset + index,
		);
		parts.push(<bdi dir="ltr">{inside}</bdi>);
		plain = end;
	}
	put(plain, text.length);
	return parts;
}

export function escapedText(text: string): ComponentChild {
	const parts = splitInvisible(text);
	if (parts.length === 1 && !parts[0]?.escape) return text;
	return parts.map((part) =>
		part.escape ? (
			<span class="chip" dir="ltr">
				{part.escape}
			</span>
		) : (
			part.text
		),
	);
}

/** Characters are marked as a whole: part of an emoji or a letter without its accent would be drawn as another one. */
export function markRanges(
	text: string,
	marks: readonly number[],
	offset?: number,
): ComponentChild {
	if (marks.length === 0) return escapedText(text);
	const parts: ComponentChild[] = [];
	let done = 0;
	for (let pair = 0; pair < marks.length; pair += 2) {
		const from = Math.max(done, startOfGrapheme(text, marks[pair] ?? 0));
		const to = endOfGrapheme(text, marks[pair + 1] ?? 0);
		if (to <= from) continue;
		parts.push(
			escapedText(text.slice(done, from)),
			<mark data-start={offset === undefined ? undefined : offset + from}>
				{escapedText(text.slice(from, to))}
			</mark>,
		);
		done = to;
	}
	parts.push(escapedText(text.slice(done)));
	return parts;
}

export function EscapedText({ text }: { text: string }) {
	return <>{isolateDirections(text, NONE)}</>;
}
