// Finding in plain text, as a hook.
import { useEffect, useMemo, useState } from "preact/hooks";
import { findInText } from "../../document/find-in-text.ts";
import { parseQuery } from "../../document/query.ts";
import { searchInWorker } from "./regex-search.ts";
import { inSlices } from "./slices.ts";
import { EMPTY_FORM, type FindForm } from "./use-find.ts";

export interface TextFound {
	/** Offsets of the matches. */
	readonly starts: readonly number[];
	/** The one looked at, from 0; -1 for none. */
	readonly position: number;
	readonly pattern: RegExp | undefined;
	/** Only rows with a match are to be shown. */
	readonly isFilter: boolean;
	/** Whether all this is about what is typed now, and not about what was before. */
	readonly isAnswered: boolean;
	readonly trouble: string | undefined;
}

const NOTHING: readonly number[] = [];

/** `text` is asked for only when there is something to find in it. */
export function useTextFind(
	text: () => string,
	form: FindForm | undefined,
	position: number,
): TextFound {
	const { typed, matchCase, regex, filter } = form ?? EMPTY_FORM;
	const query = useMemo(
		() => parseQuery(typed, { matchCase, regex, isPlain: true }),
		[typed, matchCase, regex],
	);
	const [answer, setAnswer] = useState({ query, starts: NOTHING, trouble: "" });
	useEffect(() => {
		const answerWith = (starts: readonly number[], trouble = "") =>
			setAnswer({ query, starts, trouble });
		if (!query || typeof query === "string") {
			answerWith(NOTHING, query);
			return;
		}
		if (regex)
			return searchInWorker(
				{ text: text(), typed, matchCase, inTree: false },
				answerWith,
			);
		const finding = findInText(text(), query);
		return inSlices(finding.work, () => answerWith(finding.starts));
	}, [text, query]);
	return {
		starts: answer.starts,
		position: position < answer.starts.length ? position : -1,
		pattern: typeof query === "object" ? query.pattern : undefined,
		isFilter: filter && typeof query === "object",
		isAnswered: answer.query === query,
		trouble: answer.trouble || undefined,
	};
}
