// Search over 2 MB until the number of all matches is known.
import { measureInTurns, medianOf } from "../figures.ts";
import { act, cpuOf, SHOW, settle } from "../viewer-probe.ts";
import { onStage, type Part, ROUNDS } from "../viewer-stage.ts";

/** Many matches, and none. */
const QUERIES = ["true", "nowhere to be found"];

export const search: Part = async (bench) => {
	const figures = await measureInTurns(
		["ours", "codemirror", "monaco"].flatMap((address) =>
			QUERIES.map((query) => ({
				name: `${address}, “${query}”`,
				measure: () =>
					onStage(bench, { address, document: "2 MB" }, async (stage) => {
						await act(stage, SHOW);
						await settle(stage);
						await act(stage, "window.subject.openSearch?.()");
						await settle(stage);
						const call = `window.subject.search(${JSON.stringify(query)})`;
						return cpuOf(stage, call);
					}),
			})),
		),
		ROUNDS,
	);
	return {
		title: "Search over 2 MB, all matches counted, CPU ms",
		figures,
		verdicts: QUERIES.map((query) => ({
			what: `search for “${query}”, CPU ms / codemirror`,
			ours: medianOf(figures, `ours, “${query}”`),
			reference: medianOf(figures, `codemirror, “${query}”`),
			limit: 1 / 20,
		})),
	};
};
