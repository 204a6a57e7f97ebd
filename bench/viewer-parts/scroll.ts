// Scrolling at 2 MB with everything expanded: consecutive frames, and jumps.
import { measureInTurns, medianOf } from "../figures.ts";
import {
	act,
	cpuOf,
	EXPAND_ALL,
	SHOW,
	scroll,
	settle,
} from "../viewer-probe.ts";
import { onStage, type Part, ROUNDS } from "../viewer-stage.ts";

const KINDS = [
	{ kind: "frame", frames: 60, by: 97, limit: 0.8 },
	{ kind: "jump", frames: 20, by: "anywhere", limit: 0.25 },
] as const;

export const scrolling: Part = async (bench) => {
	const figures = await measureInTurns(
		["ours", "codemirror"].flatMap((address) =>
			KINDS.map(({ kind, frames, by }) => ({
				name: `${address}, ${kind}`,
				measure: () =>
					onStage(bench, { address, document: "2 MB" }, async (stage) => {
						await act(stage, SHOW);
						await settle(stage);
						await act(stage, EXPAND_ALL);
						await settle(stage);
						return (await cpuOf(stage, scroll(frames, by))) / frames;
					}),
			})),
		),
		ROUNDS,
	);
	return {
		title: "Everything open, 2 MB: CPU ms of a frame, or of a jump",
		figures,
		verdicts: KINDS.map(({ kind, limit }) => ({
			what: `scrolling, a ${kind}, CPU ms / codemirror`,
			ours: medianOf(figures, `ours, ${kind}`),
			reference: medianOf(figures, `codemirror, ${kind}`),
			limit,
		})),
	};
};
