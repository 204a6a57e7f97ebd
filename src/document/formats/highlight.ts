// Syntax highlighting of visible rows. A row is highlighted by its line alone, so that no state of the whole text is kept.
import type { DocumentKind } from "./kind.ts";
import { isContinuation, rowText, type TextRows } from "./text-rows.ts";

/** `style` is empty for plain text. */
export type HighlightToken = readonly [style: string, text: string];

// Rows may be 2,000 characters of anything: what is cheap to rule out comes first, and no run is looked at from each of its places.
const JSON_TOKENS =
	/(?<key>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<string>"(?:[^"\\]|\\.)*"?)|(?<number>-?\d[\d.eE+-]*)|(?<word>true|false|null)/g;
const YAML_TOKENS =
	/(?<comment>(?<=^|\s)#.*)|(?<key>(?=[^\s-])(?<=^[\s-]*)(?:(?:"(?:[^"\\]|\\.)*"|'[^']*')\s*|[^\s#:{}[\],"'&*!|>-][^#:{}[\],]*)(?=:(?:\s|$)))|(?<string>"(?:[^"\\]|\\.)*"?|'[^']*'?)|(?<word>(?=[tfnyo~])(?<=[:,[\s-]\s*)(?:true|false|null|~|yes|no|on|off)(?=\s*(?:$|[,\]}#])))|(?<number>(?=-?\d)(?<=[:,[\s-]\s*)-?\d[\d_.eE+-]*(?=\s*(?:$|[,\]}#])))|(?<mark>^---|^\.\.\.|[&*!][\w!/.-]+)/gi;
const XML_TOKENS =
	/(?<comment><!--.*?(?:-->|$)|^.*?-->)|(?<mark><[?!][^>]*>?)|(?<key><\/?[\w:.-]+|\/?>)|(?<word>(?<![\w:.-])[\w:.-]+(?==["']))|(?<string>"[^"]*"?|'[^']*'?)/g;
const TEXT_TOKENS =
	/(?<comment>^\s*[#;!].*)|(?<mark>^\s*\[[^\]]*\]\s*$)|(?<key>^\s*[\p{L}\p{M}\p{N}_.-]+(?=\s*=))|(?<string>(?=")(?<==\s*)"[^"]*")/gu;

const TOKENS: Partial<Record<DocumentKind, RegExp>> = {
	json: JSON_TOKENS,
	"json-lines": JSON_TOKENS,
	ion: JSON_TOKENS,
	yaml: YAML_TOKENS,
	xml: XML_TOKENS,
	text: TEXT_TOKENS,
};

export function highlight(
	row: string,
	kind: DocumentKind,
): readonly HighlightToken[] {
	const tokens = TOKENS[kind];
	if (!tokens) return [["", row]];
	const pieces: HighlightToken[] = [];
	let from = 0;
	for (const match of row.matchAll(tokens)) {
		const [text] = match;
		if (match.index > from) pieces.push(["", row.slice(from, match.index)]);
		const groups = Object.entries(match.groups ?? {});
		const style = groups.find(([, found]) => found !== undefined)?.[0] ?? "";
		pieces.push([style, text]);
		from = match.index + text.length;
	}
	if (from < row.length) pieces.push(["", row.slice(from)]);
	return pieces;
}

/** UTF-16 units of a line that is read as a whole for one of its rows. */
const MAX_LINE = 2_000;

/**
 * The pieces of one row of a broken line: what a row alone looks like depends on what stands before it in its line. A row of a
 * line that is too long for this is read alone. `known` keeps lines for their other rows.
 */
export function highlightRow(
	text: string,
	lines: TextRows,
	row: number,
	{
		kind,
		known,
	}: { kind: DocumentKind; known: Map<number, readonly HighlightToken[]> },
): readonly HighlightToken[] {
	const own = rowText(text, lines, row);
	let [first, last] = [row, row];
	const startOf = (of: number) => lines.starts[of] ?? 0;
	while (
		isContinuation(lines, first) &&
		startOf(row) - startOf(first) <= MAX_LINE
	)
		first -= 1;
	while (
		last + 1 < lines.count &&
		isContinuation(lines, last + 1) &&
		startOf(last) - startOf(first) <= MAX_LINE
	)
		last += 1;
	const start = startOf(first);
	const end = startOf(last) + rowText(text, lines, last).length;
	if (first === last || end - start > MAX_LINE) return highlight(own, kind);
	const pieces = known.get(first) ?? highlight(text.slice(start, end), kind);
	known.set(first, pieces);
	const from = startOf(row) - start;
	return slice(pieces, from, from + own.length);
}

function slice(
	pieces: readonly HighlightToken[],
	from: number,
	to: number,
): readonly HighlightToken[] {
	const inside: HighlightToken[] = [];
	let at = 0;
	for (const [style, text] of pieces) {
		const part = text.slice(Math.max(0, from - at), Math.max(0, to - at));
		if (part !== "") inside.push([style, part]);
		at += text.length;
	}
	return inside;
}
