import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import type { WidthOf } from "../../document/formats/text-rows.ts";
import { graphemesOf } from "../../document/text/graphemes.ts";
import {
	isPrintableAscii,
	splitInvisible,
} from "../../document/text/invisible-characters.ts";

export interface TextMetrics {
	/** Pixels. */
	readonly width: number;
	/** Pixels that a column takes. */
	readonly column: number;
	/** Of a character, in columns: fonts have wider ones for other scripts. */
	readonly widthOf: WidthOf;
}

/** Absent until the element is there to be measured: breaking a big text twice would cost twice. */
export function useTextMetrics(
	element: RefObject<HTMLElement | null>,
): TextMetrics | undefined {
	const [room, setRoom] = useState<TextMetrics>();
	useLayoutEffect(() => {
		const { current } = element;
		if (!current) return;
		const font = measureFont(current);
		const measure = () => {
			const width = current.clientWidth;
			setRoom((old) => (old?.width === width ? old : { ...font, width }));
		};
		measure();
		const observer = new ResizeObserver(measure);
		observer.observe(current);
		return () => observer.disconnect();
	}, [element]);
	return room;
}

/** In columns. */
export function textWidth(text: string, { widthOf }: TextMetrics): number {
	if (isPrintableAscii(text)) return text.length;
	let width = 0;
	for (const character of graphemesOf(text)) width += widthOf(character);
	return width;
}

/** Of a tab at most. */
const TAB = 4;
/** An escape stands in a smaller font with room beside it; as in source.css. */
const CHIP = 10 / 11;
const CHIP_PADDING = 4;

function measureFont(element: HTMLElement): Omit<TextMetrics, "width"> {
	const context = document.createElement("canvas").getContext("2d");
	if (!context) return { column: 7, widthOf: () => 2 };
	context.font = getComputedStyle(element).font;
	const column = context.measureText("0".repeat(100)).width / 100;
	const known = new Map<string, number>();
	const measure = (character: string): number => {
		if (character === "\t") return TAB;
		let width = 0;
		for (const { text, escape: chip } of splitInvisible(character))
			width += chip
				? (chip.length * column * CHIP + CHIP_PADDING) / column
				: context.measureText(text).width / column;
		return width;
	};
	return {
		column,
		widthOf: (character) => {
			const width = known.get(character) ?? measure(character);
			known.set(character, width);
			return width;
		},
	};
}
