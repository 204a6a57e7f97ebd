import type { ComponentChild } from "preact";
import type {
	DiffLayout,
	DiffRow,
} from "../../document/diff/text/diff-rows.ts";
import type { LineDiff } from "../../document/diff/text/line-diff.ts";
import { lineAt } from "../../document/diff/text/lines.ts";
import type { LineMarks } from "../../document/diff/text/word-diff.ts";
import { highlight } from "../../document/formats/highlight.ts";
import type { DocumentKind } from "../../document/formats/kind.ts";
import { rangesWithin } from "../../document/search/ranges.ts";
import { formatNumber } from "../../document/text/format-number.ts";
import { truncate } from "../../document/text/graphemes.ts";
import { styledText } from "../components/text-spans.tsx";

type Side = "original" | "modified";

export interface TextRowProps {
	readonly row: DiffRow | undefined;
	readonly diff: LineDiff;
	readonly layout: DiffLayout;
	readonly marks: LineMarks;
	/** How the lines of each side are coloured. */
	readonly kinds: Readonly<Record<Side, DocumentKind>>;
	/** The index of the change that is highlighted. */
	readonly current: number;
	readonly onExpand: (fold: number) => void;
}

/** Characters that a row shows of a long line. Patches have all of them. */
export const MAX_SHOWN = 1000;

type LineOptions = Pick<TextRowProps, "diff" | "marks" | "kinds">;
type LineRow = Exclude<DiffRow, { kind: "fold" }>;

export function TextRow(props: TextRowProps) {
	const { row, diff, layout, marks, kinds, current, onExpand } = props;
	const lines = { diff, marks, kinds };
	if (!row) return null;
	if (row.kind === "fold")
		return (
			<div class="line unchanged">
				<button type="button" onClick={() => onExpand(row.fold)}>
					⋯ {formatNumber(row.lines)} unchanged lines
				</button>
			</div>
		);
	const isCurrent = "change" in row && row.change === current;
	return (
		<div class={`line ${row.kind}${isCurrent ? " current" : ""}`}>
			{layout === "split"
				? [
						...halfCells(row, "original", lines),
						...halfCells(row, "modified", lines),
					]
				: unifiedCells(row, lines)}
		</div>
	);
}

// Functions and not components, because every visible line has several cells.

/** One half of a split row; empty where the other side has more lines. */
function halfCells(
	row: LineRow,
	side: Side,
	lines: LineOptions,
): ComponentChild[] {
	const line = lineOf(row, side);
	if (line === undefined) return [<span class="no-line" />];
	return [gutter(line, toneOf(row, side)), lineText(row, side, lines)];
}

function unifiedCells(row: LineRow, lines: LineOptions): ComponentChild[] {
	const modified = lineOf(row, "modified");
	const side: Side = modified === undefined ? "original" : "modified";
	const tone = toneOf(row, side);
	return [
		gutter(lineOf(row, "original"), tone),
		gutter(modified, tone),
		lineText(row, side, lines),
	];
}

function gutter(line: number | undefined, tone: string): ComponentChild {
	return (
		<span class={`gutter${tone}`}>{line === undefined ? "" : line + 1}</span>
	);
}

/** A line with its changes marked, and with a sign, so that a change is not told by color alone. */
function lineText(
	row: LineRow,
	side: Side,
	{ diff, marks, kinds }: LineOptions,
): ComponentChild {
	const lines = diff[side];
	const index = lineOf(row, side) ?? 0;
	const line = lineAt(lines, index);
	const hasLineFeed = line.endsWith("\n");
	const text = hasLineFeed ? line.slice(0, -1) : line;
	const shown = truncate(text, MAX_SHOWN);
	const isChanged = "change" in row;
	const ranges = isChanged ? (marks.of(side, index, row.change) ?? []) : [];
	const isLast = index === lines.count - 1;
	const content = (
		<>
			{styledLine(
				shown,
				kinds[side],
				ranges.flatMap(({ from, to }) => [from, to]),
			)}
			{text.length > shown.length && (
				<span class="more">
					… {formatNumber(text.length - shown.length)} more characters
				</span>
			)}
			{isChanged && isLast && !hasLineFeed && (
				<span class="chip">no line feed at the end</span>
			)}
		</>
	);
	if (!isChanged) return <span class="text same">{content}</span>;
	return (
		<span class={`text${toneOf(row, side)}`}>
			<span class="sign">{side === "original" ? "−" : "+"}</span>
			{side === "original" ? <del>{content}</del> : <ins>{content}</ins>}
		</span>
	);
}

function styledLine(
	text: string,
	kind: DocumentKind,
	marks: readonly number[],
): ComponentChild {
	let end = 0;
	return highlight(text, kind).map(([style, part]) => {
		const start = end;
		end += part.length;
		return styledText(part, {
			style,
			marks: rangesWithin(marks, start, end),
		});
	});
}

function toneOf(row: LineRow, side: Side): string {
	if (!("change" in row)) return "";
	return side === "original" ? " is-deleted" : " is-inserted";
}

function lineOf(row: LineRow, side: Side): number | undefined {
	if (side === "original") return "original" in row ? row.original : undefined;
	return "modified" in row ? row.modified : undefined;
}
