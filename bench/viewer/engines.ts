// The engines that compare texts and documents, ours and the peers', to be run in a page one at a time.
import { diff as mergeDiff } from "@codemirror/merge";
import { diffLines as jsDiffLines } from "diff";
import { create } from "jsondiffpatch";
import { runToEnd } from "../../src/document/diff/cooperative-task.ts";
import {
	countDifferences,
	summarizeCounts,
} from "../../src/document/diff/json/describe-changes.ts";
import { diffStructure } from "../../src/document/diff/json/structure-diff.ts";
import {
	diffLines,
	type LineDiff,
} from "../../src/document/diff/text/line-diff.ts";
import { lineAt, linesBetween } from "../../src/document/diff/text/lines.ts";
import { parseTree } from "../../src/document/json/json-parser.ts";
import { offer, toText } from "./subject.ts";

/** Made ready, it does its work at every call; what it found is put in words when asked for. */
type Engine = (old: string, fresh: string) => () => Tell;
type Tell = () => string;

const ENGINES: Readonly<Record<string, Engine>> = {
	lines: (old, fresh) => () => {
		const diff = runToEnd(diffLines(old, fresh));
		return () => tellLines(diff);
	},
	structure: (old, fresh) => {
		const [left, right] = [parseTree(old), parseTree(fresh)];
		return () => {
			const diff = runToEnd(diffStructure(left, right));
			return () => summarizeCounts(countDifferences(diff), diff.coarse);
		};
	},
	jsdiff: (old, fresh) => () => {
		const parts = jsDiffLines(old, fresh);
		return () => `${parts.length} parts`;
	},
	merge: (old, fresh) => () => {
		const ranges = mergeDiff(old, fresh, { scanLimit: 500 });
		return () => `${ranges.length} ranges`;
	},
	// Items are matched as its documentation has it: by what identifies them.
	jsondiffpatch: (old, fresh) => {
		const peer = create({
			objectHash: (item) => (item as { id?: string }).id,
			arrays: { detectMove: true },
		});
		const [left, right] = [JSON.parse(old), JSON.parse(fresh)];
		return () => {
			const delta = peer.diff(left, right);
			return () => (delta === undefined ? "nothing" : "a delta");
		};
	},
};

let work: (() => Tell) | undefined;
let tell: Tell = () => "";

offer({
	show: (bytes) => {
		const name = new URLSearchParams(location.search).get("engine") ?? "";
		work = ENGINES[name]?.(toText(bytes), toText(window.other));
	},
	run: (times) => {
		for (let run = 0; run < times; run += 1) if (work) tell = work();
	},
	answer: () => tell(),
});

/** Throws when the answer is wrong: what is not told as changed must be equal, and in order. */
function tellLines({ old, new: fresh, changes }: LineDiff): string {
	let [at, shift, removed, added] = [0, 0, 0, 0];
	const expectEqual = (end: number) => {
		if (
			linesBetween(old, at, end) !==
			linesBetween(fresh, at + shift, end + shift)
		)
			throw new Error(`Not equal: ${lineAt(old, at)}`);
	};
	for (const { oldStart, oldEnd, newStart, newEnd } of changes) {
		expectEqual(oldStart);
		removed += oldEnd - oldStart;
		added += newEnd - newStart;
		at = oldEnd;
		shift = newEnd - oldEnd;
	}
	expectEqual(old.count);
	if (old.count + shift !== fresh.count)
		throw new Error("The new text does not end where it should.");
	return `-${removed} +${added}`;
}
