// Expands everything at 2 MB, against the one peer that also shows all rows.
import { measureInTurns, medianOf } from "../figures.ts";
import { act, cpuOf, EXPAND_ALL, SHOW, settle } from "../viewer-probe.ts";
import { onStage, type Part, ROUNDS } from "../viewer-stage.ts";

export const expand: Part = async (bench) => {
	const figures = await measureInTurns(
		["ours", "react-json-view-lite"].map((address) => ({
			name: address,
			measure: () =>
				onStage(bench, { address, document: "2 MB" }, async (stage) => {
					await act(stage, SHOW);
					await settle(stage);
					return cpuOf(stage, EXPAND_ALL);
				}),
		})),
		ROUNDS,
	);
	return {
		title: "Expand all, 2 MB, CPU ms",
		figures,
		verdicts: [
			{
				what: "expand all 2 MB, CPU ms / react-json-view-lite",
				ours: medianOf(figures, "ours"),
				reference: medianOf(figures, "react-json-view-lite"),
				limit: 1 / 300,
			},
		],
	};
};
