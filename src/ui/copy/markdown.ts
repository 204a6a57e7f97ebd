/** A code span that its text cannot end, for a cell of a table, which it cannot leave. https://github.github.com/gfm/#code-spans */
export function toCodeSpan(text: string): string {
	const run = longestRun(text);
	const fence = "`".repeat(run + 1);
	const space = run > 0 ? " " : "";
	const content = text.replaceAll("|", "\\|").replace(/\s+/g, " ");
	return `${fence}${space}${content}${space}${fence}`;
}

/** A fenced block that its text cannot end. */
export function toCodeBlock(text: string): string {
	const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
	return `${fence}\n${text}\n${fence}\n`;
}

/** Backticks in a row. */
function longestRun(text: string): number {
	return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
