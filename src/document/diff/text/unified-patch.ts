import type { LineChange, LineDiff } from "./line-diff.ts";
import { type Lines, lineAt } from "./lines.ts";

/** Changes with the lines of context around them. */
export interface Hunk extends LineChange {
	readonly changes: readonly LineChange[];
}

/** Changes whose context would touch are in one hunk. */
function toHunks(diff: LineDiff, context: number): readonly Hunk[] {
	const hunks: Hunk[] = [];
	let group: LineChange[] = [];
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
	changes: readonly LineChange[],
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

const PATCH_CONTEXT = 3;

/**
 * A unified patch for `git apply` and `patch` (https://git-scm.com/docs/diff-format, POSIX diff -u); empty when nothing changed.
 * `name`: the file's in both versions.
 */
export function toUnifiedPatch(diff: LineDiff, name: string): string {
	const hunks = toHunks(diff, PATCH_CONTEXT);
	if (hunks.length === 0) return "";
	const [original, modified] = [quotePath(`a/${name}`), quotePath(`b/${name}`)];
	const parts = [
		`diff --git ${original} ${modified}\n`,
		`--- ${withTab(original)}\n`,
		`+++ ${withTab(modified)}\n`,
	];
	for (const hunk of hunks) addHunk(parts, diff, hunk);
	return parts.join("");
}

function addHunk(
	parts: string[],
	{ original, modified }: LineDiff,
	hunk: Hunk,
): void {
	const addLines = (sign: string, lines: Lines, from: number, to: number) => {
		for (let index = from; index < to; index += 1) {
			const line = lineAt(lines, index);
			parts.push(sign, line);
			if (!line.endsWith("\n")) parts.push("\n\\ No newline at end of file\n");
		}
	};
	const originalRange = toRange(hunk.originalStart, hunk.originalEnd);
	const modifiedRange = toRange(hunk.modifiedStart, hunk.modifiedEnd);
	parts.push(`@@ -${originalRange} +${modifiedRange} @@\n`);
	let at = hunk.originalStart;
	for (const change of hunk.changes) {
		addLines(" ", original, at, change.originalStart);
		addLines("-", original, change.originalStart, change.originalEnd);
		addLines("+", modified, change.modifiedStart, change.modifiedEnd);
		at = change.originalEnd;
	}
	addLines(" ", original, at, hunk.originalEnd);
}

/** Lines count from 1; an empty range names the line before it. */
function toRange(start: number, end: number): string {
	const count = end - start;
	const first = count === 0 ? start : start + 1;
	return count === 1 ? `${first}` : `${first},${count}`;
}

/** A tab ends a name with a space, as git writes it. */
function withTab(name: string): string {
	return name.includes(" ") ? `${name}\t` : name;
}

/** Quotes a path as git does: only when it has to. */
function quotePath(path: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be quoted.
	const special = /[\u0000-\u001f"\\\u007f]/g;
	if (!special.test(path)) return path;
	const escaped = path.replace(special, (character) =>
		character === '"' || character === "\\"
			? `\\${character}`
			: `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`,
	);
	return `"${escaped}"`;
}
