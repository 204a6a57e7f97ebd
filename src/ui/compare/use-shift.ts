// Side by side, both halves scroll sideways together: the rows stay, their texts are shifted.
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { LineDiff } from "../../document/compare/line-diff.ts";
import { widestLine } from "../../document/compare/lines.ts";
import { MAX_SHOWN } from "./LineText.tsx";

/** Characters of a row, and what is said of those that it does not show. */
const LIMIT = MAX_SHOWN + 40;

/** Sets `--shift` (pixels) and `--widest` (characters) for compare.css; without a diff, neither. */
export function useShift(
	scroller: RefObject<HTMLDivElement | null>,
	diff: LineDiff | undefined,
): void {
	useEffect(() => {
		const element = scroller.current;
		if (!element) return;
		const texts = diff ? [diff.old.text, diff.new.text] : [];
		const widest = texts.reduce(
			(widest, text) => widestLine(text, [widest, LIMIT]),
			0,
		);
		element.classList.toggle("split", diff !== undefined);
		const { style } = element;
		style.setProperty("--widest", `${widest}ch`);
		const shift = () => {
			const to = `${-element.scrollLeft}px`;
			// Written anew, even the same would have every row styled again.
			if (to !== (style.getPropertyValue("--shift") || "0px"))
				style.setProperty("--shift", to);
		};
		shift();
		if (!diff) return;
		element.addEventListener("scroll", shift, { passive: true });
		return () => element.removeEventListener("scroll", shift);
	}, [diff, scroller]);
}
