import {
	hasSameTag,
	isSameNumber,
	isSameString,
} from "../diff/json/equality.ts";
import { flagPathOf } from "../diff/json/flag-paths.ts";
import {
	IDENTITY_KEYS,
	type Identities,
	identitiesByAnnotation,
	identitiesByKey,
} from "../diff/json/key-matching.ts";
import type { CooperativeTask } from "../diff/text/cooperative-task.ts";
import { readDeliveredFlags } from "../formats/delivered-flags.ts";
import { childrenOf, keyOf, valueSource } from "../json/children.ts";
import {
	ARRAY,
	at,
	isContainer,
	isEmpty,
	NONE,
	NUMBER,
	OBJECT,
	subtreeEnd,
	type Tree,
} from "../json/tree.ts";

/** A key with its value in each column. */
export interface MatrixRow {
	/** `checkout.paymentMethods[2]`, `regions[id="CH"].currency`, or the name of a flag. */
	readonly path: string;
	/** A flag's state, an attribute of the flag above, or a value of any other document. */
	readonly kind: "value" | "flag" | "attribute";
	/** By column: the node of the value, or NONE where the key is missing. */
	readonly nodes: Int32Array;
	/**
	 * By column: 1 where the value is not the one that more than half of the columns have. Where no value has such a majority,
	 * all are 1. A missing key counts as a value of its own.
	 */
	readonly deviates: Uint8Array;
	/** Not all columns have the same value. */
	readonly differs: boolean;
}

export interface Matrix {
	readonly rows: readonly MatrixRow[];
	/** Keys in all, those without a row included. */
	readonly keyCount: number;
	/** Keys whose values differ. */
	readonly differentCount: number;
	/** There are more rows than `MAX_ROWS`. */
	readonly isCut: boolean;
}

export interface MatrixOptions {
	/** Rows of keys whose values are the same everywhere are left out. */
	readonly onlyDifferences: boolean;
}

/** Nobody reads more. */
export const MAX_ROWS = 20_000;
const STEPS_PER_SLICE = 2_048;

/** The same place in all documents. */
interface Place {
	readonly path: string;
	readonly nodes: Int32Array;
	readonly depth: number;
}

/**
 * The values of complete documents side by side, one column each. Keys stand in the order of the first document that has
 * them; array elements are matched by an identity that all have (`id`, `key`, `name`, annotation), otherwise by position.
 * What has the same text everywhere is not looked into unless its rows are wanted.
 */
export function* buildMatrix(
	trees: readonly Tree[],
	{ onlyDifferences }: MatrixOptions,
): CooperativeTask<Matrix> {
	const areFlags = trees.every((tree) => readDeliveredFlags(tree));
	const rows: MatrixRow[] = [];
	let keyCount = 0;
	let differentCount = 0;
	let isCut = false;
	let steps = 0;
	const pending: Place[] = [
		{ path: "", nodes: new Int32Array(trees.length), depth: 0 },
	];
	const put = (place: Place, kind: MatrixRow["kind"]) => {
		const deviates = findDeviations(trees, place.nodes);
		const differs = deviates.includes(1);
		keyCount += 1;
		if (differs) differentCount += 1;
		if (onlyDifferences && !differs) return;
		if (rows.length >= MAX_ROWS) isCut = true;
		else
			rows.push({
				path: nameOf(trees, place),
				kind,
				nodes: place.nodes,
				deviates,
				differs,
			});
	};
	for (let place = pending.pop(); place; place = pending.pop()) {
		steps += 1;
		if (steps % STEPS_PER_SLICE === 0) yield;
		if (onlyDifferences && isSameText(trees, place.nodes)) {
			keyCount += countKeys(trees, place, areFlags);
			continue;
		}
		if (areFlags && place.depth === 1) {
			put(
				{ ...place, nodes: memberNodes(trees, place.nodes, "enabled") },
				"flag",
			);
			pushAll(pending, attributePlaces(trees, place));
			continue;
		}
		const kind = areFlags && place.depth > 1 ? "attribute" : "value";
		const children = childPlaces(trees, place);
		if (children) pushAll(pending, children);
		else put(place, kind);
	}
	return { rows, keyCount, differentCount, isCut };
}

/** The names of flag and variant where the document is Ion with flags. */
function nameOf(trees: readonly Tree[], { path, nodes }: Place): string {
	const column = nodes.findIndex((node) => node !== NONE);
	const tree = trees[column];
	const flagPath = tree && flagPathOf(tree, at(nodes, column));
	return flagPath ?? (path || "$");
}

/** The first place is taken first. */
function pushAll(pending: Place[], places: readonly Place[]): void {
	for (let index = places.length - 1; index >= 0; index -= 1) {
		const place = places[index];
		if (place) pending.push(place);
	}
}

/** All columns have the value, in the same spelling. */
function isSameText(trees: readonly Tree[], nodes: Int32Array): boolean {
	const first = trees[0];
	if (!first || nodes.includes(NONE)) return false;
	const node = at(nodes, 0);
	const start = at(first.start, node);
	const length = at(first.end, node) - start;
	const text = first.text.slice(start, start + length);
	return trees.every((tree, column) => {
		if (column === 0) return true;
		const other = at(nodes, column);
		return (
			at(tree.end, other) - at(tree.start, other) === length &&
			tree.text.startsWith(text, at(tree.start, other)) &&
			hasSameTag({ original: first, modified: tree }, [node, other])
		);
	});
}

/** Of a place that is the same everywhere. */
function countKeys(
	[tree]: readonly Tree[],
	{ nodes, depth }: Place,
	areFlags: boolean,
): number {
	if (!tree) return 0;
	const top = at(nodes, 0);
	const end = subtreeEnd(tree, top);
	let count = 0;
	for (let node = top; node < end; node += 1)
		if (!isContainer(tree, node) || isEmpty(tree, node)) count += 1;
	// The variant of a flag is not a row.
	if (areFlags && depth <= 1)
		for (let node = top; node < end; node += 1)
			if (isVariantName(tree, node)) count -= 1;
	return count;
}

function isVariantName(tree: Tree, node: number): boolean {
	return (
		at(tree.parent, at(tree.parent, node)) === 0 &&
		keyOf(tree, node) === "_variant"
	);
}

/** The places below containers of one kind; `undefined` where a row is needed: at scalars, and where kinds differ. */
function childPlaces(
	trees: readonly Tree[],
	place: Place,
): readonly Place[] | undefined {
	const kinds = new Set<number>();
	for (const [column, node] of place.nodes.entries()) {
		const tree = trees[column];
		if (!tree || node === NONE) continue;
		kinds.add(at(tree.kind, node));
		if (isContainer(tree, node) && isEmpty(tree, node)) kinds.add(NONE);
	}
	if (kinds.size !== 1) return undefined;
	if (kinds.has(OBJECT)) return memberPlaces(trees, place);
	return kinds.has(ARRAY) ? elementPlaces(trees, place) : undefined;
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

function memberPath(path: string, key: string): string {
	if (!IDENTIFIER.test(key)) return `${path}[${JSON.stringify(key)}]`;
	return path === "" ? key : `${path}.${key}`;
}

function memberPlaces(trees: readonly Tree[], place: Place): readonly Place[] {
	const columns = trees.map((tree, column) =>
		keyedMembers(tree, at(place.nodes, column)),
	);
	return merge(columns, place, (key) => memberPath(place.path, key));
}

/** Of keys that occur more than once the last, which is the one that most programs read. */
function keyedMembers(tree: Tree, node: number): Identities {
	const members = new Map<string, number>();
	if (node === NONE) return members;
	for (const child of childrenOf(tree, node))
		members.set(keyOf(tree, child), child);
	return members;
}

function elementPlaces(trees: readonly Tree[], place: Place): readonly Place[] {
	const elements = trees.map((tree, column) => {
		const node = at(place.nodes, column);
		return node === NONE ? [] : [...childrenOf(tree, node)];
	});
	const identify = (
		find: (tree: Tree, list: number[]) => Identities | undefined,
	) => {
		const columns = trees.map((tree, column) =>
			find(tree, elements[column] ?? []),
		);
		return columns.every((column) => column !== undefined)
			? columns
			: undefined;
	};
	const annotated = identify(identitiesByAnnotation);
	if (annotated)
		return merge(annotated, place, (tag) => {
			const name = tag.slice(0, -2).replaceAll("'", "");
			return place.path === "" ? name : `${place.path} · ${name}`;
		});
	for (const key of IDENTITY_KEYS) {
		const keyed = identify((tree, list) => identitiesByKey(tree, list, key));
		if (keyed)
			return merge(keyed, place, (id) => `${place.path}[${key}=${id}]`);
	}
	const positions = elements.map(
		(list) => new Map(list.map((node, index) => [`${index}`, node])),
	);
	return merge(positions, place, (index) => `${place.path}[${index}]`);
}

/** One place for each key of any column: a key that the first columns lack stands after the one that it follows in its own. */
function merge(
	columns: readonly Identities[],
	{ depth }: Place,
	pathOf: (key: string) => string,
): readonly Place[] {
	const places: Place[] = [];
	for (const key of mergeOrder(columns))
		places.push({
			path: pathOf(key),
			nodes: Int32Array.from(columns, (column) => column.get(key) ?? NONE),
			depth: depth + 1,
		});
	return places;
}

function mergeOrder(columns: readonly Identities[]): Iterable<string> {
	const [first = new Map<string, number>(), ...others] = columns;
	const known = new Set(first.keys());
	/** Keys that follow a known one, in the order in which they are to stand. */
	const following = new Map<string | undefined, string[]>();
	for (const column of others) {
		let before: string | undefined;
		for (const key of column.keys()) {
			if (!known.has(key)) {
				known.add(key);
				const after = following.get(before);
				if (after) after.push(key);
				else following.set(before, [key]);
			}
			before = key;
		}
	}
	if (following.size === 0) return first.keys();
	const order: string[] = [];
	const pending = [...first.keys()].reverse();
	const putFollowing = (key: string | undefined) => {
		for (const next of (following.get(key) ?? []).toReversed())
			pending.push(next);
	};
	putFollowing(undefined);
	for (let key = pending.pop(); key !== undefined; key = pending.pop()) {
		order.push(key);
		putFollowing(key);
	}
	return order;
}

/** The attributes of a flag; its state is the row before them. */
function attributePlaces(
	trees: readonly Tree[],
	place: Place,
): readonly Place[] {
	const hidden = new Set(["enabled", "_variant"]);
	const columns = trees.map((tree, column) => {
		const members = keyedMembers(tree, at(place.nodes, column));
		return new Map([...members].filter(([key]) => !hidden.has(key)));
	});
	return merge(columns, place, (key) => memberPath(place.path, key));
}

function memberNodes(
	trees: readonly Tree[],
	nodes: Int32Array,
	key: string,
): Int32Array {
	return nodes.map((node, column) => {
		const tree = trees[column];
		return tree ? (keyedMembers(tree, node).get(key) ?? NONE) : NONE;
	});
}

function findDeviations(trees: readonly Tree[], nodes: Int32Array): Uint8Array {
	/** By column: the first column with the same value. */
	const classes = nodes.map((_, column) => {
		for (let other = 0; other < column; other += 1)
			if (isSameValue(trees, nodes, other, column)) return other;
		return column;
	});
	const counts = new Int32Array(nodes.length);
	for (const one of classes) counts[one] = at(counts, one) + 1;
	const majority = counts.findIndex((count) => count * 2 > nodes.length);
	return Uint8Array.from(classes, (one) => (one === majority ? 0 : 1));
}

/** Equal but for the spelling of numbers and strings. Containers are equal when their text is. */
function isSameValue(
	trees: readonly Tree[],
	nodes: Int32Array,
	one: number,
	other: number,
): boolean {
	const [original, modified] = [trees[one], trees[other]];
	const [left, right] = [at(nodes, one), at(nodes, other)];
	if (!original || !modified || left === NONE || right === NONE)
		return left === right;
	const both = { original, modified };
	if (!hasSameTag(both, [left, right])) return false;
	const [before, after] = [
		valueSource(original, left),
		valueSource(modified, right),
	];
	if (before === after) return true;
	const [kind, otherKind] = [at(original.kind, left), at(modified.kind, right)];
	if (kind !== otherKind) return false;
	if (isContainer(original, left))
		return isEmpty(original, left) && isEmpty(modified, right);
	return kind === NUMBER
		? isSameNumber(before, after)
		: isSameString(both, [left, right]);
}
