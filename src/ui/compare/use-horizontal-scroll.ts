// What scrolls a comparison sideways, as far as its longest line goes: the rows stay, their texts are shifted, both halves
// of a row together.
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { CooperativeTask } from "../../document/diff/text/cooperative-task.ts";
import type { DiffLayout } from "../../document/diff/text/diff-rows.ts";
import type { LineDiff } from "../../document/diff/text/line-diff.ts";
import { columnsOf, widestLine } from "../../document/diff/text/lines.ts";
import { runInSlices } from "../content/cooperative-work.ts";
import { MAX_SHOWN } from "./LineText.tsx";

type Scroller = RefObject<HTMLDivElement | null>;

/** Columns of a row, and what is said of those that it does not show. */
const LIMIT = MAX_SHOWN + 40;

/** Sets for compare.css `--shift` (pixels) and, once it is known, `--widest` (columns) and whether that is `data-wide`. */
export function useHorizontalScroll(
	scroller: Scroller,
	diff: LineDiff,
	layout: DiffLayout,
): void {
	useWidestLine(scroller, diff);
	useWide(scroller, layout);
	useEffect(() => {
		const element = scroller.current;
		if (!element) return;
		const { style } = element;
		const shift = () => {
			const to = `${-element.scrollLeft}px`;
			// Written anew, even the same would have every row styled again.
			if (to !== (style.getPropertyValue("--shift") || "0px"))
				style.setProperty("--shift", to);
		};
		element.addEventListener("scroll", shift, { passive: true });
		return () => element.removeEventListener("scroll", shift);
	}, [scroller]);
}

function useWidestLine(scroller: Scroller, diff: LineDiff): void {
	useEffect(() => {
		const steps = widestOf(diff);
		let widest = 0;
		const work = () => {
			const { done, value } = steps.next();
			if (done) widest = value;
			return done === true;
		};
		return runInSlices(work, () => {
			const element = scroller.current;
			if (!element) return;
			element.style.setProperty("--widest", `${widest}ch`);
			// At once: painted in between, the halves would move apart and back.
			markWide(element);
		});
	}, [diff, scroller]);
}

/** Rows that stay where all else is scrolled are measured by their container, and cost more: only where there is need. */
function useWide(scroller: Scroller, layout: DiffLayout): void {
	useEffect(() => {
		const element = scroller.current;
		const extent = element?.querySelector(".extent");
		if (!element || !extent) return;
		const observer = new ResizeObserver(() => markWide(element));
		observer.observe(extent);
		return () => observer.disconnect();
	}, [scroller, layout]);
}

function markWide(element: HTMLElement): void {
	const { scrollWidth, clientWidth } = element;
	element.toggleAttribute("data-wide", scrollWidth > clientWidth);
}

function* widestOf({ original, modified }: LineDiff): CooperativeTask<number> {
	const least = Math.max(unclosed(original.text), unclosed(modified.text));
	const widest = yield* widestLine(original.text, least, LIMIT);
	return yield* widestLine(modified.text, widest, LIMIT);
}

/** Columns of a last line that has no line feed, with what is said of it. */
function unclosed(text: string): number {
	const start = text.lastIndexOf("\n") + 1;
	const line = text.slice(start, start + LIMIT);
	return line === "" ? 0 : columnsOf(line) + 24;
}
