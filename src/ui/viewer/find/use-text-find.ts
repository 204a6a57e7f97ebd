// Finding in plain text, as a hook.
import { useEffect, useMemo, useState } from "preact/hooks";
import { searchText } from "../../../document/search/find-in-text.ts";
import { parseQuery } from "../../../document/search/query.ts";
import type { Ranges } from "../../../document/search/ranges.ts";
import { runInSlices } from "../../content/cooperative-work.ts";
import { searchInWorker } from "./regex-search.ts";
import { EMPTY_FORM, type FindForm } from "./use-find.ts";

export interface TextFindResult {
	/** Offsets of the matches. */
	readonly starts: readonly number[];
	/** The one looked at, from 0; -1 for none. */
	readonly position: number;
	/** Where the matches start and end. */
	readonly marks: Ranges;
	/** Only rows with a match are to be shown. */
	readonly isFilter: boolean;
	/** Whether all this is about what is typed now, and not about what was before. */
	readonly isAnswered: boolean;
	readonly error: string | undefined;
}

const NO_MARKS: Ranges = [];

export function useTextFind(
	text: string,
	form: FindForm | undefined,
	position: number,
): TextFindResult {
	const { typed, matchCase, regex, filter } = form ?? EMPTY_FORM;
	const query = useMemo(
		() => parseQuery(typed, { matchCase, regex, isPlain: true }),
		[typed, matchCase, regex],
	);
	const [answer, setAnswer] = useState({ query, marks: NO_MARKS, trouble: "" });
	useEffect(() => {
		const answerWith = (marks: Ranges, trouble = "") =>
			setAnswer({ query, marks, trouble });
		if (!query) {
			answerWith(NO_MARKS);
			return;
		}
		if (regex)
			return searchInWorker({ text, query }, ({ marks, trouble }) =>
				answerWith(marks, trouble),
			);
		const finding = searchText(text, query);
		return runInSlices(finding.work, () => answerWith(finding.matches));
	}, [text, query]);
	const { marks } = answer;
	const starts = useMemo(
		() =>
			Array.from(
				{ length: marks.length / 2 },
				(_, pair) => marks[2 * pair] ?? 0,
			),
		[marks],
	);
	return {
		starts,
		position: position < starts.length ? position : -1,
		marks,
		isFilter: filter && query !== undefined,
		isAnswered: answer.query === query,
		error: answer.trouble || undefined,
	};
}
