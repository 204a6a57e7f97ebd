// Text as it came, line by line, long lines broken to the width, highlighted where it is visible.
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { highlight } from "../../document/highlight.ts";
import type { DocumentKind } from "../../document/kind.ts";
import {
	breakLines,
	isContinued,
	rowAt,
	rowText,
} from "../../document/lines.ts";
import { decode } from "./decode.ts";
import { Marks } from "./Marks.tsx";
import { piece } from "./Pieces.tsx";
import { useColumns } from "./use-columns.ts";
import type { TextFound } from "./use-text-find.ts";
import { showRow, Windowed } from "./Windowed.tsx";

export interface TextViewProps {
	readonly body: Uint8Array;
	readonly kind: DocumentKind;
	readonly found?: TextFound;
	/** Off: lines stay whole up to a length that no row should have. */
	readonly wrap?: boolean;
}

/** UTF-16 units of a row that is not wrapped. */
const UNWRAPPED = 2_000;
const NO_LINES = {
	count: 0,
	starts: new Int32Array(),
	numbers: new Int32Array(),
};
const NO_STARTS: readonly number[] = [];

export function TextView({ body, kind, found, wrap = true }: TextViewProps) {
	const scroller = useRef<HTMLDivElement>(null);
	const text = useMemo(() => decode(body).text, [body]);
	const fitting = useColumns(scroller);
	const columns = wrap ? fitting : UNWRAPPED;
	const lines = useMemo(
		() => (columns > 0 ? breakLines(text, columns) : NO_LINES),
		[text, columns],
	);
	const { count } = lines;
	const starts = found?.starts ?? NO_STARTS;
	const current = found?.starts[found.position];
	const currentRow = current === undefined ? -1 : rowAt(lines, current);
	useLayoutEffect(() => {
		if (scroller.current && currentRow >= 0)
			showRow(scroller.current, { row: currentRow, count });
	}, [currentRow]);
	const rows = (first: number, behind: number) =>
		Array.from({ length: behind - first }, (_, index) => {
			const row = first + index;
			return (
				<div class={row === currentRow ? "line selected" : "line"} key={row}>
					<span class="gutter">
						{isContinued(lines, row) ? "" : lines.numbers[row]}
					</span>
					<span class="code">
						{highlight(rowText(text, lines, row), kind).map(([style, part]) =>
							piece(part, { style, found: found?.pattern }),
						)}
					</span>
				</div>
			);
		});
	return (
		<div class="scrolled">
			<Windowed
				count={count}
				rows={rows}
				scroller={scroller}
				attributes={{ role: "group", "aria-label": "Text", tabIndex: 0 }}
			/>
			<Marks
				count={count}
				rows={useMemo(
					() => starts.map((start) => rowAt(lines, start)),
					[starts, lines],
				)}
				current={currentRow}
			/>
		</div>
	);
}
