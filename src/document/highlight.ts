// Which parts of one row of text mean what: light, by the row alone, for what is visible only.

import type { DocumentKind } from "./kind.ts";

/** `style` is empty for plain text. */
export type Piece = readonly [style: string, text: string];

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

export function highlight(row: string, kind: DocumentKind): readonly Piece[] {
	const tokens = TOKENS[kind];
	if (!tokens) return [["", row]];
	const pieces: Piece[] = [];
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
