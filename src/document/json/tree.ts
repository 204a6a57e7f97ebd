// A document as flat arrays in document order: one entry per value, with offsets into the source text.

export const OBJECT = 0;
export const ARRAY = 1;
export const STRING = 2;
export const NUMBER = 3;
export const TRUE = 4;
export const FALSE = 5;
export const NULL = 6;
/** A value that JSON has no token for: an Ion symbol, timestamp, blob or clob. Only in extended JSON. */
export const ION_SCALAR = 7;
/** No node, no parent, no key. */
export const NONE = -1;

export interface Problem {
	/** Offset in the text, UTF-16 units. */
	readonly at: number;
	readonly message: string;
	/** The document may be right, but is bigger than what is read at once. */
	readonly isLimit?: boolean;
}

/** Grows while it is read; what is below `count` never changes, but `end` and `next` of containers still open (NONE until closed). */
export interface Tree {
	text: string;
	count: number;
	kind: Uint8Array;
	/** Offsets of the value in `text`. */
	start: Int32Array;
	end: Int32Array;
	parent: Int32Array;
	/** Offset of the key's opening quote; NONE for array items and the root. */
	key: Int32Array;
	/** Position among its siblings. */
	index: Int32Array;
	/** The first node behind this one's subtree. */
	next: Int32Array;
	/** Offset of the tag or annotations before the value, or NONE. Absent where the text has none: plain JSON. */
	tag?: Int32Array;
	/** All of the text was read, or a problem was met. */
	done: boolean;
	problem: Problem | undefined;
}

export function createTree(capacity: number): Tree {
	return {
		text: "",
		count: 0,
		kind: new Uint8Array(capacity),
		start: new Int32Array(capacity),
		end: new Int32Array(capacity),
		parent: new Int32Array(capacity),
		key: new Int32Array(capacity),
		index: new Int32Array(capacity),
		next: new Int32Array(capacity),
		done: false,
		problem: undefined,
	};
}

/** Grows or trims every array to `capacity` entries. */
export function resize(tree: Tree, capacity: number): void {
	const kind = new Uint8Array(capacity);
	kind.set(tree.kind.subarray(0, tree.count));
	tree.kind = kind;
	for (const name of [
		"start",
		"end",
		"parent",
		"key",
		"index",
		"next",
	] as const) {
		const grown = new Int32Array(capacity);
		grown.set(tree[name].subarray(0, tree.count));
		tree[name] = grown;
	}
	if (tree.tag) {
		const grown = new Int32Array(capacity);
		grown.set(tree.tag.subarray(0, tree.count));
		tree.tag = grown;
	}
}

/** An entry of one of the arrays; every node number below `count` has one. */
export function at(array: Int32Array | Uint8Array, node: number): number {
	return array[node] ?? NONE;
}

export function isContainer(tree: Tree, node: number): boolean {
	return at(tree.kind, node) <= ARRAY;
}

/** The node behind the subtree; of a container that is still being read, behind everything read so far. */
export function subtreeEnd(tree: Tree, node: number): number {
	const next = at(tree.next, node);
	return next === NONE ? tree.count : next;
}

export function isEmpty(tree: Tree, node: number): boolean {
	return subtreeEnd(tree, node) === node + 1;
}

/** How many children; found from the last one, by climbing from the last node of the subtree. */
export function childCount(tree: Tree, node: number): number {
	let last = subtreeEnd(tree, node) - 1;
	if (last <= node) return 0;
	while (at(tree.parent, last) !== node) last = at(tree.parent, last);
	return at(tree.index, last) + 1;
}

export function depthOf(tree: Tree, node: number): number {
	let depth = 0;
	for (let up = at(tree.parent, node); up !== NONE; up = at(tree.parent, up))
		depth += 1;
	return depth;
}
