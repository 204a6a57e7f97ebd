// How many characters of the fixed-width font fit into an element beside the line numbers, as a hook.
import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

/** Pixels beside the text: line numbers and margins, as in viewer.css. */
const BESIDE = 72;
const LEAST = 20;

/** 0 until the element is there to be measured: breaking a big text twice would cost twice. */
export function useColumns(element: RefObject<HTMLElement | null>): number {
	const [columns, setColumns] = useState(0);
	useLayoutEffect(() => {
		const { current } = element;
		if (!current) return;
		const unit = characterWidth(current);
		const measure = () =>
			setColumns(
				Math.max(LEAST, Math.floor((current.clientWidth - BESIDE) / unit)),
			);
		measure();
		const observer = new ResizeObserver(measure);
		observer.observe(current);
		return () => observer.disconnect();
	}, [element]);
	return columns;
}

function characterWidth(element: HTMLElement): number {
	const context = document.createElement("canvas").getContext("2d");
	if (!context) return 7;
	context.font = getComputedStyle(element).font;
	return context.measureText("0".repeat(100)).width / 100;
}
