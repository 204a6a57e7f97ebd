import { useEffect, useRef } from "preact/hooks";
import { NONE } from "../../document/json/tree.ts";
import { ROW_HEIGHT } from "./virtual-range.ts";

export interface OverviewRulerProps {
	/** All rows. */
	readonly count: number;
	/** Those with a match. */
	readonly rows: readonly number[];
	/** The one looked at, or NONE. */
	readonly current: number;
}

const WIDTH = 6;
/** Device pixels; at least so high is a mark. */
const LEAST = 2;

/** Marks the rows with matches beside the scrollbar, on one canvas however many there are. */
export function OverviewRuler({ count, rows, current }: OverviewRulerProps) {
	const element = useRef<HTMLCanvasElement>(null);
	useEffect(() => {
		if (element.current) draw(element.current, { count, rows, current });
	}, [count, rows, current]);
	if (rows.length === 0) return null;
	return (
		<canvas
			class="marks"
			ref={element}
			width={WIDTH}
			style={{ maxHeight: `${count * ROW_HEIGHT}px` }}
		/>
	);
}

function draw(
	canvas: HTMLCanvasElement,
	{ count, rows, current }: OverviewRulerProps,
) {
	const context = canvas.getContext("2d");
	if (!context) return;
	canvas.height = canvas.clientHeight;
	const { height } = canvas;
	const { color, outlineColor } = getComputedStyle(canvas);
	const fill = (row: number) =>
		context.fillRect(
			0,
			Math.floor((row / count) * (height - LEAST)),
			WIDTH,
			Math.max(LEAST, height / count),
		);
	context.fillStyle = color;
	// Many rows share a pixel: it is filled once.
	let last = -1;
	for (const row of rows) {
		const pixel = Math.floor((row / count) * height);
		if (pixel !== last) fill(row);
		last = pixel;
	}
	context.fillStyle = outlineColor;
	if (current !== NONE) fill(current);
}
