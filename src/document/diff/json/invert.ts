// Differences told the other way round: what was added is what was removed.
import type { Difference } from "./structure-diff.ts";

export function turnAll(differences: readonly Difference[]): Difference[] {
	return withRemovedFirst(differences.map(turn));
}

function turn(difference: Difference): Difference {
	const {
		originalParent: modifiedParent,
		modifiedParent: originalParent,
		shadowed,
	} = difference;
	const common = { originalParent, modifiedParent, shadowed };
	switch (difference.kind) {
		case "added":
			return { ...common, kind: "removed", original: difference.modified };
		case "removed":
			return { ...common, kind: "added", modified: difference.original };
		default:
			return {
				...difference,
				...common,
				original: difference.modified,
				modified: difference.original,
			};
	}
}

/** What was added stands where what was removed stood, and the other way round: swapped back, container by container. */
function withRemovedFirst(differences: readonly Difference[]): Difference[] {
	const ordered: Difference[] = [];
	let added: Difference[] = [];
	for (const [index, difference] of differences.entries()) {
		if (difference.modifiedParent !== differences[index - 1]?.modifiedParent) {
			for (const one of added) ordered.push(one);
			added = [];
		}
		if (difference.kind === "added") added.push(difference);
		else ordered.push(difference);
	}
	for (const one of added) ordered.push(one);
	return ordered;
}
