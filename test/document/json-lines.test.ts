// JSON Lines: each line a JSON value, read as the items of an array.
import { describe, expect, test } from "vitest";
import { diffStructure } from "../../src/document/diff/json/structure-diff.ts";
import { runToEnd } from "../../src/document/diff/text/cooperative-task.ts";
import { valueSource } from "../../src/document/json/children.ts";
import {
	createParser,
	parseTree,
} from "../../src/document/json/json-parser.ts";
import { childCount } from "../../src/document/json/tree.ts";

const lines = (text: string) => parseTree(text, undefined, "lines");

describe("JSON Lines", () => {
	test.each([
		['{"a":1}\n{"b":[2]}\n', 2],
		['{"a":1}\r\n\r\n{"b":2}', 2],
		['1\n"x"\nnull\n[]', 4],
		['{\n"a": 1\n}\n{"b": 2}\n', 2],
		["", 0],
		["\n\n", 0],
	])("%j has %i values", (text, count) => {
		const tree = lines(text);
		expect(tree.problem).toBeUndefined();
		expect(childCount(tree, 0)).toBe(count);
		expect(valueSource(tree, 0)).toBe(text);
	});

	test.each([
		['{"a":1} {"b":2}', 8, /end of the line/],
		['{"a":1}\n{"b":', 13, /the end/],
		['{"a":1}\n{"b":x}\n{"c":1}', 13, /value/],
		['{"a":1},\n{"b":2}', 7, /end of the line/],
	])("%j is told where it breaks", (text, at, message) => {
		const { problem } = lines(text);
		expect(problem?.at).toBe(at);
		expect(problem?.message).toMatch(message);
	});

	test("are the same read piece by piece", () => {
		const text = '{"a":1}\n{"b":[2, 3]}\n\n4.5\n"x\\u00e9"\n';
		for (let size = 1; size < text.length; size += 1) {
			const reader = createParser(undefined, "lines");
			for (let until = size; until < text.length; until += size)
				reader.advance(text.slice(0, until), until, false);
			reader.advance(text, text.length, true);
			expect(reader.tree).toEqual(lines(text));
		}
	});

	test.each([
		['{"a":1}\n{"b":2}\n', '{"a":1}\n{"b":3}\n', ["changed"]],
		['{"a":1}\n', '{"a":1}\n{"b":3}\n', ["added"]],
		['{"a":1}\n{"b":3}', '{"b":3}', ["removed"]],
		['{"a":1}', '"x"\n', ["removed", "added"]],
		["1\n2\n", "1\n\n2", []],
		["", "1", ["added"]],
	])("%j → %j", (original, modified, kinds) => {
		for (const [one, other] of [
			[original, modified],
			[modified, original],
		] as const) {
			const { differences } = runToEnd(diffStructure(lines(one), lines(other)));
			expect(differences).toHaveLength(kinds.length);
		}
		const { differences } = runToEnd(
			diffStructure(lines(original), lines(modified)),
		);
		expect(differences.map(({ kind }) => kind)).toEqual(kinds);
	});
});
