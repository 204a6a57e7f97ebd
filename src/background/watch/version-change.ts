import { concernsWatched } from "../../core/watch/watch.ts";
import {
	type ChangedValue,
	firstChanges,
} from "../../document/diff/json/changed-values.ts";
import {
	type Difference,
	diffStructure,
	type StructureDiff,
} from "../../document/diff/json/structure-diff.ts";
import { runToEnd } from "../../document/diff/text/cooperative-task.ts";
import { parseTree } from "../../document/json/json-parser.ts";
import { formatPath, pathOf } from "../../document/json/paths.ts";
import type { Tree } from "../../document/json/tree.ts";

/** What changed between two bodies. */
export interface VersionChange {
	/** The first changes, of watched values where there are any. */
	readonly items: readonly ChangedValue[];
	/** How many there are in all. */
	readonly total: number;
	/** Whether a watched value changed; `undefined` where that cannot be known, because a body is not JSON. */
	readonly isWatched: boolean | undefined;
}

const MAX_ITEMS = 2;
/** Characters of a value: a notification has few lines. */
const MAX_VALUE = 40;
const UNKNOWN: VersionChange = { items: [], total: 0, isWatched: undefined };

/** Compares two bodies, value by value where both are JSON. `watchedPaths`: JSONPath. */
export function describeVersionChange(
	before: Uint8Array,
	after: Uint8Array,
	watchedPaths: readonly string[],
): VersionChange {
	const [original, modified] = [before, after].map(parseBody);
	if (!original || !modified) return UNKNOWN;
	const diff = runToEnd(diffStructure(original, modified));
	const isWatched = (difference: Difference) =>
		pathsOf(diff, difference).some((path) =>
			concernsWatched(watchedPaths, path),
		);
	const watched = diff.differences.filter(isWatched);
	return {
		items: firstChanges(diff, {
			count: MAX_ITEMS,
			limit: MAX_VALUE,
			...(watched.length > 0 ? { filter: isWatched } : {}),
		}),
		total: watched.length > 0 ? watched.length : diff.differences.length,
		isWatched: watched.length > 0,
	};
}

function parseBody(body: Uint8Array): Tree | undefined {
	try {
		const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
		const tree = parseTree(text);
		return tree.problem ? undefined : tree;
	} catch {
		// Not UTF-8: it is told of as a new version.
		return undefined;
	}
}

/** On both sides: an element that moved has two. */
function pathsOf(
	{ original, modified }: StructureDiff,
	difference: Difference,
): readonly string[] {
	const paths: string[] = [];
	if ("original" in difference)
		paths.push(formatPath(pathOf(original, difference.original), "JSONPath"));
	if ("modified" in difference)
		paths.push(formatPath(pathOf(modified, difference.modified), "JSONPath"));
	return paths;
}
