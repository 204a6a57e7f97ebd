import { keySource, tagOf } from "../json/children.ts";
import { decodeEscapes, hasEscapes, searchEscaped } from "../json/escapes.ts";
import { scanString } from "../json/json-scanner.ts";
import { formatPath, pathOf } from "../json/paths.ts";
import { at, isContainer, NONE, type Tree } from "../json/tree.ts";
import { literalPattern, type Query } from "./query.ts";
import { mergeRanges, type Ranges } from "./ranges.ts";

export interface TreeSearch {
	/** Nodes whose key, value or path holds what is looked for, in document order, each once. Complete when the work is done. */
	readonly nodes: number[];
	/** Where it stands in the source; complete when the work is done. */
	readonly marks: Ranges;
	/** Looks on; true when all has been looked at. */
	work(): boolean;
}

/** Nodes, or matches, between two looks at the clock. */
const STEP = 2_000;
const NO_MARKS: Ranges = [];

/** Finds text in keys and values, as they are spelt and as they read, by running over the source instead of asking every node. */
export function searchTree(tree: Tree, query: Query): TreeSearch {
	const pattern = literalPattern(query);
	if (query.scope === "path") return searchNodes(tree, query, pattern);
	const { length } = query.text;
	const spelt = createCollector(tree, query);
	const read = createCollector(tree, query);
	const escaped = searchEscaped(tree.text, pattern, length);
	// A pattern of its own: both look on in turns.
	const source = literalPattern(query);
	let isSpeltDone = false;
	let taken = 0;
	const result = { nodes: [] as number[], marks: NO_MARKS };
	const workOnSpelt = () => {
		for (let left = STEP; left > 0; left--) {
			if (!source.test(tree.text)) return true;
			const start = source.lastIndex - length;
			// One that begins before a value's end may hide one that begins in the next.
			if (!spelt.add(start, source.lastIndex)) source.lastIndex = start + 1;
		}
		return false;
	};
	const workOnEscaped = () => {
		const isDone = escaped.work();
		for (; taken < escaped.ranges.length; taken += 2)
			read.add(escaped.ranges[taken] ?? 0, escaped.ranges[taken + 1] ?? 0);
		return isDone;
	};
	const work = () => {
		if (!isSpeltDone) {
			isSpeltDone = workOnSpelt();
			return false;
		}
		if (!workOnEscaped()) return false;
		result.nodes = mergeSorted(spelt.nodes, read.nodes);
		result.marks = mergeRanges(
			read.marks.length > 0 ? [...spelt.marks, ...read.marks] : spelt.marks,
		);
		return true;
	};
	return {
		get nodes() {
			return result.nodes;
		},
		get marks() {
			return result.marks;
		},
		work,
	};
}

/** Asks every node, since a regular expression's anchors mean the key or the value. */
export function searchNodes(
	tree: Tree,
	query: Query,
	pattern: RegExp,
): TreeSearch {
	const nodes: number[] = [];
	const marks: number[] = [];
	let next = 0;
	let joined = NO_MARKS;
	const work = () => {
		const end = Math.min(next + STEP, tree.count);
		for (; next < end; next++) {
			const before = marks.length;
			const isFound =
				query.scope === "path"
					? findInPath(tree, next, pattern, marks)
					: findInNode(tree, next, query, pattern, marks);
			if (isFound) nodes.push(next);
			if (marks.length > before + 2 * MARKS_A_NODE)
				marks.length = before + 2 * MARKS_A_NODE;
		}
		if (next < tree.count) return false;
		joined = mergeRanges(marks);
		return true;
	};
	return {
		nodes,
		get marks() {
			return joined;
		},
		work,
	};
}

/** A row shows the beginning of a long value; nobody sees more marks than this. */
const MARKS_A_NODE = 1_000;

function findInNode(
	tree: Tree,
	node: number,
	{ scope }: Query,
	pattern: RegExp,
	marks: number[],
): boolean {
	let isFound = false;
	const key = at(tree.key, node);
	if (scope !== "value" && key !== NONE) {
		const end = scanString(tree.text, key) - 1;
		isFound = findInToken(tree.text, key + 1, end, pattern, marks);
	}
	const tag = tree.tag ? at(tree.tag, node) : NONE;
	if (scope !== "key" && tag !== NONE) {
		const end = tag + tagOf(tree, node).length;
		isFound = findInToken(tree.text, tag, end, pattern, marks) || isFound;
	}
	if (scope !== "key" && !isContainer(tree, node)) {
		const [start, end] = insideOf(tree, node);
		isFound = findInToken(tree.text, start, end, pattern, marks) || isFound;
	}
	return isFound;
}

/** In a key or value, as spelt and as it reads. */
function findInToken(
	text: string,
	start: number,
	end: number,
	pattern: RegExp,
	marks: number[],
): boolean {
	const source = text.slice(start, end);
	let isFound = forEachMatch(pattern, source, (from, to) =>
		marks.push(start + from, start + to),
	);
	if (!hasEscapes(source)) return isFound;
	const read = decodeEscapes(source, 0, source.length);
	const isRead = forEachMatch(pattern, read.text, (from, to) =>
		marks.push(
			start + (read.offsets[from] ?? 0),
			start + (read.offsets[to] ?? 0),
		),
	);
	isFound ||= isRead;
	return isFound;
}

/** The path is not on the row; what it ends with, the key, is marked when the match reaches so far. */
function findInPath(
	tree: Tree,
	node: number,
	pattern: RegExp,
	marks: number[],
): boolean {
	const path = pathOf(tree, node);
	const text = formatPath(path, "JSONPath");
	const parent = formatPath(path.slice(0, -1), "JSONPath").length;
	const key = at(tree.key, node);
	return forEachMatch(pattern, text, (_, to) => {
		if (key === NONE || to <= parent) return;
		marks.push(key + 1, key + keySource(tree, node).length - 1);
	});
}

/** Whether there is any. An empty match is none to show, but counts: `^$` finds empty values. */
export function forEachMatch(
	pattern: RegExp,
	text: string,
	found: (start: number, end: number) => void,
): boolean {
	let isFound = false;
	pattern.lastIndex = 0;
	for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
		isFound = true;
		const [{ length }] = match;
		if (length === 0) pattern.lastIndex += 1;
		else found(match.index, match.index + length);
	}
	return isFound;
}

/** Takes matches in the order of the source and asks of each which node it stands in. */
function createCollector(tree: Tree, { scope }: Query) {
	const nodes: number[] = [];
	const marks: number[] = [];
	let node = 0;
	return {
		nodes,
		marks,
		/** False: it runs over the end of a key or value. */
		add(start: number, end: number): boolean {
			node = nodeAt(tree, start, node);
			const part = partAt(tree, node, start, end);
			if (!part) return false;
			if (scope !== "all" && scope !== part) return true;
			if (nodes.at(-1) !== node) nodes.push(node);
			marks.push(start, end);
			return true;
		},
	};
}

function mergeSorted(one: number[], other: number[]): number[] {
	if (other.length === 0) return one;
	return [...new Set([...one, ...other])].sort((a, b) => a - b);
}

/** The last node that begins, with its key, at or before an offset; looked for from an earlier one on. */
function nodeAt(tree: Tree, offset: number, from: number): number {
	let node = from;
	while (node + 1 < tree.count && beginning(tree, node + 1) <= offset)
		node += 1;
	return node;
}

function beginning(tree: Tree, node: number): number {
	const key = at(tree.key, node);
	if (key !== NONE) return key;
	const tag = tree.tag ? at(tree.tag, node) : NONE;
	return tag === NONE ? at(tree.start, node) : tag;
}

/** Whether a match is inside the key or inside the value. A match that crosses the end of either is in neither. */
function partAt(
	tree: Tree,
	node: number,
	from: number,
	end: number,
): "key" | "value" | undefined {
	const key = at(tree.key, node);
	const tag = tree.tag ? at(tree.tag, node) : NONE;
	// A tag is part of what the value is.
	if (tag !== NONE && from >= tag && end <= at(tree.start, node))
		return "value";
	if (key !== NONE && from < at(tree.start, node))
		return from > key && end < scanString(tree.text, key) ? "key" : undefined;
	if (isContainer(tree, node)) return undefined;
	const [inside, behind] = insideOf(tree, node);
	return from >= inside && end <= behind ? "value" : undefined;
}

/** The offsets of a value without the quotes of a string. */
function insideOf(tree: Tree, node: number): readonly [number, number] {
	const start = at(tree.start, node);
	const inset = tree.text.charCodeAt(start) === 0x22 ? 1 : 0;
	return [start + inset, at(tree.end, node) - inset];
}
