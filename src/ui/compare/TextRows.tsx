// The lines of a comparison, unified or side by side; only those in sight are in the page.
import type { RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import {
	changeIndexAtLine,
	createDiffRows,
	type DiffLayout,
	type DiffRows,
} from "../../document/diff/text/diff-rows.ts";
import type { LineDiff } from "../../document/diff/text/line-diff.ts";
import type { ChangeItem } from "../diff/messages.ts";
import { scrollToRow, VirtualList } from "../virtual-list/VirtualList.tsx";
import type { StepToChange } from "./ComparePane.tsx";
import { createLineMarks } from "./line-marks.ts";
import { TextRow } from "./TextRow.tsx";
import { useHorizontalScroll } from "./use-horizontal-scroll.ts";

export interface TextRowsProps {
	readonly diff: LineDiff;
	readonly layout: DiffLayout;
	/** Where to put what goes from change to change. */
	readonly step: RefObject<StepToChange>;
	/** A value to go to. */
	readonly target: ChangeItem | undefined;
}

const CONTEXT = 3;
const NO_FOLDS: ReadonlySet<number> = new Set();

export function TextRows({ diff, layout, step, target }: TextRowsProps) {
	const [expandedFolds, setOpened] = useState(NO_FOLDS);
	// The first change is in sight: whatever is before it is folded.
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
	useHorizontalScroll(scroller, diff, layout);
	return (
		<VirtualList
			count={rows.count}
			scroller={scroller}
			attributes={{
				role: "group",
				"aria-label": "Changed lines",
				tabIndex: 0,
				"data-layout": layout,
			}}
			rows={(first, behind) =>
				range(first, behind).map((index) => (
					<TextRow
						key={index}
						row={rows.at(index)}
						diff={diff}
						layout={layout}
						marks={marks}
						current={current}
						onOpen={(fold) => setOpened(new Set([...expandedFolds, fold]))}
					/>
				))
			}
		/>
	);
}

export function range(first: number, behind: number): readonly number[] {
	return Array.from(
		{ length: Math.max(0, behind - first) },
		(_, index) => first + index,
	);
}

function showChange(
	scroller: HTMLDivElement | null,
	rows: DiffRows,
	change: number,
): void {
	const row = rows.changeRows[change];
	if (scroller && row !== undefined)
		scrollToRow(scroller, { row, count: rows.count });
}
