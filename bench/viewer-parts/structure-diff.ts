// Structural comparison of two 2 MB versions, against jsondiffpatch, which matches items by id.
import { measureInTurns, medianOf } from "../figures.ts";
import { type Part, ROUNDS } from "../viewer-stage.ts";
import { runEngine } from "./engines.ts";

const VERSIONS = [
	"10 edits",
	"200 edits",
	"10 edits, items moved too",
	"200 edits, items moved too",
];
const BEYOND = "everything different";

export const structureDiff: Part = async (bench) => {
	const figures = await measureInTurns(
		[
			...[...VERSIONS, BEYOND].map((version) => ({
				name: `ours, ${version}`,
				measure: () => runEngine(bench, { engine: "structure", version }),
			})),
			...VERSIONS.map((version) => ({
				name: `jsondiffpatch, ${version}`,
				measure: () =>
					runEngine(bench, {
						engine: "jsondiffpatch",
						version,
						isSlow: version.includes("moved"),
					}),
			})),
		],
		ROUNDS,
	);
	return {
		title: "Structural diff of two 2 MB versions, documents read, CPU ms",
		figures,
		verdicts: ["first", "warm"].flatMap((run) => [
			...VERSIONS.map((version) => ({
				what: `structural diff, ${version}, ${run}, CPU ms / jsondiffpatch`,
				ours: medianOf(figures, `ours, ${version}, ${run}`),
				reference: medianOf(figures, `jsondiffpatch, ${version}, ${run}`),
				limit: 1 / 10,
			})),
			{
				what: `structural diff, ${BEYOND}, ${run}, CPU ms`,
				ours: medianOf(figures, `ours, ${BEYOND}, ${run}`),
				limit: 1000,
			},
		]),
	};
};
