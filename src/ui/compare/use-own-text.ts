// Two texts compared in the page, as a hook: mostly before its first paint, else in slices behind it.
import { useLayoutEffect, useMemo, useState } from "preact/hooks";
import type { Content } from "../content/content.ts";
import { runInSlices, runWithinFrame } from "../content/cooperative-work.ts";
import { decodeInput, hasLongLine } from "../diff/parse-input.ts";
import {
	compareSources,
	type TextComparison,
} from "../diff/text-comparison.ts";

interface Subjects {
	readonly original: Content;
	readonly modified: Content;
}

interface TextHere {
	text?: TextComparison;
	/** A step; true when it was the last. */
	readonly work: () => boolean;
}

/**
 * Most versions differ little, and are compared sooner than a worker is started: the first paint has their text. What has
 * to be written out line by line is left to the worker: when it is wanted, or when nobody would read the lines as they are.
 */
export function useTextComparison(
	subjects: Subjects,
	wanted: boolean | undefined,
): TextHere | undefined {
	const [, redraw] = useState(0);
	const here = useMemo(
		() => (wanted ? undefined : beginHere(subjects, wanted === undefined)),
		[subjects, wanted],
	);
	useLayoutEffect(
		() =>
			here && !here.text
				? runInSlices(here.work, () => redraw((count) => count + 1))
				: undefined,
		[here],
	);
	return here;
}

function beginHere(
	subjects: Subjects,
	mayFormat: boolean,
): TextHere | undefined {
	const [original, modified] = [
		decodeInput(subjects.original),
		decodeInput(subjects.modified),
	];
	if (mayFormat && hasLongLine([original.text, modified.text]))
		return undefined;
	const steps = compareSources(original, modified);
	const here: TextHere = {
		work: () => {
			const { done, value } = steps.next();
			if (done) here.text = value;
			return done === true;
		},
	};
	runWithinFrame(here.work);
	return here;
}
