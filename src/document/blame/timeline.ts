import {
	IDENTITY_KEYS,
	identitiesByAnnotation,
	identitiesByKey,
} from "../diff/json/key-matching.ts";
import {
	childrenOf,
	compactSource,
	keyOf,
	tagPrefix,
} from "../json/children.ts";
import type { Path } from "../json/paths.ts";
import { ARRAY, at, OBJECT, type Tree } from "../json/tree.ts";

/** A member, an element by position, or an element by an identity that it keeps when it moves. */
export type StableSegment =
	| { readonly kind: "member"; readonly key: string }
	| { readonly kind: "position"; readonly index: number }
	| { readonly kind: "annotation"; readonly tag: string }
	| {
			readonly kind: "identity";
			readonly key: string;
			/** As it is written: "1" and 1 are different. */
			readonly value: string;
	  };
export type StablePath = readonly StableSegment[];

/** A path that follows elements which move: as they are identified in this tree. `undefined` when it leads nowhere. */
export function toStablePath(tree: Tree, path: Path): StablePath | undefined {
	const segments: StableSegment[] = [];
	let node = 0;
	for (const step of path) {
		const segment = segmentOf(tree, node, step);
		const next = segment && childAt(tree, node, segment);
		if (!segment || next === undefined) return undefined;
		segments.push(segment);
		node = next;
	}
	return segments;
}

function segmentOf(
	tree: Tree,
	node: number,
	step: string | number,
): StableSegment | undefined {
	if (at(tree.kind, node) === OBJECT)
		return { kind: "member", key: String(step) };
	const index = Number(step);
	if (at(tree.kind, node) !== ARRAY || !Number.isInteger(index))
		return undefined;
	const elements = [...childrenOf(tree, node)];
	const element = elements[index];
	if (element === undefined) return undefined;
	for (const [tag, other] of identitiesByAnnotation(tree, elements) ?? [])
		if (other === element) return { kind: "annotation", tag };
	for (const key of IDENTITY_KEYS)
		for (const [value, other] of identitiesByKey(tree, elements, key) ?? [])
			if (other === element) return { kind: "identity", key, value };
	return { kind: "position", index };
}

function childAt(
	tree: Tree,
	node: number,
	segment: StableSegment,
): number | undefined {
	if (segment.kind === "member") {
		if (at(tree.kind, node) !== OBJECT) return undefined;
		let found: number | undefined;
		// Of keys that occur more than once the last, which is the one that most programs read.
		for (const child of childrenOf(tree, node))
			if (keyOf(tree, child) === segment.key) found = child;
		return found;
	}
	if (at(tree.kind, node) !== ARRAY) return undefined;
	const elements = [...childrenOf(tree, node)];
	switch (segment.kind) {
		case "position":
			return elements[segment.index];
		case "annotation":
			return identitiesByAnnotation(tree, elements)?.get(segment.tag);
		case "identity":
			return identitiesByKey(tree, elements, segment.key)?.get(segment.value);
	}
}

/** The node that a path leads to in a tree. */
export function resolveStablePath(
	tree: Tree,
	path: StablePath,
): number | undefined {
	let node: number | undefined = tree.count > 0 ? 0 : undefined;
	for (const segment of path)
		node = node === undefined ? undefined : childAt(tree, node, segment);
	return node;
}

/** The value at a path, without white space; `undefined` where the key is missing. */
export function valueAt(tree: Tree, path: StablePath): string | undefined {
	const node = resolveStablePath(tree, path);
	return node === undefined
		? undefined
		: tagPrefix(tree, node) + compactSource(tree, node);
}

/** A version in which the value is another one than in the version before. */
export interface TimelineEntry<Version> {
	readonly version: Version;
	/** Absent where the key was missing, and in the oldest version. */
	readonly from?: string;
	/** Absent where the key is missing. */
	readonly to?: string;
	/** The value was this already in the oldest version that is known. */
	readonly isFirst: boolean;
}

export interface VersionValue<Version> {
	readonly version: Version;
	/** Absent where the key is missing. */
	readonly value?: string;
}

/** The versions that changed a value, newest first, like `values`. The last entry is the oldest version with its value. */
export function changesOf<Version>(
	values: readonly VersionValue<Version>[],
): readonly TimelineEntry<Version>[] {
	return values.flatMap(({ version, value }, index) => {
		const before = values[index + 1];
		if (before && before.value === value) return [];
		return [
			{
				version,
				...(before?.value === undefined ? {} : { from: before.value }),
				...(value === undefined ? {} : { to: value }),
				isFirst: before === undefined,
			},
		];
	});
}
