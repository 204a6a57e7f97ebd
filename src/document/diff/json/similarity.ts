// Which of the elements left over on both sides were the same before they changed: those most alike, in order.
import { at, isContainer, OBJECT, subtreeEnd } from "../../json/tree.ts";
import type { NodePair, Side, Sides } from "./diff-input.ts";

/** Less alike than this, one was removed and another added. */
const MIN_SIMILARITY = 0.3;
/** Containers are judged by their first children. */
const MAX_CHILDREN = 64;
/** Bigger tables are not filled: elements are then compared position by position. */
const MAX_TABLE = 400;

export function pairMostSimilar(
	sides: Sides,
	original: readonly number[],
	modified: readonly number[],
): readonly NodePair[] {
	return original.length * modified.length <= MAX_TABLE
		? pairByTable(sides, original, modified)
		: pairByPosition(sides, original, modified);
}

function pairByPosition(
	sides: Sides,
	original: readonly number[],
	modified: readonly number[],
): readonly NodePair[] {
	const pairs: NodePair[] = [];
	for (const [index, node] of original.entries()) {
		const partner = modified[index];
		if (partner === undefined) break;
		if (similarityOf(sides, [node, partner]) >= MIN_SIMILARITY)
			pairs.push([node, partner]);
	}
	return pairs;
}

/** The pairs in order that are most alike taken together, by the table of all beginnings. */
function pairByTable(
	sides: Sides,
	original: readonly number[],
	modified: readonly number[],
): readonly NodePair[] {
	const width = modified.length + 1;
	const best = new Float64Array((original.length + 1) * width);
	const like = new Float64Array(original.length * modified.length);
	for (const [i, left] of original.entries())
		for (const [j, right] of modified.entries()) {
			const value = similarityOf(sides, [left, right]);
			like[i * modified.length + j] = value;
			const paired =
				value >= MIN_SIMILARITY ? (best[i * width + j] ?? 0) + value : 0;
			best[(i + 1) * width + j + 1] = Math.max(
				paired,
				best[i * width + j + 1] ?? 0,
				best[(i + 1) * width + j] ?? 0,
			);
		}
	const pairs: NodePair[] = [];
	for (let i = original.length, j = modified.length; i > 0 && j > 0; ) {
		const here = best[i * width + j] ?? 0;
		if (here === best[(i - 1) * width + j]) i -= 1;
		else if (here === best[i * width + j - 1]) j -= 1;
		else {
			i -= 1;
			j -= 1;
			pairs.push([original[i] ?? 0, modified[j] ?? 0]);
		}
	}
	return pairs.reverse();
}

/** From 0 to 1. */
function similarityOf(sides: Sides, [original, modified]: NodePair): number {
	const { tree: left } = sides.original;
	const { tree: right } = sides.modified;
	const isOldContainer = isContainer(left, original);
	if (isOldContainer !== isContainer(right, modified)) return 0;
	const isSameKind = at(left.kind, original) === at(right.kind, modified);
	if (!isOldContainer) return isSameKind ? 0.5 : 0.4;
	if (!isSameKind) return 0;
	const ours = featuresOf(sides.original, original);
	const theirs = featuresOf(sides.modified, modified);
	if (ours.size === 0 || theirs.size === 0) return 0.5;
	let shared = 0;
	for (const sign of ours) if (theirs.has(sign)) shared += 1;
	return shared / Math.max(ours.size, theirs.size);
}

/** Of an object its keys and its members, of an array its elements. */
function featuresOf({ tree, prints }: Side, node: number): ReadonlySet<number> {
	const signs = new Set<number>();
	const end = subtreeEnd(tree, node);
	const isObject = at(tree.kind, node) === OBJECT;
	let child = node + 1;
	for (let count = 0; child < end && count < MAX_CHILDREN; count += 1) {
		const key = at(prints.key, child);
		signs.add(key ^ at(prints.low, child));
		if (isObject) signs.add(key);
		child = subtreeEnd(tree, child);
	}
	return signs;
}
