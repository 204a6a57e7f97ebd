// A text diff as a unified patch, which `git apply` and `patch` take (https://git-scm.com/docs/diff-format, POSIX diff -u).
import { type Hunk, toHunks } from "./hunks.ts";
import type { LineDiff } from "./line-diff.ts";
import { type Lines, lineAt } from "./lines.ts";

const CONTEXT = 3;

/** `name` is the file's in both versions; empty when nothing changed. */
export function toUnifiedPatch(diff: LineDiff, name: string): string {
	const hunks = toHunks(diff, CONTEXT);
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

function addHunk(parts: string[], diff: LineDiff, hunk: Hunk): void {
	const original = rangeOf(hunk.originalStart, hunk.originalEnd);
	const modified = rangeOf(hunk.modifiedStart, hunk.modifiedEnd);
	parts.push(`@@ -${original} +${modified} @@\n`);
	let at = hunk.originalStart;
	for (const {
		originalStart,
		originalEnd,
		modifiedStart,
		modifiedEnd,
	} of hunk.changes) {
		addLines(parts, " ", [diff.original, at, originalStart]);
		addLines(parts, "-", [diff.original, originalStart, originalEnd]);
		addLines(parts, "+", [diff.modified, modifiedStart, modifiedEnd]);
		at = originalEnd;
	}
	addLines(parts, " ", [diff.original, at, hunk.originalEnd]);
}

function addLines(
	parts: string[],
	sign: string,
	[lines, from, to]: readonly [Lines, number, number],
): void {
	for (let index = from; index < to; index += 1) {
		const line = lineAt(lines, index);
		parts.push(sign, line);
		if (!line.endsWith("\n")) parts.push("\n\\ No newline at end of file\n");
	}
}

/** From 1; an empty range names the line before it. */
function rangeOf(start: number, end: number): string {
	const count = end - start;
	const first = count === 0 ? start : start + 1;
	return count === 1 ? `${first}` : `${first},${count}`;
}

/** A name with a space is closed by a tab, so that nothing else is read as a part of it. */
function withTab(name: string): string {
	return name.includes(" ") ? `${name}\t` : name;
}

/** As git quotes paths: only when it must. */
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
