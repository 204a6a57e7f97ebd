import type { Version } from "../../core/history/history.ts";
import type { TimelineEntry } from "../../document/blame/timeline.ts";

/** A table of all values, newest first. https://github.github.com/gfm/#tables-extension- */
export function toMarkdown(
	jsonPath: string,
	entries: readonly TimelineEntry<Version>[],
): string {
	const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
	return [
		`${toCode(jsonPath)}\n\n`,
		line(["from", "to", "version", "label", "received"]),
		line(["---", "---", "---", "---", "---"]),
		...entries.map(({ from, to, version }) =>
			line([
				from === undefined ? "_missing_" : toCode(from),
				to === undefined ? "_missing_" : toCode(to),
				`v${version.number}`,
				version.label ? toCode(version.label) : "",
				new Date(version.receivedAt).toISOString(),
			]),
		),
	].join("");
}

/** A code span that the text cannot end, in a cell that it cannot leave. */
function toCode(text: string): string {
	const longest = Math.max(
		0,
		...[...text.matchAll(/`+/g)].map(([run]) => run.length),
	);
	const fence = "`".repeat(longest + 1);
	const space = longest > 0 ? " " : "";
	const content = text.replaceAll("|", "\\|").replace(/\s+/g, " ");
	return `${fence}${space}${content}${space}${fence}`;
}
