import { formatNumber } from "../text/format-number.ts";
import { scanExtended } from "./extended-json.ts";
import { scanNumber, scanString, scanWord, skipSpace } from "./json-scanner.ts";
import {
	ARRAY,
	createTree,
	FALSE,
	NONE,
	NULL,
	NUMBER,
	OBJECT,
	type Problem,
	resize,
	STRING,
	TRUE,
	type Tree,
} from "./tree.ts";

/**
 * `json`: RFC 8259. `extended`: what YAML and Ion are written as for the tree, see extended-json.ts. `lines`: JSON Lines,
 * whose values become the items of an array.
 */
export type Dialect = "json" | "extended" | "lines";

export interface JsonParser {
	readonly tree: Tree;
	/**
	 * Reads on until `until`, or the end. `text` may be longer at every call but must begin with what was read;
	 * `whole` says that nothing follows. Returns whether more is to be done with this text.
	 */
	advance(text: string, until: number, whole: boolean): boolean;
}

// What may come next: the order of EXPECTED in problem.ts.
const VALUE = 0;
const VALUE_OR_END = 1;
const KEY = 2;
const KEY_OR_END = 3;
const COLON = 4;
const COMMA_OR_END = 5;
const NOTHING = 6;
const LINE_OR_END = 7;
const LINE_BREAK_OR_END = 8;

interface ParserState {
	readonly tree: Tree;
	readonly limits: TreeLimits;
	readonly dialect: Dialect;
	text: string;
	/** Offset up to which a number may be taken as ended: the end of a part may cut it. */
	edge: number;
	position: number;
	/** Where the token being read starts. */
	start: number;
	expect: number;
	/** The container that is open, or NONE. */
	open: number;
	depth: number;
	key: number;
	/** Offset of the tag before the value to come, or NONE. */
	tag: number;
	/** Children so far of each open container, by depth. */
	counts: Int32Array;
}

export function createParser(
	limits: TreeLimits = DEFAULT_LIMITS,
	dialect: Dialect = "json",
): JsonParser {
	const state: ParserState = {
		tree: createTree(1024),
		limits,
		dialect,
		text: "",
		edge: 0,
		position: 0,
		start: 0,
		expect: VALUE,
		open: NONE,
		depth: 0,
		key: NONE,
		tag: NONE,
		counts: new Int32Array(64),
	};
	if (dialect === "extended") state.tree.tag = new Int32Array(1024);
	if (dialect === "lines") {
		openContainer(state, ARRAY);
		state.expect = LINE_OR_END;
	}
	return {
		tree: state.tree,
		advance(text, until, whole) {
			state.text = text;
			state.tree.text = text;
			state.edge = whole ? text.length + 1 : text.length;
			return advance(state, Math.min(until, text.length));
		},
	};
}

/** The whole of a text at once. */
export function parseTree(
	text: string,
	budget?: TreeLimits,
	dialect?: Dialect,
): Tree {
	const reader = createParser(budget, dialect);
	reader.advance(text, text.length, true);
	return reader.tree;
}

function advance(state: ParserState, until: number): boolean {
	const { tree, text } = state;
	const whole = state.edge > text.length;
	while (!tree.done && state.position < until) {
		state.start = skipSpace(text, state.position);
		if (state.start >= text.length) {
			state.position = state.start;
			break;
		}
		const end = readToken(state);
		if (end >= 0) state.position = end;
		// A token that runs into the end of a part is read again when there is more.
		else if (~end >= text.length && !whole) return false;
		else fail(state, ~end);
	}
	if (tree.done) return false;
	if (state.position < text.length) return true;
	if (whole) finish(state);
	return false;
}

/** Takes in the token at `state.start`; returns the offset behind it, or ~offset of what is wrong. */
function readToken(state: ParserState): number {
	const { start, text } = state;
	const code = text.charCodeAt(start);
	switch (state.expect) {
		case COMMA_OR_END:
			if (code === closingOf(state)) return closeContainer(state);
			if (code !== 0x2c) return ~start;
			state.expect = isObject(state) ? KEY : VALUE;
			return start + 1;
		case KEY_OR_END:
			return code === 0x7d ? closeContainer(state) : readKey(state);
		case KEY:
			return readKey(state);
		case COLON:
			if (code !== 0x3a) return ~start;
			state.expect = VALUE;
			return start + 1;
		case VALUE_OR_END:
			return code === closingOf(state)
				? closeContainer(state)
				: readValue(state, code);
		case LINE_BREAK_OR_END:
			return isFirstOnLine(state) ? readValue(state, code) : ~start;
		case LINE_OR_END:
		case VALUE:
			return readValue(state, code);
		default:
			return ~start;
	}
}

/** Nothing but white space stands before the token on its line. */
function isFirstOnLine({ text, start }: ParserState): boolean {
	let at = start - 1;
	while (at >= 0 && /[ \t\r]/.test(text.charAt(at))) at -= 1;
	return text.charAt(at) === "\n";
}

function isObject(state: ParserState): boolean {
	return state.tree.kind[state.open] === OBJECT;
}

function closingOf(state: ParserState): number {
	if (isObject(state)) return 0x7d;
	const isExpression =
		state.dialect === "extended" &&
		state.text.charCodeAt(state.tree.start[state.open] ?? 0) === 0x28;
	return isExpression ? 0x29 : 0x5d;
}

function readKey(state: ParserState): number {
	if (state.text.charCodeAt(state.start) !== 0x22) return ~state.start;
	const end = scanString(state.text, state.start);
	if (end < 0) return end;
	state.key = state.start;
	state.expect = COLON;
	return end;
}

function readValue(state: ParserState, code: number): number {
	const { text, start } = state;
	if (state.dialect === "extended") return readExtendedValue(state, code);
	switch (code) {
		case 0x7b:
			return openContainer(state, OBJECT);
		case 0x5b:
			return openContainer(state, ARRAY);
		case 0x22:
			return addScalar(state, STRING, scanString(text, start));
		case 0x74:
			return addScalar(state, TRUE, scanWord(text, start, "true"));
		case 0x66:
			return addScalar(state, FALSE, scanWord(text, start, "false"));
		case 0x6e:
			return addScalar(state, NULL, scanWord(text, start, "null"));
		default: {
			const end = scanNumber(text, start);
			return addScalar(state, NUMBER, end === state.edge ? ~end : end);
		}
	}
}

function readExtendedValue(state: ParserState, code: number): number {
	const { text, start } = state;
	const isContainer = code === 0x7b || code === 0x5b || code === 0x28;
	if (isContainer && !text.startsWith("{{", start))
		return openContainer(state, code === 0x7b ? OBJECT : ARRAY);
	if (code === 0x22) return addScalar(state, STRING, scanString(text, start));
	const { kind, end } = scanExtended(text, start);
	if (kind !== "tag") return addScalar(state, kind, end);
	if (state.tag === NONE) state.tag = start;
	if (state.expect === VALUE_OR_END) state.expect = VALUE;
	return end;
}

function addScalar(state: ParserState, kind: number, end: number): number {
	if (end < 0) return end;
	const node = addNode(state, kind);
	state.tree.end[node] = end;
	state.tree.next[node] = node + 1;
	state.expect = afterValue(state);
	return end;
}

function openContainer(state: ParserState, kind: number): number {
	const node = addNode(state, kind);
	state.tree.end[node] = NONE;
	state.tree.next[node] = NONE;
	state.open = node;
	state.depth += 1;
	if (state.depth >= state.counts.length) {
		const grown = new Int32Array(state.counts.length * 2);
		grown.set(state.counts);
		state.counts = grown;
	}
	state.counts[state.depth] = 0;
	state.expect = kind === OBJECT ? KEY_OR_END : VALUE_OR_END;
	return state.start + 1;
}

function closeContainer(state: ParserState): number {
	const { tree, open: node } = state;
	tree.end[node] = state.start + 1;
	tree.next[node] = tree.count;
	state.open = tree.parent[node] ?? NONE;
	state.depth -= 1;
	state.expect = afterValue(state);
	return state.start + 1;
}

function afterValue({ open, dialect }: ParserState): number {
	if (open === NONE) return NOTHING;
	return open === 0 && dialect === "lines" ? LINE_BREAK_OR_END : COMMA_OR_END;
}

function addNode(state: ParserState, kind: number): number {
	const { tree, counts, depth } = state;
	const node = tree.count;
	if (node === tree.kind.length) resize(tree, node * 2);
	tree.kind[node] = kind;
	tree.start[node] = state.start;
	tree.parent[node] = state.open;
	tree.key[node] = state.key;
	if (tree.tag) {
		tree.tag[node] = state.tag;
		state.tag = NONE;
	}
	const index = counts[depth] ?? 0;
	tree.index[node] = index;
	counts[depth] = index + 1;
	tree.count = node + 1;
	state.key = NONE;
	if (tree.count > state.limits.nodes || depth > state.limits.depth)
		stop(state, {
			at: state.start,
			message: limitMessage(state.limits),
			isLimit: true,
		});
	return node;
}

function finish(state: ParserState): void {
	const { tree, text, expect } = state;
	if (expect === LINE_OR_END || expect === LINE_BREAK_OR_END) {
		tree.end[0] = text.length;
		tree.next[0] = tree.count;
		stop(state, undefined);
	} else if (expect !== NOTHING) fail(state, text.length);
	else stop(state, undefined);
}

function fail(state: ParserState, at: number): void {
	stop(state, {
		at,
		message: describeProblem(state, at),
	});
}

function stop(state: ParserState, problem: Problem | undefined): void {
	const { tree } = state;
	tree.problem = problem;
	tree.done = true;
	resize(tree, tree.count);
}

export interface TreeLimits {
	readonly nodes: number;
	readonly depth: number;
}

/** 8 MiB of `[0,0,…` has 4 million values: 100 MB of arrays. Half of that is read. */
const DEFAULT_LIMITS: TreeLimits = {
	nodes: 2_000_000,
	depth: 1_000_000,
};

function limitMessage(budget: TreeLimits): string {
	return `Only the first ${formatNumber(budget.nodes)} values, ${formatNumber(budget.depth)} levels deep, are read as a tree.`;
}

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

function describeProblem(state: ParserPosition, at: number): string {
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
