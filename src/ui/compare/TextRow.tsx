// One row of a text comparison: its line numbers, its sign and its text with what changed in it marked.
import type { LineDiff } from "../../document/compare/line-diff.ts";
import type { Layout, Row } from "../../document/compare/rows.ts";
import { grouped } from "../../document/grouped.ts";
import { LineText } from "./LineText.tsx";
import type { LineMarks } from "./line-marks.ts";

export interface TextRowProps {
	readonly row: Row | undefined;
	readonly diff: LineDiff;
	readonly layout: Layout;
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
			{layout === "split" ? (
				<>
					<Half {...props} side="old" />
					<Half {...props} side="new" />
				</>
			) : (
				<Whole {...props} />
			)}
		</div>
	);
}

function Fold({
	row,
	onOpen,
}: TextRowProps & { row: Extract<Row, { kind: "fold" }> }) {
	return (
		<div class="line unchanged">
			<button type="button" onClick={() => onOpen(row.fold)}>
				⋯ {grouped(row.lines)} unchanged lines
			</button>
		</div>
	);
}

type Side = "old" | "new";

/** A side of a split row: empty where the other side has more lines. */
function Half(props: TextRowProps & { side: Side }) {
	const { row, diff, marks, side } = props;
	const line = lineOf(row, side);
	if (line === undefined) return <span class="half void" />;
	const changed = row && "change" in row ? row.change : undefined;
	const tone = changed === undefined ? "" : side === "old" ? " gone" : " came";
	return (
		<span class={`half${tone}`}>
			<span class="gutter">{line + 1}</span>
			<LineText
				lines={diff[side]}
				line={line}
				side={changed === undefined ? undefined : side}
				marks={
					changed === undefined ? undefined : marks.of(side, line, changed)
				}
			/>
		</span>
	);
}

function Whole({ row, diff, marks }: TextRowProps) {
	const [old, fresh] = [lineOf(row, "old"), lineOf(row, "new")];
	const side: Side = fresh === undefined ? "old" : "new";
	const line = fresh ?? old ?? 0;
	const changed = row && "change" in row ? row.change : undefined;
	const tone = changed === undefined ? "" : side === "old" ? " gone" : " came";
	return (
		<span class={`whole${tone}`}>
			<span class="gutter">{old === undefined ? "" : old + 1}</span>
			<span class="gutter">{fresh === undefined ? "" : fresh + 1}</span>
			<LineText
				lines={diff[side]}
				line={line}
				side={changed === undefined ? undefined : side}
				marks={
					changed === undefined ? undefined : marks.of(side, line, changed)
				}
			/>
		</span>
	);
}

function lineOf(row: Row | undefined, side: Side): number | undefined {
	if (!row || row.kind === "fold") return undefined;
	if (side === "old") return "old" in row ? row.old : undefined;
	return "new" in row ? row.new : undefined;
}
