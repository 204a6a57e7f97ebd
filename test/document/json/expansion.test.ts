// Rows in sight: levels, single containers, ancestors of what is looked for, and another version of the document.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	expandToLevel,
	reveal,
	setExpanded,
	visibleRows,
} from "../../../src/document/json/expansion.ts";
import { formatJson } from "../../../src/document/json/format-json.ts";
import {
	depthsOf,
	formattedLines,
} from "../../../src/document/json/formatted-lines.ts";
import {
	createParser,
	parseTree,
} from "../../../src/document/json/json-parser.ts";
import { mapNodes } from "../../../src/document/json/map-nodes.ts";
import { pathOf } from "../../../src/document/json/paths.ts";
import { depthOf } from "../../../src/document/json/tree.ts";

const TEXT = '{"a": {"b": [1, 2], "c": {}}, "d": [[3]]}';
const tree = parseTree(TEXT);
const shown = (expansion = expandToLevel(1)) => [
	...visibleRows(tree, expansion),
];

describe("the rows of a tree", () => {
	test("are those of open containers, to a level", () => {
		expect(shown(expandToLevel(0))).toEqual([0]);
		expect(shown(expandToLevel(1))).toEqual([0, 1, 6]);
		expect(shown(expandToLevel(2))).toEqual([0, 1, 2, 5, 6, 7]);
		expect(shown(expandToLevel(Infinity))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
	});

	test("follow a container that is opened and closed again", () => {
		const opened = setExpanded(tree, expandToLevel(1), {
			nodes: [1],
			open: true,
		});
		expect(shown(opened)).toEqual([0, 1, 2, 5, 6]);
		const closed = setExpanded(tree, opened, { nodes: [1], open: false });
		expect(closed).toEqual(expandToLevel(1));
	});

	test("show a node once its ancestors are open", () => {
		expect(shown(reveal(tree, expandToLevel(0), 8))).toEqual([0, 1, 6, 7, 8]);
	});

	test("are only what is kept, all open, when filtered", () => {
		const kept = Uint8Array.from([1, 0, 0, 0, 0, 0, 1, 1, 1]);
		expect([...visibleRows(tree, expandToLevel(0), kept)]).toEqual([
			0, 6, 7, 8,
		]);
	});

	test("stand as deep as their nodes, in any window", () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.nat(20), (value, skip) => {
				const other = parseTree(JSON.stringify(value));
				const rows = formattedLines(other).nodes.subarray(skip);
				const depths = Array.from(rows, (row) =>
					depthOf(other, row < 0 ? ~row : row),
				);
				expect(depthsOf(other, rows)).toEqual(depths);
			}),
		);
	});
});

describe("formatting", () => {
	test("is what JSON.stringify writes, for documents that it can write", () => {
		fc.assert(
			fc.property(
				fc.jsonValue(),
				fc.constantFrom(0, 1, "\t"),
				(value, space) => {
					const text = JSON.stringify(value, undefined, space);
					const expected = JSON.stringify(value, undefined, 2);
					expect(formatJson(parseTree(text))).toBe(expected);
					expect(formattedLines(parseTree(text)).count).toBe(
						expected.split("\n").length,
					);
				},
			),
			{ numRuns: 2_000 },
		);
	});

	test("keeps numbers, escapes and duplicate keys as they are written", () => {
		const text =
			'{"n":9007199254740993,"n":1.0,"z":-0,"e":1e400,"u":"\\u00e9"}';
		expect(
			formatJson(parseTree(text)).replaceAll(/\n */g, "").replaceAll(": ", ":"),
		).toBe(text);
	});

	test("takes a subtree by itself", () => {
		expect(formatJson(tree, 2)).toBe("[\n  1,\n  2\n]");
		expect(formatJson(tree, 3)).toBe("1");
	});

	test("folds a container into a line, and keeps the line numbers of the unfolded text", () => {
		const rows = formattedLines(tree, (node) => node === 1);
		expect([...rows.nodes]).toEqual([0, 1, 6, 7, 8, ~7, ~6, ~0]);
		expect([...rows.numbers]).toEqual([1, 2, 9, 10, 11, 12, 13, 14]);
	});
});

describe("another version", () => {
	test("has the same nodes by keys and positions", () => {
		const next = parseTree('{"d": [[4]], "new": 0, "a": {"c": {}, "b": [1]}}');
		const found = mapNodes(tree, next, [3, 4, 5, 8]);
		const paths = [...found].map(([from, to]) => [
			pathOf(tree, from),
			pathOf(next, to),
		]);
		expect(found.has(4)).toBe(false);
		expect(paths.length).toBe(8);
		for (const [from, to] of paths) expect(to).toEqual(from);
	});
});

describe("a document that is still being read", () => {
	test("shows what was read so far", () => {
		const reader = createParser();
		reader.advance('{"a": [1, 2', 11, false);
		expect([...visibleRows(reader.tree, expandToLevel(Infinity))]).toEqual([
			0, 1, 2,
		]);
		expect([...formattedLines(reader.tree).nodes]).toEqual([0, 1, 2]);
	});
});
