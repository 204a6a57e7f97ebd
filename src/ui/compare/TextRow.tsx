// One row of a text comparison: its line numbers, its sign and its text with what changed in it marked.
import type { ComponentChild } from "preact";
import type {
	DiffLayout,
	DiffRow,
} from "../../document/diff/text/diff-rows.ts";
import type { LineDiff } from "../../document/diff/text/line-diff.ts";
import { formatNumber } from "../../document/format-number.ts";
import { lineText } from "./LineText.tsx";
import type { LineMarks } from "./line-marks.ts";

export interface TextRowProps {
	readonly row: DiffRow | undefined;
	readonly diff: LineDiff;
	readonly layout: DiffLayout;
	readonly marks: LineMarks;
	/** The change that was gone to. */
	readonly current: number;
	readonly onOpen: (fold: number) => void;
}

export function TextRow(props: TextRowProps) {
	const { row, layout, current } = props;
	if (!row) return null;
	if (row.kind === "fold") return <Fold {...props} row={row} />;
	const isCurrent = "change" in row && row.change === current;
	return (
		<div class={`line ${row.kind}${isCurrent ? " current" : ""}`}>
			{layout === "split"
				? [...half(props, "original"), ...half(props, "modified")]
				: whole(props)}
		</div>
	);
}

function Fold({
	row,
	onOpen,
}: TextRowProps & { row: Extract<DiffRow, { kind: "fold" }> }) {
	return (
		<div class="line unchanged">
			<button type="button" onClick={() => onOpen(row.fold)}>
				⋯ {formatNumber(row.lines)} unchanged lines
			</button>
		</div>
	);
}

type Side = "original" | "modified";

/** A side of a split row: empty where the other side has more lines. */
function half(props: TextRowProps, side: Side): ComponentChild[] {
	const line = lineOf(props.row, side);
	if (line === undefined) return [<span class="void" />];
	return [gutter(line, toneOf(props.row, side)), text(props, side, line)];
}

function whole(props: TextRowProps): ComponentChild[] {
	const { row } = props;
	const [original, modified] = [
		lineOf(row, "original"),
		lineOf(row, "modified"),
	];
	const side: Side = modified === undefined ? "original" : "modified";
	const tone = toneOf(row, side);
	return [
		gutter(original, tone),
		gutter(modified, tone),
		text(props, side, modified ?? original ?? 0),
	];
}

function gutter(line: number | undefined, tone: string): ComponentChild {
	return (
		<span class={`gutter${tone}`}>{line === undefined ? "" : line + 1}</span>
	);
}

function text(props: TextRowProps, side: Side, line: number): ComponentChild {
	const { row, diff, marks } = props;
	const change = row && "change" in row ? row.change : undefined;
	const isChanged = change !== undefined;
	return lineText({
		lines: diff[side],
		line,
		side: isChanged ? side : undefined,
		tone: toneOf(row, side),
		marks: isChanged ? marks.of(side, line, change) : undefined,
	});
}

function toneOf(row: DiffRow | undefined, side: Side): string {
	if (!row || !("change" in row)) return "";
	return side === "original" ? " gone" : " came";
}

function lineOf(row: DiffRow | undefined, side: Side): number | undefined {
	if (!row || row.kind === "fold") return undefined;
	if (side === "original") return "original" in row ? row.original : undefined;
	return "modified" in row ? row.modified : undefined;
}
