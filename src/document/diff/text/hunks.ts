// Changes with some lines of context around them, as patches and folded views have them.
import type { Change, LineDiff } from "./line-diff.ts";

/** Lines of both texts, ends exclusive; begins and ends with context, if there is any. */
export interface Hunk extends Change {
	readonly changes: readonly Change[];
}

/** Changes whose context would touch are one hunk. */
export function toHunks(diff: LineDiff, context: number): readonly Hunk[] {
	const hunks: Hunk[] = [];
	let group: Change[] = [];
	for (const change of diff.changes) {
		const last = group.at(-1);
		if (last && change.originalStart - last.originalEnd > context * 2) {
			hunks.push(toHunk(diff, group, context));
			group = [];
		}
		group.push(change);
	}
	if (group.length > 0) hunks.push(toHunk(diff, group, context));
	return hunks;
}

function toHunk(
	diff: LineDiff,
	changes: readonly Change[],
	context: number,
): Hunk {
	const first = changes[0] ?? { originalStart: 0, modifiedStart: 0 };
	const last = changes.at(-1) ?? { originalEnd: 0, modifiedEnd: 0 };
	const before = Math.min(context, first.originalStart);
	const after = Math.min(context, diff.original.count - last.originalEnd);
	return {
		originalStart: first.originalStart - before,
		originalEnd: last.originalEnd + after,
		modifiedStart: first.modifiedStart - before,
		modifiedEnd: last.modifiedEnd + after,
		changes,
	};
}
