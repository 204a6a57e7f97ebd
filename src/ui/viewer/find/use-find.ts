import { useEffect, useMemo, useState } from "preact/hooks";
import { markWithAncestors } from "../../../document/json/expansion.ts";
import { NONE } from "../../../document/json/tree.ts";
import { searchTree } from "../../../document/search/find.ts";
import { searchText } from "../../../document/search/find-in-text.ts";
import {
	parseQuery,
	type QueryOptions,
} from "../../../document/search/query.ts";
import type { Ranges } from "../../../document/search/ranges.ts";
import { runInSlices } from "../../content/cooperative-work.ts";
import type { JsonDocument } from "../../content/use-json-document.ts";
import { searchInWorker } from "./regex-search.ts";

export interface FindForm extends QueryOptions {
	readonly typed: string;
	/** Only what was found, with its ancestors. */
	readonly filter: boolean;
}

export const EMPTY_FORM: FindForm = {
	typed: "",
	matchCase: false,
	regex: false,
	filter: false,
};

export interface FindResult {
	readonly nodes: readonly number[];
	readonly isFound: (node: number) => boolean;
	/** Where the matches stand in the source. */
	readonly marks: Ranges;
	readonly current: number;
	/** In filter mode, the nodes to show. */
	readonly filter: Uint8Array | undefined;
	/** Whether all this is about what is typed now, and not about what was before. */
	readonly isAnswered: boolean;
	/** Why there is no answer. */
	readonly error: string | undefined;
}

const NOTHING: readonly number[] = [];
const NO_MARKS: Ranges = [];

/** Without a form nothing is looked for. */
export function useFind(
	json: JsonDocument,
	form: FindForm | undefined,
	current: number,
): FindResult {
	const { tree, revision, source } = json;
	const { dialect } = source;
	const { typed, matchCase, regex, filter } = form ?? EMPTY_FORM;
	const query = useMemo(
		() => parseQuery(typed, { matchCase, regex }),
		[typed, matchCase, regex],
	);
	const [answer, setAnswer] = useState({
		tree,
		query,
		nodes: NOTHING,
		marks: NO_MARKS,
		error: "",
	});
	useEffect(() => {
		const answerWith = (nodes: readonly number[], marks: Ranges, error = "") =>
			setAnswer((before) =>
				before.nodes === nodes &&
				before.tree === tree &&
				before.query === query &&
				before.error === error
					? before
					: { tree, query, nodes, marks, error },
			);
		if (!query) {
			answerWith(NOTHING, NO_MARKS);
			return;
		}
		if (regex)
			return searchInWorker(
				{ text: tree.text, query, dialect },
				({ nodes, marks, error }) => answerWith(nodes, marks, error),
			);
		const finding = searchTree(tree, query);
		return runInSlices(finding.work, () =>
			answerWith(finding.nodes, finding.marks),
		);
	}, [tree, revision, query]);
	const isOfTree = answer.tree === tree;
	const nodes = isOfTree ? answer.nodes : NOTHING;
	const marks = isOfTree ? answer.marks : NO_MARKS;
	const isFiltering = filter && query !== undefined;
	const kept = useMemo(
		() => (isFiltering ? markWithAncestors(tree, nodes) : undefined),
		[isFiltering, nodes, tree],
	);
	const isCurrent = includesSorted(nodes, current);
	// Not read in the closure below: the effect above, which shares its scope,
	// would keep the tree of the answer before.
	const isAnswered = answer.query === query;
	const error = answer.error || undefined;
	return useMemo(
		() => ({
			nodes,
			isFound: (node: number) => includesSorted(nodes, node),
			marks,
			current: isCurrent ? current : NONE,
			filter: kept,
			isAnswered,
			error,
		}),
		[nodes, marks, query, isCurrent && current, kept, answer],
	);
}

/** In document order, halved until it is there or not: a set of a hundred thousand would cost more than the search. */
function includesSorted(nodes: readonly number[], node: number): boolean {
	let low = 0;
	let high = nodes.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((nodes[middle] ?? node) < node) low = middle + 1;
		else high = middle;
	}
	return nodes[low] === node;
}

/** The match after, or before, a node; round at the ends. */
export function nextMatch(
	nodes: readonly number[],
	from: number,
	step: 1 | -1,
): number | undefined {
	if (step === 1) return nodes.find((node) => node > from) ?? nodes[0];
	return nodes.findLast((node) => node < from) ?? nodes.at(-1);
}

export const NO_MATCHES: FindResult = {
	nodes: [],
	isFound: () => false,
	marks: [],
	current: NONE,
	filter: undefined,
	isAnswered: true,
	error: undefined,
};

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
	const [answer, setAnswer] = useState({ query, marks: NO_MARKS, error: "" });
	useEffect(() => {
		const answerWith = (marks: Ranges, error = "") =>
			setAnswer({ query, marks, error });
		if (!query) {
			answerWith(NO_MARKS);
			return;
		}
		if (regex)
			return searchInWorker({ text, query }, ({ marks, error }) =>
				answerWith(marks, error),
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
		error: answer.error || undefined,
	};
}
