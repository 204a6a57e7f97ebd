// From bytes to first paint: tree, raw and formatted text, against the peers.
import { type Figures, measureInTurns, medianOf } from "../figures.ts";
import { SHOW } from "../viewer-probe.ts";
import { type Measured, onStage, type Part, ROUNDS } from "../viewer-stage.ts";
import { costOf } from "../viewer-tasks.ts";

const AT_2_MB = [
	["ours, tree", "ours"],
	["ours, raw", "ours?view=raw"],
	["ours, formatted", "ours?view=formatted"],
	["codemirror", "codemirror"],
	["monaco", "monaco"],
	["react-json-tree", "react-json-tree"],
	["react-json-tree, root closed", "react-json-tree?closed"],
	["react-json-view-lite", "react-json-view-lite"],
	["vanilla-jsoneditor, tree", "vanilla-jsoneditor"],
	["vanilla-jsoneditor, text", "vanilla-jsoneditor?text"],
	["jsoneditor", "jsoneditor"],
	["pre", "pre"],
] as const;

export const paint: Part = async (bench) => {
	const ours = ["10 KB", "200 KB", "1 MB"].map(
		(size) => ["ours, tree", "ours", size] as const,
	);
	const all = [...AT_2_MB.map((each) => [...each, "2 MB"] as const), ...ours];
	const figures = await measureInTurns(
		all.map(([name, address, document]) => ({
			name: `${name}, ${document}`,
			measure: () =>
				onStage(bench, { address, document }, async (stage) => {
					const cost = await costOf(bench.browser, stage, SHOW);
					return { ms: cost.ms, "CPU ms": cost["CPU ms"] };
				}),
		})),
		ROUNDS,
	);
	return { title: "First paint, bytes at hand", figures, ...judge(figures) };
};

function judge(figures: Figures): Pick<Measured, "verdicts"> {
	const pairs = [
		["ours, tree, 2 MB", "codemirror, 2 MB", 0.3],
		["ours, tree, 2 MB", "react-json-tree, 2 MB", 1],
		["ours, tree, 2 MB", "react-json-tree, root closed, 2 MB", 1],
		["ours, tree, 2 MB", "ours, tree, 10 KB", 1.5],
		["ours, raw, 2 MB", "codemirror, 2 MB", 0.5],
		["ours, formatted, 2 MB", "codemirror, 2 MB", 1],
	] as const;
	return {
		verdicts: pairs.flatMap(([ours, theirs, limit]) =>
			["ms", "CPU ms"].map((unit) => ({
				what: `first paint, ${unit}: ${ours} / ${theirs}`,
				ours: medianOf(figures, `${ours}, ${unit}`),
				reference: medianOf(figures, `${theirs}, ${unit}`),
				limit,
			})),
		),
	};
}
