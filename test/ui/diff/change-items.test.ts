import { expect, test } from "vitest";
import { inDocumentOrder } from "../../../src/document/diff/json/describe-changes.ts";
import { diffStructure } from "../../../src/document/diff/json/structure-diff.ts";
import { runToEnd } from "../../../src/document/diff/text/cooperative-task.ts";
import { splitLines } from "../../../src/document/diff/text/lines.ts";
import { parseTree } from "../../../src/document/json/json-parser.ts";
import { toItem } from "../../../src/ui/diff/change-items.ts";

function itemsOf(original: string, modified: string) {
	const diff = runToEnd(
		diffStructure(parseTree(original), parseTree(modified)),
	);
	const lines = {
		original: splitLines(original),
		modified: splitLines(modified),
	};
	return inDocumentOrder(diff).map((one) => toItem(diff, one, lines));
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

test("a long path is shortened in its middle", () => {
	const deep = (leaf: string) =>
		`${'{"key":'.repeat(3000)}${leaf}${"}".repeat(3000)}`;
	const [item] = itemsOf(deep("1"), deep("2"));
	expect(item?.path.length).toBeLessThan(500);
});

test("long values are shown from shortly before the first difference", () => {
	const long = "a".repeat(100);
	const both = (value: (end: string) => string) =>
		itemsOf(value("one"), value("two"))[0];
	const [before, after] = ["one", "two"].map(
		(end) => `…${"a".repeat(24)}${end}"`,
	);
	const item = both((end) => JSON.stringify({ text: long + end }));
	expect(item).toMatchObject({ before, after });
	expect(item?.longBefore).toBe(`"${long}one"`);
	expect(item?.longAfter).toBe(`"${long}two"`);
	// Megabytes later, and in a text that goes on for long.
	const late = both((end) =>
		JSON.stringify([long.repeat(20_000) + end + long]),
	);
	expect(late?.before).toBe(`…${"a".repeat(24)}one${"a".repeat(53)}…`);
	expect(late?.after).toBe(`…${"a".repeat(24)}two${"a".repeat(53)}…`);
});

test("values are not truncated within a character", () => {
	const family = "👨‍👩‍👧‍👦";
	const [item] = itemsOf(
		JSON.stringify([family.repeat(30)]),
		JSON.stringify([`${family.repeat(29)}x`]),
	);
	const shown = `${item?.before}${item?.after}`.replaceAll(family, "");
	expect(shown).toBe('…"…x"');
});

test("spaces within a long text are kept", () => {
	const text = JSON.stringify({ text: `a  b${"c".repeat(2_000)}`, n: 1 });
	const [item] = itemsOf("[]", `[ 1,  ${text} ]`).slice(1);
	expect(item?.after).toBe(`{"text":"a  b${"c".repeat(67)}…`);
	const [only] = itemsOf("{}", text);
	expect(only?.after).toBe(`"a  b${"c".repeat(75)}…`);
});

test("texts that look the same have a note", () => {
	const items = itemsOf('["\u00e9", "a"]', '["e\u0301", "\u0430"]');
	expect(items.map(({ note }) => note)).toEqual([
		"the same characters, composed differently",
		undefined,
	]);
});
