import { toCodeSpan } from "../copy/markdown.ts";
import type { MatrixColumn } from "./columns.ts";
import type { MatrixRowItem } from "./messages.ts";

/** Rows of a section, under its title. */
export interface ExportedSection {
	readonly title: string;
	readonly rows: readonly MatrixRowItem[];
}

export function columnName({ environment, name }: MatrixColumn): string {
	return name === undefined ? environment : `${name} (${environment})`;
}

/** A table for each section. https://github.github.com/gfm/#tables-extension- */
export function toMarkdown(
	columns: readonly MatrixColumn[],
	sections: readonly ExportedSection[],
): string {
	const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
	return sections
		.map(({ title, rows }) =>
			[
				`**${escapeMarkdown(title)}**`,
				"",
				line(["key", ...columns.map((one) => escapeMarkdown(columnName(one)))]),
				line(["---", ...columns.map(() => "---")]),
				...rows.map(({ path, cells }) =>
					line([
						toCodeSpan(path),
						...cells.map((cell) =>
							cell === undefined ? "_missing_" : toCodeSpan(cell),
						),
					]),
				),
				"",
			].join("\n"),
		)
		.join("\n");
}

function escapeMarkdown(text: string): string {
	return text.replace(/[\\|*_`<>[\]]/g, "\\$&").replace(/\s+/g, " ");
}

/** One line for each key. RFC 4180; a missing key is an empty field, and `null` is written out. */
export function toCsv(
	columns: readonly MatrixColumn[],
	sections: readonly ExportedSection[],
): string {
	const line = (cells: readonly string[]) =>
		`${cells.map(toField).join(",")}\r\n`;
	return [
		line(["configuration profile", "key", ...columns.map(columnName)]),
		...sections.flatMap(({ title, rows }) =>
			rows.map(({ path, cells }) =>
				line([title, path, ...cells.map((cell) => cell ?? "")]),
			),
		),
	].join("");
}

function toField(text: string): string {
	return /[",\r\n]/.test(text) || needsQuotes(text)
		? `"${guard(text).replaceAll('"', '""')}"`
		: text;
}

/** A spreadsheet would take the text for a formula. https://owasp.org/www-community/attacks/CSV_Injection */
function needsQuotes(text: string): boolean {
	return /^[=+@\t\r]/.test(text) || /^-(?![\d.])/.test(text);
}

function guard(text: string): string {
	return needsQuotes(text) ? `'${text}` : text;
}
