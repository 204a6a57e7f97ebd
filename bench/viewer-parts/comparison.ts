// Two 2 MB versions from their bytes to the displayed changes, against Monaco's diff editor and CodeMirror's merge view.
import { measureInTurns, medianOf } from "../figures.ts";
import { FIRST_VERSION } from "../viewer-documents.ts";
import { act, SHOW, settle } from "../viewer-probe.ts";
import { type Bench, onStage, type Part, ROUNDS } from "../viewer-stage.ts";
import { costOf, longestTask } from "../viewer-tasks.ts";

const VERSIONS = ["10 edits", "200 edits"];
const SUBJECTS = ["ours", "monaco", "merge"];
const HARDEST = ["50 % of leaves", "everything different"];
const UNITS = ["ms", "CPU ms", "CPU ms with workers"];

export const comparison: Part = async (bench) => {
	const figures = await measureInTurns(
		[
			...VERSIONS.flatMap((version) =>
				SUBJECTS.map((subject) => ({
					name: `${subject}, ${version}`,
					measure: () => shown(bench, `compare-${subject}`, version),
				})),
			),
			...HARDEST.map((version) => ({
				name: `longest task, ${version}`,
				measure: () => blocking(bench, version),
			})),
		],
		ROUNDS,
	);
	return {
		title: "Two 2 MB versions compared and shown",
		figures,
		verdicts: [
			...VERSIONS.flatMap((version) =>
				UNITS.map((unit) => ({
					what: `comparison shown, ${version}, ${unit} / monaco`,
					ours: medianOf(figures, `ours, ${version}, ${unit}`),
					reference: medianOf(figures, `monaco, ${version}, ${unit}`),
					limit: 0.06,
				})),
			),
			...HARDEST.flatMap((version) =>
				["ms", "CPU ms"].map((unit) => ({
					what: `longest task while comparing, ${unit}: ${version}`,
					ours: medianOf(figures, `longest task, ${version}, ${unit}`),
					limit: 50,
				})),
			),
		],
	};
};

function shown(bench: Bench, address: string, version: string) {
	return onStage(
		bench,
		{ address, document: FIRST_VERSION, other: version },
		(stage) => costOf(bench.browser, stage, SHOW),
	);
}

function blocking(bench: Bench, version: string) {
	return onStage(
		bench,
		{ address: "compare-ours", document: FIRST_VERSION, other: version },
		(stage) =>
			longestTask(bench.browser, stage, async () => {
				await act(stage, SHOW);
				await settle(stage);
			}),
	);
}
