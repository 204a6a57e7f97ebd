// The comparison engine and its peers in one run: CPU milliseconds, median of five, two versions of 2 MB.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diff as mergeDiff } from "@codemirror/merge";
import { diffLines as jsDiffLines } from "diff";
import { create } from "jsondiffpatch";
import {
	countDifferences,
	summarizeCounts,
} from "../src/document/diff/json/describe-changes.ts";
import { diffStructure } from "../src/document/diff/json/structure-diff.ts";
import {
	type CooperativeTask,
	runToEnd,
} from "../src/document/diff/text/cooperative-task.ts";
import {
	diffLines,
	type LineDiff,
} from "../src/document/diff/text/line-diff.ts";
import { parseTree } from "../src/document/json/json-parser.ts";
import {
	type Configuration,
	countLeaves,
	createConfiguration,
	editItems,
	editLeaves,
	shuffle,
	write,
} from "./compare-documents.ts";

const WARM_UPS = 4;
const RUNS = 5;
const BYTES = 2_000_000;
/** Peers that take longer are stopped, where that is possible. */
const PATIENCE_MS = 5000;

interface Case {
	readonly name: string;
	readonly modified: Configuration;
	/** Whether peers finish in reasonable time. */
	readonly isSparse: boolean;
}

const base = createConfiguration(BYTES, 1);
const leaves = countLeaves(base);
const cases: readonly Case[] = [
	{ name: "10 edits", modified: editLeaves(base, 10, 2), isSparse: true },
	{ name: "200 edits", modified: editLeaves(base, 200, 3), isSparse: true },
	{
		name: "10 edits, items moved too",
		modified: editItems(base, 5, 8),
		isSparse: true,
	},
	{
		name: "200 edits, items moved too",
		modified: editItems(base, 100, 4),
		isSparse: true,
	},
	{
		name: "5 % of leaves",
		modified: editLeaves(base, Math.floor(leaves * 0.05), 5),
		isSparse: false,
	},
	{
		name: "50 % of leaves",
		modified: editLeaves(base, Math.floor(leaves * 0.5), 6),
		isSparse: false,
	},
	{ name: "shuffled", modified: shuffle(base, 7), isSparse: false },
	{
		name: "everything different",
		modified: createConfiguration(BYTES, 99),
		isSparse: false,
	},
];

const folder = mkdtempSync(join(tmpdir(), "compare-"));
const originalText = write(base);
console.log(
	`${originalText.length.toLocaleString("en")} characters, ${leaves.toLocaleString("en")} leaves\n`,
);
console.log("Text, lines:");
console.table(Object.fromEntries(cases.map((one) => [one.name, textRow(one)])));
console.log("Structure, documents read:");
console.table(
	Object.fromEntries(cases.map((one) => [one.name, structureRow(one)])),
);
rmSync(folder, { recursive: true });

function textRow({ modified, isSparse }: Case): Record<string, unknown> {
	const modifiedText = write(modified);
	const ours = cpu(() => runToEnd(diffLines(originalText, modifiedText)));
	const theirs = isSparse
		? cpu(() => jsDiffLines(originalText, modifiedText)).ms
		: undefined;
	const git = gitDiff(modifiedText);
	const merge = cpu(() =>
		mergeDiff(originalText, modifiedText, { scanLimit: 500 }),
	);
	return {
		ours: round(ours.ms),
		first: round(ours.first),
		"longest step": round(
			longestStep(() => diffLines(originalText, modifiedText)),
		),
		jsdiff: theirs === undefined ? `> ${PATIENCE_MS}` : round(theirs),
		"merge (ranges)": round(merge.ms),
		"git wall": round(git.ms),
		"ours/jsdiff": theirs === undefined ? "" : ratio(ours.ms, theirs),
		"ours/git": ratio(ours.ms, git.ms),
		"lines: ours": countLines(ours.result),
		git: git.lines,
	};
}

function structureRow({ modified, isSparse }: Case): Record<string, unknown> {
	const modifiedText = write(modified);
	const [originalTree, modifiedTree] = [
		parseTree(originalText),
		parseTree(modifiedText),
	];
	const ours = cpu(() => runToEnd(diffStructure(originalTree, modifiedTree)));
	const reading = cpu(() => [parseTree(originalText), parseTree(modifiedText)]);
	const peer = isSparse ? peerRow(modifiedText) : undefined;
	return {
		ours: round(ours.ms),
		first: round(ours.first),
		"longest step": round(
			longestStep(() => diffStructure(originalTree, modifiedTree)),
		),
		"jsondiffpatch by id": peer ? round(peer.ms) : "not run",
		ratio: peer ? ratio(ours.ms, peer.ms) : "",
		"reading: ours": round(reading.ms),
		"JSON.parse": peer ? round(peer.parsing) : "",
		answer: summarizeCounts(countDifferences(ours.result), ours.result.coarse),
	};
}

function peerRow(modifiedText: string): { ms: number; parsing: number } {
	const peer = create({
		objectHash: (item) => (item as { id?: string }).id,
		arrays: { detectMove: true },
	});
	const [original, modified] = [
		JSON.parse(originalText),
		JSON.parse(modifiedText),
	];
	return {
		ms: cpu(() => peer.diff(original, modified)).ms,
		parsing: cpu(() => [JSON.parse(originalText), JSON.parse(modifiedText)]).ms,
	};
}

interface Measured<Result> {
	readonly ms: number;
	/** A warm-up run: nothing is compiled yet. */
	readonly first: number;
	readonly result: Result;
}

function cpu<Result>(work: () => Result): Measured<Result> {
	const cold: number[] = [];
	const times: number[] = [];
	let result = timed(work, cold);
	for (let run = 1; run < WARM_UPS; run += 1) timed(work, cold);
	for (let run = 0; run < RUNS; run += 1) result = timed(work, times);
	return { ms: median(times), first: cold[0] ?? 0, result };
}

function timed<Result>(work: () => Result, times: number[]): Result {
	const before = process.cpuUsage();
	const result = work();
	const { user, system } = process.cpuUsage(before);
	times.push((user + system) / 1000);
	return result;
}

function longestStep(start: () => CooperativeTask<unknown>): number {
	const steps = start();
	let longest = 0;
	for (;;) {
		const before = performance.now();
		const { done } = steps.next();
		longest = Math.max(longest, performance.now() - before);
		if (done) return longest;
	}
}

function gitDiff(modifiedText: string): { ms: number; lines: string } {
	const [original, modified] = [
		join(folder, "old.json"),
		join(folder, "new.json"),
	];
	writeFileSync(original, originalText);
	writeFileSync(modified, modifiedText);
	const times: number[] = [];
	let output = "";
	for (let run = 0; run < RUNS; run += 1) {
		const before = performance.now();
		output = spawnSync(
			"git",
			["diff", "--histogram", "--no-index", "--numstat", original, modified],
			{ encoding: "utf8" },
		).stdout;
		times.push(performance.now() - before);
	}
	const [added, removed] = output.split("\t");
	return { ms: median(times), lines: `-${removed} +${added}` };
}

function countLines({ changes }: LineDiff): string {
	const sum = (length: (change: (typeof changes)[number]) => number) =>
		changes.reduce((total, change) => total + length(change), 0);
	const deleted = sum((one) => one.originalEnd - one.originalStart);
	return `-${deleted} +${sum((one) => one.modifiedEnd - one.modifiedStart)}`;
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function round(ms: number): number {
	return Math.round(ms * 10) / 10;
}

function ratio(ours: number, theirs: number): string {
	return theirs > ours
		? `1/${round(theirs / ours)}`
		: `${round(ours / theirs)}`;
}
