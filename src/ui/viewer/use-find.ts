// Finding in a tree, as a hook: what was typed, what it found, and which of it is looked at.
import { useEffect, useMemo, useState } from "preact/hooks";
import { findText } from "../../document/find.ts";
import { keep } from "../../document/kept.ts";
import { parseQuery, type QueryOptions } from "../../document/query.ts";
import { NONE } from "../../document/tree.ts";
import { searchInWorker } from "./regex-search.ts";
import { inSlices } from "./slices.ts";
import type { Json } from "./use-json.ts";

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

export interface Found {
	readonly nodes: readonly number[];
	readonly isFound: (node: number) => boolean;
	/** Marks it in the rows. */
	readonly pattern: RegExp | undefined;
	readonly current: number;
	/** In filter mode, the nodes to show. */
	readonly kept: Uint8Array | undefined;
	/** Whether all this is about what is typed now, and not about what was before. */
	readonly isAnswered: boolean;
	/** Why there is no answer. */
	readonly trouble: string | undefined;
}

const NOTHING: readonly number[] = [];

/** Without a form nothing is looked for. */
export function useFind(
	json: Json,
	form: FindForm | undefined,
	current: number,
): Found {
	const { tree, revision } = json;
	const { typed, matchCase, regex, filter } = form ?? EMPTY_FORM;
	const query = useMemo(
		() => parseQuery(typed, { matchCase, regex }),
		[typed, matchCase, regex],
	);
	const [answer, setAnswer] = useState({
		tree,
		query,
		nodes: NOTHING,
		trouble: "",
	});
	useEffect(() => {
		const answerWith = (nodes: readonly number[], trouble = "") =>
			setAnswer((before) =>
				before.nodes === nodes &&
				before.tree === tree &&
				before.query === query &&
				before.trouble === trouble
					? before
					: { tree, query, nodes, trouble },
			);
		if (!query || typeof query === "string") {
			answerWith(NOTHING, query);
			return;
		}
		if (regex)
			return searchInWorker(
				{ text: tree.text, typed, matchCase, inTree: true },
				answerWith,
			);
		const finding = findText(tree, query);
		return inSlices(finding.work, () => answerWith(finding.nodes));
	}, [tree, revision, query]);
	const nodes = answer.tree === tree ? answer.nodes : NOTHING;
	const isFiltering =
		filter && query !== undefined && typeof query === "object";
	const kept = useMemo(
		() => (isFiltering ? keep(tree, nodes) : undefined),
		[isFiltering, nodes, tree],
	);
	const isCurrent = isAmong(nodes, current);
	return useMemo(
		() => ({
			nodes,
			isFound: (node: number) => isAmong(nodes, node),
			pattern: typeof query === "object" ? query.pattern : undefined,
			current: isCurrent ? current : NONE,
			kept,
			isAnswered: answer.query === query,
			trouble: answer.trouble || undefined,
		}),
		[nodes, query, isCurrent && current, kept, answer],
	);
}

/** In document order, halved until it is there or not: a set of a hundred thousand would cost more than the search. */
function isAmong(nodes: readonly number[], node: number): boolean {
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
export function neighbour(
	nodes: readonly number[],
	from: number,
	step: 1 | -1,
): number | undefined {
	if (step === 1) return nodes.find((node) => node > from) ?? nodes[0];
	return nodes.findLast((node) => node < from) ?? nodes.at(-1);
}
