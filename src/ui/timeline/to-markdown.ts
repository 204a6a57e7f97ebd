import type { Version } from "../../core/history/history.ts";
import type { TimelineEntry } from "../../document/blame/timeline.ts";
import { toCodeSpan } from "../copy/markdown.ts";

/** A table of all values, newest first. https://github.github.com/gfm/#tables-extension- */
export function toMarkdown(
	jsonPath: string,
	entries: readonly TimelineEntry<Version>[],
): string {
	const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
	return [
		`${toCodeSpan(jsonPath)}\n\n`,
		line(["from", "to", "version", "label", "received"]),
		line(["---", "---", "---", "---", "---"]),
		...entries.map(({ from, to, version }) =>
			line([
				from === undefined ? "_missing_" : toCodeSpan(from),
				to === undefined ? "_missing_" : toCodeSpan(to),
				`v${version.number}`,
				version.label ? toCodeSpan(version.label) : "",
				new Date(version.receivedAt).toISOString(),
			]),
		),
	].join("");
}
