import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import {
	type HighlightToken,
	highlightRow,
} from "../../../document/formats/highlight.ts";
import type { DocumentKind } from "../../../document/formats/kind.ts";
import {
	isContinuation,
	rowAt,
	type TextRows,
	wrapLines,
} from "../../../document/formats/text-rows.ts";
import { rowOf } from "../../../document/json/expansion.ts";
import { type Ranges, rangesWithin } from "../../../document/search/ranges.ts";
import { styledText } from "../../components/text-spans.tsx";
import { OverviewRuler } from "../../virtual-list/OverviewRuler.tsx";
import {
	type TextMetrics,
	useTextMetrics,
} from "../../virtual-list/text-metrics.ts";
import {
	scrollToMark,
	scrollToRow,
	VirtualList,
} from "../../virtual-list/VirtualList.tsx";
import type { RowRange } from "../../virtual-list/virtual-range.ts";
import type { TextFindResult } from "../find/use-find.ts";

export interface TextViewProps {
	readonly text: string;
	readonly kind: DocumentKind;
	readonly found?: TextFindResult;
	/** Off: lines stay whole up to a length that no row should have. */
	readonly wrap?: boolean;
}

/** Pixels beside the text: line numbers and margins, as in rows.css. */
const BESIDE = 76;
const LEAST_COLUMNS = 16;
/** UTF-16 units of a row that is not wrapped. */
const UNWRAPPED = 2_000;
const NO_LINES = {
	count: 0,
	starts: new Int32Array(),
	numbers: new Int32Array(),
};
const NO_STARTS: readonly number[] = [];
const NO_MARKS: Ranges = [];

export function TextView({ text, kind, found, wrap = true }: TextViewProps) {
	const scroller = useRef<HTMLDivElement>(null);
	const room = useTextMetrics(scroller);
	const columns = wrap && room ? columnsIn(room) : UNWRAPPED;
	const lines = useMemo(
		() =>
			room
				? wrapLines(text, columns, wrap ? room.widthOf : undefined)
				: NO_LINES,
		[text, columns, wrap, room?.widthOf],
	);
	const { count, rows, lineOf, isOnly, current } = useShownLines(lines, found);
	// The one that is looked at, or before there is any, the first.
	const starts = found?.starts ?? NO_STARTS;
	const sought = current >= 0 ? (found?.position ?? 0) : 0;
	const soughtRow = current >= 0 ? current : (rows[0] ?? -1);
	useLayoutEffect(() => {
		const start = starts[sought];
		if (!scroller.current || start === undefined) return;
		scrollToRow(scroller.current, {
			row: isOnly && current < 0 ? 0 : soughtRow,
			count,
		});
		scrollToMark(scroller.current, (mark) => isMarkOf(mark, start));
	}, [starts, sought, soughtRow, count]);
	const draw = ({ first, end }: RowRange) => {
		const known = new Map<number, readonly HighlightToken[]>();
		return Array.from({ length: end - first }, (_, index) =>
			drawLine(lineOf(first + index), {
				text,
				lines,
				kind,
				known,
				marks: found?.marks ?? NO_MARKS,
				isCurrent: first + index === current,
				isOnly,
			}),
		);
	};
	return (
		<div class="scrolled">
			<VirtualList
				count={count}
				renderRows={draw}
				scroller={scroller}
				isWide
				attributes={{ role: "group", "aria-label": "Text", tabIndex: 0 }}
			/>
			{!isOnly && <OverviewRuler count={count} rows={rows} current={current} />}
		</div>
	);
}

function columnsIn({ width, column }: TextMetrics): number {
	return Math.max(LEAST_COLUMNS, Math.floor((width - BESIDE) / column));
}

/** All lines, or of a filter those with a match. */
function useShownLines(lines: TextRows, found: TextFindResult | undefined) {
	const starts = found?.starts ?? NO_STARTS;
	const rows = useMemo(
		() => starts.map((start) => rowAt(lines, start)),
		[starts, lines],
	);
	const isOnly = found?.isFilter ?? false;
	const only = useMemo(
		() => (isOnly ? Int32Array.from(new Set(rows)) : undefined),
		[isOnly, rows],
	);
	const at = rows[found?.position ?? -1];
	return {
		rows,
		isOnly,
		count: only ? only.length : lines.count,
		lineOf: (row: number) => only?.[row] ?? row,
		/** The row of the match that is looked at; -1 for none. */
		current: at === undefined ? -1 : only ? rowOf(only, at) : at,
	};
}

/** A mark starts a little before its match where that starts in the middle of a character. */
function isMarkOf(mark: Element, start: number): boolean {
	const from = Number(mark.getAttribute("data-start"));
	return from <= start && start < from + (mark.textContent?.length ?? 0);
}

interface LineOptions {
	readonly text: string;
	readonly lines: TextRows;
	readonly kind: DocumentKind;
	readonly known: Map<number, readonly HighlightToken[]>;
	readonly marks: Ranges;
	readonly isCurrent: boolean;
	readonly isOnly: boolean;
}

function drawLine(row: number, options: LineOptions) {
	const { text, lines, kind, known, marks, isCurrent, isOnly } = options;
	// What a line goes on from may be left out: then it says which line it is of.
	let at = lines.starts[row] ?? 0;
	const pieces = highlightRow(text, lines, row, { kind, known }).map(
		([style, part]) => {
			const start = at;
			at += part.length;
			return styledText(part, {
				style,
				marks: rangesWithin(marks, start, at),
				offset: start,
			});
		},
	);
	const hasNumber = isOnly || !isContinuation(lines, row);
	return (
		<div class={isCurrent ? "line selected" : "line"} key={row}>
			<span class="gutter">{hasNumber ? lines.numbers[row] : ""}</span>
			<span class="code">{pieces}</span>
		</div>
	);
}
