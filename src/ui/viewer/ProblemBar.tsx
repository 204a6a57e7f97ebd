// What is wrong with the document, where, and the place itself with a pointer at it.
import {
	type TextPosition,
	textPosition,
} from "../../document/json/problem.ts";
import type { Problem } from "../../document/json/tree.ts";
import { escapedText } from "../components/text-spans.tsx";

/** Characters shown on either side of the place. */
const BEFORE = 30;
const AFTER = 30;

export function ProblemBar(props: { text: string; problem: Problem }) {
	const { text, problem } = props;
	if (problem.isLimit)
		return (
			<p class="problem note" role="status">
				{problem.message} Raw shows everything.
			</p>
		);
	const place = textPosition(text, problem.at);
	return (
		<div class="problem" role="alert">
			<p>
				Not valid JSON, line {place.line}, column {place.column}:{" "}
				{problem.message} Everything before it is shown.
			</p>
			<Excerpt text={text} at={problem.at} place={place} />
		</div>
	);
}

function Excerpt(props: { text: string; at: number; place: TextPosition }) {
	const { text, at, place } = props;
	const start = Math.max(at - place.column + 1, at - BEFORE);
	const [before = "", after = ""] = [
		text.slice(start, at),
		text.slice(at, at + AFTER).split(/\r?\n/, 1)[0],
	].map((part) => part?.replaceAll("\t", " "));
	return (
		<code class="excerpt" aria-hidden="true">
			{escapedText(before)}
			<mark>{escapedText(after.slice(0, 1) || " ")}</mark>
			{escapedText(after.slice(1))}
		</code>
	);
}
