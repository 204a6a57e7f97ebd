// Finds where a pattern matches in plain text; a slice at a time.

import type { Query } from "./query.ts";

export interface TextFinding {
	/** Offsets of the matches, in order. */
	readonly starts: number[];
	/** Looks on; true when all has been looked at. */
	work(): boolean;
}

/** Matches between two looks at the clock. */
const STEP = 2_000;

export function findInText(text: string, query: Query): TextFinding {
	const pattern = new RegExp(
		query.pattern.source,
		`${query.pattern.flags.replace("m", "")}m`,
	);
	const starts: number[] = [];
	const work = () => {
		for (let left = STEP; left > 0; left--) {
			const match = pattern.exec(text);
			if (!match) return true;
			// An empty match is no place to show, and would stand still.
			if (match[0] === "") pattern.lastIndex += 1;
			else starts.push(match.index);
		}
		return false;
	};
	return { starts, work };
}
