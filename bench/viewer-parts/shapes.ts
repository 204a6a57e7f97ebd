// Shapes that are hard for viewers: displayed, parsed and expanded, against an ordinary document of the same size.
import { measureInTurns, medianOf } from "../figures.ts";
import { act, EXPAND_ALL, SHOW, settle, taskTime } from "../viewer-probe.ts";
import { onStage, type Part, ROUNDS } from "../viewer-stage.ts";

const ORDINARY = "2 MB";
const SHAPES = [
	"5,000 flags",
	"one 2 MB line",
	"2 MB on one line",
	"100,000 deep",
	"300,000 deep",
	"100,000 keys",
];

export const shapes: Part = async (bench) => {
	const figures = await measureInTurns(
		[ORDINARY, ...SHAPES].map((document) => ({
			name: document,
			measure: () =>
				onStage(bench, { address: "ours", document }, async (stage) => {
					const before = await taskTime(stage);
					await act(stage, SHOW);
					await settle(stage);
					const shown = await taskTime(stage);
					await act(stage, EXPAND_ALL);
					await settle(stage);
					return {
						shown: shown - before,
						expanded: (await taskTime(stage)) - before,
					};
				}),
		})),
		ROUNDS,
	);
	return {
		title: "Shapes: shown and read to the end, then expanded too, CPU ms",
		figures,
		verdicts: SHAPES.flatMap((shape) =>
			["shown", "expanded"].map((state) => ({
				what: `${shape}, ${state}, CPU ms / ordinary 2 MB`,
				ours: medianOf(figures, `${shape}, ${state}`),
				reference: medianOf(figures, `${ORDINARY}, ${state}`),
				limit: 3,
			})),
		),
	};
};
