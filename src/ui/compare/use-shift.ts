// Side by side, both halves scroll sideways together: the rows stay, their texts are shifted.
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { LineDiff } from "../../document/compare/line-diff.ts";
import { MAX_SHOWN } from "./LineText.tsx";

/** Sets `--shift` (pixels) and `--widest` (characters) for compare.css; without a diff, neither. */
export function useShift(
	scroller: RefObject<HTMLDivElement | null>,
	diff: LineDiff | undefined,
): void {
	useEffect(() => {
		const element = scroller.current;
		if (!element) return;
		const widest = diff ? Math.max(widestOf(diff.old), widestOf(diff.new)) : 0;
		element.classList.toggle("split", diff !== undefined);
		element.style.setProperty("--widest", `${widest}ch`);
		const shift = () =>
			element.style.setProperty("--shift", `${-element.scrollLeft}px`);
		shift();
		if (!diff) return;
		element.addEventListener("scroll", shift, { passive: true });
		return () => element.removeEventListener("scroll", shift);
	}, [diff, scroller]);
}

function widestOf({ starts }: LineDiff["old"]): number {
	let widest = 0;
	for (let index = 1; index < starts.length; index += 1)
		widest = Math.max(widest, (starts[index] ?? 0) - (starts[index - 1] ?? 0));
	return Math.min(widest, MAX_SHOWN + 40);
}
