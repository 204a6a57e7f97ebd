// What is wrong with a JSON text and where, in words and as line and column.

/** What may come next, in the order of the reader's states. */
const EXPECTED: readonly string[] = [
	"a value",
	"a value or ]",
	"a key in double quotes",
	"a key in double quotes or }",
	"a colon",
	"a comma or the closing bracket",
	"the end of the document",
	"a value",
	"the end of the line",
];

/** Where a reader stood when it met the trouble. */
export interface ParserPosition {
	readonly text: string;
	readonly expect: number;
	/** Offset of the token being read. */
	readonly start: number;
}

export function describeProblem(state: ParserPosition, at: number): string {
	const found = at < state.text.length ? quoted(state.text, at) : "the end";
	const inside = at > state.start;
	const first = state.text.charCodeAt(state.start);
	if (inside && first === 0x22)
		return `A string cannot hold ${found} here; ${state.text.charCodeAt(at) < 0x20 ? "control characters are written as escapes" : "it must end with a double quote, and escapes must be known ones"}.`;
	if (inside) return `Unexpected ${found} in a number or word.`;
	return `Expected ${EXPECTED[state.expect] ?? "a value"}, found ${found}.`;
}

function quoted(text: string, at: number): string {
	const code = text.codePointAt(at) ?? 0;
	const hex = code.toString(16).toUpperCase().padStart(4, "0");
	const visible = code > 0x20 && code < 0x7f;
	return visible ? `“${String.fromCodePoint(code)}”` : `U+${hex}`;
}

export interface TextPosition {
	/** Both from 1; columns count UTF-16 units. */
	readonly line: number;
	readonly column: number;
}

export function textPosition(text: string, offset: number): TextPosition {
	let line = 1;
	let start = 0;
	for (
		let at = text.indexOf("\n");
		at !== -1 && at < offset;
		at = text.indexOf("\n", at + 1)
	) {
		line += 1;
		start = at + 1;
	}
	return { line, column: offset - start + 1 };
}
