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
		if (last && change.oldStart - last.oldEnd > context * 2) {
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
	const first = changes[0] ?? { oldStart: 0, newStart: 0 };
	const last = changes.at(-1) ?? { oldEnd: 0, newEnd: 0 };
	const before = Math.min(context, first.oldStart);
	const after = Math.min(context, diff.old.count - last.oldEnd);
	return {
		oldStart: first.oldStart - before,
		oldEnd: last.oldEnd + after,
		newStart: first.newStart - before,
		newEnd: last.newEnd + after,
		changes,
	};
}
