import type { RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import {
	changeIndexAtLine,
	createDiffRows,
	type DiffLayout,
	type DiffRows,
} from "../../document/diff/text/diff-rows.ts";
import type { LineDiff } from "../../document/diff/text/line-diff.ts";
import { createLineMarks } from "../../document/diff/text/word-diff.ts";
import type { DocumentKind } from "../../document/formats/kind.ts";
import type { ChangeItem } from "../diff/messages.ts";
import { CompareRows, isWrapped, scrollToCompareRow } from "./CompareRows.tsx";
import type { StepToChange } from "./CompareToolbar.tsx";
import { TextRow } from "./TextRow.tsx";
import { useHorizontalScroll } from "./use-horizontal-scroll.ts";

export interface TextRowsProps {
	readonly diff: LineDiff;
	readonly layout: DiffLayout;
	/** How the lines of each side are coloured. */
	readonly kinds: Readonly<Record<"original" | "modified", DocumentKind>>;
	/** Whether to break long lines, if the rows are few enough. */
	readonly wrap: boolean;
	/** Set to the function that goes from change to change. */
	readonly step: RefObject<StepToChange>;
	/** A value to scroll to. */
	readonly target: ChangeItem | undefined;
}

const CONTEXT = 3;
const NO_FOLDS: ReadonlySet<number> = new Set();

export function TextRows(props: TextRowsProps) {
	const { diff, layout, kinds, wrap, step, target } = props;
	const [expandedFolds, setExpandedFolds] = useState(NO_FOLDS);
	// The first change is visible, because the lines before it are folded.
	const [current, setCurrent] = useState(diff.changes.length > 0 ? 0 : -1);
	const scroller = useRef<HTMLDivElement>(null);
	const rows = useMemo(
		() => createDiffRows(diff, { layout, context: CONTEXT, expandedFolds }),
		[diff, layout, expandedFolds],
	);
	const marks = useMemo(() => createLineMarks(diff), [diff]);
	const goTo = (change: number) => {
		setCurrent(change);
		showChange(scroller.current, rows, change);
	};
	const latestGoTo = useRef(goTo);
	latestGoTo.current = goTo;
	step.current = (by) => {
		const { length } = rows.changeRows;
		if (length > 0)
			goTo((Math.max(current, by < 0 ? 0 : -1) + by + length) % length);
	};
	useEffect(() => {
		if (!target) return;
		const side = target.kind === "removed" ? "original" : "modified";
		const change = changeIndexAtLine(diff.changes, side, target.line);
		if (change !== undefined) latestGoTo.current(change);
	}, [diff, target]);
	useHorizontalScroll(scroller, diff, layout, isWrapped(wrap, rows.count));
	return (
		<CompareRows
			wrap={wrap}
			count={rows.count}
			scroller={scroller}
			attributes={{
				role: "group",
				"aria-label": "Changed lines",
				tabIndex: 0,
				"data-layout": layout,
			}}
			renderRows={({ first, end }) =>
				Array.from({ length: end - first }, (_, offset) => first + offset).map(
					(index) => (
						<TextRow
							key={index}
							row={rows.at(index)}
							diff={diff}
							layout={layout}
							marks={marks}
							kinds={kinds}
							current={current}
							onExpand={(fold) =>
								setExpandedFolds(new Set([...expandedFolds, fold]))
							}
						/>
					),
				)
			}
		/>
	);
}

function showChange(
	scroller: HTMLDivElement | null,
	rows: DiffRows,
	change: number,
): void {
	const row = rows.changeRows[change];
	if (scroller && row !== undefined)
		scrollToCompareRow(scroller, { row, count: rows.count });
}
