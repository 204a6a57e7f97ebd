// Differences told the other way round: what was added is what was removed.
import type { Difference } from "./structure-diff.ts";

export function turnAll(differences: readonly Difference[]): Difference[] {
	return withRemovedFirst(differences.map(turn));
}

function turn(difference: Difference): Difference {
	const { oldParent: newParent, newParent: oldParent, shadowed } = difference;
	const common = { oldParent, newParent, shadowed };
	switch (difference.kind) {
		case "added":
			return { ...common, kind: "removed", old: difference.new };
		case "removed":
			return { ...common, kind: "added", new: difference.old };
		default:
			return {
				...difference,
				...common,
				old: difference.new,
				new: difference.old,
			};
	}
}

/** What was added stands where what was removed stood, and the other way round: swapped back, container by container. */
function withRemovedFirst(differences: readonly Difference[]): Difference[] {
	const ordered: Difference[] = [];
	let added: Difference[] = [];
	for (const [index, difference] of differences.entries()) {
		if (difference.newParent !== differences[index - 1]?.newParent) {
			for (const one of added) ordered.push(one);
			added = [];
		}
		if (difference.kind === "added") added.push(difference);
		else ordered.push(difference);
	}
	for (const one of added) ordered.push(one);
	return ordered;
}
