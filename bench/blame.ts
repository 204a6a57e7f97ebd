// Blame of 50 versions of 2 MB against `git blame` and a parse of the same files in one run: CPU milliseconds.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBlame } from "../src/document/blame/blame.ts";
import { runToEnd } from "../src/document/diff/text/cooperative-task.ts";
import { parseTree } from "../src/document/json/json-parser.ts";
import {
	type Configuration,
	createConfiguration,
	editItems,
	editLeaves,
	write,
} from "./compare-documents.ts";

const VERSIONS = 50;
const BYTES = 2_000_000;

/** Oldest first: each has ten changed leaves, every fifth moved, added and removed items too. */
const texts = createVersions().map(write);

function createVersions(): readonly Configuration[] {
	const versions = [createConfiguration(BYTES, 1)];
	for (let seed = 2; versions.length < VERSIONS; seed += 1) {
		const last = versions.at(-1);
		if (!last) break;
		versions.push(
			seed % 5 === 0 ? editItems(last, 5, seed) : editLeaves(last, 10, seed),
		);
	}
	return versions;
}

function cpuOf(work: () => void): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

/** Everything, with the parse; and the time until the first rows have an answer from the newest pair of versions. */
function measureBlame() {
	let first = 0;
	const all = cpuOf(() => {
		const started = process.cpuUsage();
		const [newest, ...older] = texts.toReversed();
		if (newest === undefined) return;
		const walk = startBlame(parseTree(newest));
		for (const [index, text] of older.entries()) {
			const { unknown } = runToEnd(walk.add(parseTree(text)));
			if (index === 0) {
				const { user, system } = process.cpuUsage(started);
				first = (user + system) / 1000;
			}
			if (unknown === 0) break;
		}
		walk.finish();
	});
	return { all, first };
}

function gitBlame(): number {
	const folder = mkdtempSync(join(tmpdir(), "blame-"));
	const run = (...args: readonly string[]) => {
		const { status, stderr } = spawnSync("git", args, {
			cwd: folder,
			encoding: "utf8",
		});
		if (status !== 0) throw new Error(stderr);
	};
	try {
		run("init", "-q");
		for (const text of texts) {
			writeFileSync(join(folder, "a.json"), text);
			run("add", "a.json");
			run(
				...["-c", "user.name=bench", "-c", "user.email=bench@localhost"],
				...["commit", "-qm", "version"],
			);
		}
		const { stderr } = spawnSync(
			"bash",
			["-c", "TIMEFORMAT='%U %S'; time git blame -s a.json >/dev/null"],
			{ cwd: folder, encoding: "utf8" },
		);
		const [user = 0, system = 0] = stderr.trim().split(" ").map(Number);
		return (user + system) * 1000;
	} finally {
		rmSync(folder, { recursive: true });
	}
}

const parse = () => cpuOf(() => texts.forEach((text) => void JSON.parse(text)));

measureBlame();
parse();
const ours = measureBlame();
const git = gitBlame();
const parsed = parse();
const ratio = ours.all / (git + parsed);
console.table({
	"blame, newest pair": { ms: Math.round(ours.first), limit: 150 },
	"blame, all": { ms: Math.round(ours.all), limit: "" },
	"git blame": { ms: Math.round(git), limit: "" },
	"JSON.parse of all": { ms: Math.round(parsed), limit: "" },
});
console.log(
	`Blame / (git blame + JSON.parse): ${ratio.toFixed(2)} (limit 0.5)`,
);
if (ratio > 0.5 || ours.first > 150) process.exitCode = 1;
