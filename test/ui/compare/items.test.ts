// The rows of the list of values: path, values and where to find them in the text.
import { expect, test } from "vitest";
import { toLines } from "../../../src/document/compare/lines.ts";
import { inReadingOrder } from "../../../src/document/compare/sentences.ts";
import { finish } from "../../../src/document/compare/steps.ts";
import { diffStructure } from "../../../src/document/compare/structure-diff.ts";
import { read } from "../../../src/document/reader.ts";
import { toItem } from "../../../src/ui/compare/items.ts";

function itemsOf(old: string, fresh: string) {
	const diff = finish(diffStructure(read(old), read(fresh)));
	const lines = { old: toLines(old), new: toLines(fresh) };
	return inReadingOrder(diff).map((one) => toItem(diff, one, lines));
}

test("each row has its path, its values and its line", () => {
	expect(
		itemsOf(
			'{\n"a": 1,\n"b": [1, 2]\n}',
			'{\n"a": 1.0,\n"c": true,\n"b": [2, 1]\n}',
		),
	).toEqual([
		{
			kind: "changed",
			path: "a",
			before: "1",
			after: "1.0",
			line: 1,
			note: "the same number",
		},
		{ kind: "added", path: "c", after: "true", line: 2 },
		{
			kind: "moved",
			path: "b[1]",
			before: "1",
			after: "1",
			line: 3,
			note: "from [0] to [1]",
		},
	]);
});

test("a path of thousands of keys is cut in its middle", () => {
	const deep = (leaf: string) =>
		`${'{"key":'.repeat(3000)}${leaf}${"}".repeat(3000)}`;
	const [item] = itemsOf(deep("1"), deep("2"));
	expect(item?.path.length).toBeLessThan(500);
});
