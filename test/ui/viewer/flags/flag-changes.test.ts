import { expect, test } from "vitest";
import { parseInput } from "../../../../src/ui/diff/parse-input.ts";
import { summarizeChange } from "../../../../src/ui/diff/summarize.ts";
import {
	describeFlagChanges,
	removedFlags,
} from "../../../../src/ui/viewer/flags/flag-changes.ts";

function changesOf(original: object, modified: object) {
	const [before, after] = [original, modified].map((document) =>
		parseInput({
			body: new TextEncoder().encode(JSON.stringify(document)),
			contentType: "application/json",
		}),
	);
	if (!before || !after?.tree) throw new Error("Both are JSON.");
	const { marks } = summarizeChange(before, after, { withMarks: true });
	if (!marks) throw new Error("Both are trees.");
	const annotations = {
		content: undefined as never,
		changed: new Map(marks.changed.map((one) => [one.node, one])),
		removed: new Map(
			marks.removed.map(({ parent }) => [
				parent,
				marks.removed.filter((one) => one.parent === parent),
			]),
		),
	};
	return {
		texts: [...describeFlagChanges(after.tree, annotations).values()],
		removed: removedFlags(annotations),
	};
}

test("a flag says what its state and its attributes were", () => {
	const { texts } = changesOf(
		{ cards: { enabled: false, limit: 5 }, sale: { enabled: true } },
		{ cards: { enabled: true, limit: 6 }, sale: { enabled: true } },
	);
	expect(texts).toEqual(["was off, limit was 5"]);
});

test("attributes that were added and removed are named, and more changes counted", () => {
	const { texts } = changesOf(
		{ cards: { enabled: true, old: 1, a: [1], b: 1 } },
		{ cards: { enabled: true, new: 1, a: [2], b: 2 } },
	);
	expect(texts).toHaveLength(1);
	expect(texts[0]).toMatch(/, 2 more$/);
	expect(
		changesOf(
			{ cards: { enabled: true, old: 1 } },
			{ cards: { enabled: true } },
		).texts,
	).toEqual(["old removed"]);
});

test("flags that were added and removed are named", () => {
	expect(
		changesOf(
			{ cards: { enabled: true }, "old one": { enabled: true } },
			{ cards: { enabled: true }, sale: { enabled: false } },
		),
	).toEqual({ texts: ["added"], removed: ["old one"] });
});
