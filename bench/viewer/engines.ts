// The diff engines of texts and documents, ours and the peers', to run in a page one at a time.
import { diff as mergeDiff } from "@codemirror/merge";
import { diffLines as jsDiffLines } from "diff";
import { create } from "jsondiffpatch";
import {
	countDifferences,
	summarizeCounts,
} from "../../src/document/diff/json/describe-changes.ts";
import { diffStructure } from "../../src/document/diff/json/structure-diff.ts";
import { runToEnd } from "../../src/document/diff/text/cooperative-task.ts";
import {
	diffLines,
	type LineDiff,
} from "../../src/document/diff/text/line-diff.ts";
import { lineAt, linesBetween } from "../../src/document/diff/text/lines.ts";
import { parseTree } from "../../src/document/json/json-parser.ts";
import { offer, toText } from "./subject.ts";

/** A prepared engine: each call does the work once, the function that it returns describes the result. */
type Engine = (original: string, modified: string) => () => Describe;
type Describe = () => string;

const ENGINES: Readonly<Record<string, Engine>> = {
	lines: (original, modified) => () => {
		const diff = runToEnd(diffLines(original, modified));
		return () => describeLines(diff);
	},
	structure: (original, modified) => {
		const [left, right] = [parseTree(original), parseTree(modified)];
		return () => {
			const diff = runToEnd(diffStructure(left, right));
			return () => summarizeCounts(countDifferences(diff), diff.coarse);
		};
	},
	jsdiff: (original, modified) => () => {
		const parts = jsDiffLines(original, modified);
		return () => `${parts.length} parts`;
	},
	merge: (original, modified) => () => {
		const ranges = mergeDiff(original, modified, { scanLimit: 500 });
		return () => `${ranges.length} ranges`;
	},
	// Items are matched by id, as its documentation recommends.
	jsondiffpatch: (original, modified) => {
		const peer = create({
			objectHash: (item) => (item as { id?: string }).id,
			arrays: { detectMove: true },
		});
		const [left, right] = [JSON.parse(original), JSON.parse(modified)];
		return () => {
			const delta = peer.diff(left, right);
			return () => (delta === undefined ? "nothing" : "a delta");
		};
	},
};

let work: (() => Describe) | undefined;
let describe: Describe = () => "";

offer({
	show: (bytes) => {
		const name = new URLSearchParams(location.search).get("engine") ?? "";
		work = ENGINES[name]?.(toText(bytes), toText(window.other));
	},
	run: (times) => {
		for (let run = 0; run < times; run += 1) if (work) describe = work();
	},
	answer: () => describe(),
});

/** Throws when the answer is wrong: lines that are not reported as changed must be equal and in order. */
function describeLines({ original, modified, changes }: LineDiff): string {
	let [at, shift, removed, added] = [0, 0, 0, 0];
	const expectEqual = (end: number) => {
		if (
			linesBetween(original, at, end) !==
			linesBetween(modified, at + shift, end + shift)
		)
			throw new Error(`Not equal: ${lineAt(original, at)}`);
	};
	for (const {
		originalStart,
		originalEnd,
		modifiedStart,
		modifiedEnd,
	} of changes) {
		expectEqual(originalStart);
		removed += originalEnd - originalStart;
		added += modifiedEnd - modifiedStart;
		at = originalEnd;
		shift = modifiedEnd - originalEnd;
	}
	expectEqual(original.count);
	if (original.count + shift !== modified.count)
		throw new Error("The new text does not end where it should.");
	return `-${removed} +${added}`;
}
