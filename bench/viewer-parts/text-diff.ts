// Text comparison of two 2 MB versions: the engine and jsdiff in a page, `git diff --histogram` as a process.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureInTurns, medianOf, type Verdict } from "../figures.ts";
import { FIRST_VERSION } from "../viewer-documents.ts";
import { type Bench, type Part, ROUNDS } from "../viewer-stage.ts";
import { runEngine } from "./engines.ts";

const AGAINST_JSDIFF = "10 edits";
const AGAINST_GIT = [
	"200 edits",
	"5 % of leaves",
	"50 % of leaves",
	"shuffled",
	"everything different",
];
const RUNS = ["first", "warm"];

export const textDiff: Part = async (bench) => {
	const versions = [AGAINST_JSDIFF, ...AGAINST_GIT];
	const files = writeFiles(bench, versions);
	const figures = await measureInTurns(
		[
			...versions.map((version) => ({
				name: `ours, ${version}`,
				measure: () => runEngine(bench, { engine: "lines", version }),
			})),
			...["jsdiff", "merge"].map((engine) => ({
				name: `${engine}, ${AGAINST_JSDIFF}`,
				measure: () => runEngine(bench, { engine, version: AGAINST_JSDIFF }),
			})),
			...versions.map((version) => ({
				name: `git, ${version}`,
				measure: async () =>
					gitDiff(files.of(FIRST_VERSION), files.of(version)),
			})),
		],
		ROUNDS,
	);
	files.remove();
	const verdict = (
		[ours, reference]: readonly [string, string],
		limit: number,
	): Verdict => ({
		what: `text diff, CPU ms: ${ours} / ${reference}`,
		ours: medianOf(figures, ours),
		reference: medianOf(figures, reference),
		limit,
	});
	return {
		title: "Text diff of two 2 MB versions, CPU ms; answers checked",
		figures,
		verdicts: RUNS.flatMap((run) => [
			verdict(
				[
					`ours, ${AGAINST_JSDIFF}, ${run}`,
					`jsdiff, ${AGAINST_JSDIFF}, ${run}`,
				],
				1 / 20,
			),
			...AGAINST_GIT.flatMap((version) => [
				verdict([`ours, ${version}, ${run}`, `git, ${version}`], 1.5),
				{
					what: `text diff, CPU ms: ours, ${version}, ${run}`,
					ours: medianOf(figures, `ours, ${version}, ${run}`),
					limit: 1000,
				},
			]),
		]),
	};
};

function writeFiles({ documents }: Bench, versions: readonly string[]) {
	const folder = mkdtempSync(join(tmpdir(), "compare-"));
	const of = (name: string) => join(folder, `${name}.json`);
	for (const { name, text } of documents)
		if (name === FIRST_VERSION || versions.includes(name))
			writeFileSync(of(name), text);
	return { of, remove: () => rmSync(folder, { recursive: true }) };
}

/** CPU time of the whole process, as counted by the shell. */
function gitDiff(old: string, fresh: string): number {
	const command = 'git diff --histogram --no-index "$1" "$2" >/dev/null';
	const { stdout, stderr } = spawnSync(
		"bash",
		["-c", `TIMEFORMAT='%U %S'; time ${command}`, "bash", old, fresh],
		{ encoding: "utf8" },
	);
	const [user, system] = stderr.trim().split(" ").map(Number);
	if (user === undefined || system === undefined || stdout)
		throw new Error(`git could not be timed: ${stderr}`);
	return (user + system) * 1000;
}
