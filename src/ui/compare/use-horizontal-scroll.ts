import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { CooperativeTask } from "../../document/diff/text/cooperative-task.ts";
import type { DiffLayout } from "../../document/diff/text/diff-rows.ts";
import type { LineDiff } from "../../document/diff/text/line-diff.ts";
import { columnsOf, widestLine } from "../../document/diff/text/lines.ts";
import { runInSlices } from "../content/cooperative-work.ts";
import { MAX_SHOWN } from "./TextRow.tsx";

type Scroller = RefObject<HTMLDivElement | null>;

/** Columns of a row with the note on the characters that it does not show. */
const LIMIT = MAX_SHOWN + 40;

/**
 * Scrolls the lines horizontally, both halves of a row together: rows stay in place, and compare.css shifts their texts by
 * `--shift` (pixels). Also sets `--widest` (columns of the longest line) once it is known, and `data-wide` when that does not fit.
 * Wrapped lines need none of it.
 */
export function useHorizontalScroll(
	scroller: Scroller,
	diff: LineDiff,
	layout: DiffLayout,
	isWrapped: boolean,
): void {
	useWidestLine(scroller, diff, isWrapped);
	useWide(scroller, layout, isWrapped);
	useEffect(() => {
		const element = scroller.current;
		if (!element || isWrapped) return;
		const { style } = element;
		const shift = () => {
			const to = `${-element.scrollLeft}px`;
			// Setting the same value again would recompute the style of every row.
			if (to !== (style.getPropertyValue("--shift") || "0px"))
				style.setProperty("--shift", to);
		};
		element.addEventListener("scroll", shift, { passive: true });
		return () => element.removeEventListener("scroll", shift);
	}, [scroller, isWrapped]);
}

function useWidestLine(
	scroller: Scroller,
	diff: LineDiff,
	isWrapped: boolean,
): void {
	useEffect(() => {
		if (isWrapped) return;
		const task = widestOf(diff);
		let widest = 0;
		const work = () => {
			const { done, value } = task.next();
			if (done) widest = value;
			return done === true;
		};
		return runInSlices(work, () => {
			const element = scroller.current;
			if (!element) return;
			element.style.setProperty("--widest", `${widest}ch`);
			// In the same frame: otherwise the halves would be painted apart for a moment.
			markWide(element);
		});
	}, [diff, scroller, isWrapped]);
}

/** Sticky rows sized by their container are slow, so `data-wide` turns them on only when a line does not fit. */
function useWide(
	scroller: Scroller,
	layout: DiffLayout,
	isWrapped: boolean,
): void {
	useEffect(() => {
		const element = scroller.current;
		const extent = element?.querySelector(".extent");
		if (!element || !extent) return;
		const observer = new ResizeObserver(() => markWide(element));
		observer.observe(extent);
		return () => observer.disconnect();
	}, [scroller, layout, isWrapped]);
}

function markWide(element: HTMLElement): void {
	const { scrollWidth, clientWidth } = element;
	element.toggleAttribute("data-wide", scrollWidth > clientWidth);
}

function* widestOf({ original, modified }: LineDiff): CooperativeTask<number> {
	const least = Math.max(
		lastLineColumns(original.text),
		lastLineColumns(modified.text),
	);
	const widest = yield* widestLine(original.text, least, LIMIT);
	return yield* widestLine(modified.text, widest, LIMIT);
}

/** Columns of a last line without a line feed, with the note on that. */
function lastLineColumns(text: string): number {
	const start = text.lastIndexOf("\n") + 1;
	const line = text.slice(start, start + LIMIT);
	return line === "" ? 0 : columnsOf(line) + 24;
}
