// The text of a line, with marks on what changed in it, and a sign for readers who see no colours.
import type { ComponentChild } from "preact";
import { type Lines, lineAt } from "../../document/diff/text/lines.ts";
import type { TextRange } from "../../document/diff/text/word-diff.ts";
import { formatNumber } from "../../document/format-number.ts";
import { truncate } from "../../document/graphemes.ts";
import { rangesWithin } from "../../document/search/ranges.ts";
import { isolateDirections } from "../components/text-spans.tsx";

export interface LineTextProps {
	readonly lines: Lines;
	readonly line: number;
	/** The side that the line is on, if it changed. */
	readonly side: "original" | "modified" | undefined;
	/** The class that says so, if it did. */
	readonly tone: string;
	/** None: the whole line changed. */
	readonly marks: readonly TextRange[] | undefined;
}

/** What a row shows of a long line; patches have all of it. */
export const MAX_SHOWN = 1000;

/** A function rather than a component, as those below: there is one for every line on the screen, twice side by side. */
export function lineText(props: LineTextProps): ComponentChild {
	const { lines, line, side, tone, marks } = props;
	const whole = lineAt(lines, line);
	const isClosed = whole.endsWith("\n");
	const text = isClosed ? whole.slice(0, -1) : whole;
	const shown = truncate(text, MAX_SHOWN);
	const isLast = line === lines.count - 1;
	const content = (
		<>
			{isolateDirections(
				shown,
				rangesWithin(
					(marks ?? []).flatMap(({ from, to }) => [from, to]),
					0,
					shown.length,
				),
			)}
			{text.length > shown.length && (
				<span class="more">
					… {formatNumber(text.length - shown.length)} more characters
				</span>
			)}
			{side && isLast && !isClosed && (
				<span class="chip">no line feed at the end</span>
			)}
		</>
	);
	return (
		<span class={side ? `text${tone}` : "text same"}>
			{side && <span class="sign">{side === "original" ? "−" : "+"}</span>}
			{side === "original" && <del>{content}</del>}
			{side === "modified" && <ins>{content}</ins>}
			{!side && content}
		</span>
	);
}
