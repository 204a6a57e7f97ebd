// The text as it came, line by line, long lines broken to the width, lightly highlighted where it is visible.
import type { RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { highlight } from "../../document/highlight.ts";
import type { DocumentKind } from "../../document/kind.ts";
import { breakLines, isContinued, rowText } from "../../document/lines.ts";
import { decode } from "./decode.ts";
import { Piece } from "./Pieces.tsx";
import { Windowed } from "./Windowed.tsx";

export interface RawViewProps {
	readonly body: Uint8Array;
	readonly kind: DocumentKind;
}

/** Pixels beside the text: line numbers and margins, as in viewer.css. */
const BESIDE = 72;
const LEAST_COLUMNS = 20;

export function RawView({ body, kind }: RawViewProps) {
	const scroller = useRef<HTMLDivElement>(null);
	const text = useMemo(() => decode(body).text, [body]);
	const columns = useColumns(scroller);
	const lines = useMemo(() => breakLines(text, columns), [text, columns]);
	const rows = (first: number, behind: number) =>
		Array.from({ length: behind - first }, (_, index) => {
			const row = first + index;
			return (
				<div class="line" key={row}>
					<span class="gutter">
						{isContinued(lines, row) ? "" : lines.numbers[row]}
					</span>
					<span class="code">
						{highlight(rowText(text, lines, row), kind).map(([style, part]) => (
							<Piece style={style} text={part} />
						))}
					</span>
				</div>
			);
		});
	return <Windowed count={lines.count} rows={rows} scroller={scroller} />;
}

/** How many characters of the fixed-width font fit beside the line numbers. */
function useColumns(scroller: RefObject<HTMLDivElement | null>): number {
	const [columns, setColumns] = useState(() => fitting(innerWidth));
	useEffect(() => {
		const element = scroller.current;
		if (!element) return;
		const measure = () => setColumns(fitting(element.clientWidth, element));
		const observer = new ResizeObserver(measure);
		observer.observe(element);
		return () => observer.disconnect();
	}, [scroller]);
	return columns;
}

/** Before there is an element, a usual font is assumed: 0.6 em of 11 px. */
function fitting(width: number, element?: HTMLElement): number {
	const unit = element ? characterWidth(element) : 6.6;
	return Math.max(LEAST_COLUMNS, Math.floor((width - BESIDE) / unit));
}

function characterWidth(element: HTMLElement): number {
	const context = document.createElement("canvas").getContext("2d");
	if (!context) return 6.6;
	context.font = getComputedStyle(element).font;
	return context.measureText("0".repeat(100)).width / 100;
}
