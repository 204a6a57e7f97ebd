// Paths: every node's path leads back to it, in each notation.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTree } from "../../../src/document/json/json-parser.ts";
import {
	formatPath,
	type Notation,
	parsePath,
	pathOf,
	resolvePath,
} from "../../../src/document/json/paths.ts";

const NOTATIONS: readonly Notation[] = [
	"JSONPath",
	"JavaScript",
	"jq",
	"JSON Pointer",
];
const key = fc.oneof(
	fc.string({ unit: "binary" }),
	fc.string({
		unit: fc.constantFrom(..."ab0.$[]\"'\\/~ _-\n\u2028é".split("")),
	}),
);
const document = fc.letrec((tie) => ({
	value: fc.oneof(
		{ maxDepth: 4 },
		fc.constantFrom(1, "x", null),
		fc.array(tie("value"), { maxLength: 4 }),
		fc.dictionary(key, tie("value"), { maxKeys: 4 }),
	),
})).value;

function written(text: string, path: (string | number)[]) {
	return NOTATIONS.map((notation) => formatPath(path, notation)).concat(text);
}

describe("a path", () => {
	test("copied in any notation resolves to its node", () => {
		fc.assert(
			fc.property(document, (value) => {
				const tree = parseTree(JSON.stringify(value));
				for (let node = 0; node < tree.count; node++)
					for (const notation of NOTATIONS) {
						const text = formatPath(pathOf(tree, node), notation);
						const path = parsePath(text);
						expect(path && resolvePath(tree, path), text).toBe(node);
					}
			}),
			{ numRuns: 1_000 },
		);
	});

	test("is written as each language's people write it", () => {
		expect(written("", ["flags", "dark-mode", 0, "it's"])).toEqual([
			"$.flags['dark-mode'][0]['it\\'s']",
			'flags["dark-mode"][0]["it\'s"]',
			'.flags["dark-mode"][0]["it\'s"]',
			"/flags/dark-mode/0/it's",
			"",
		]);
		expect(formatPath([0, "a"], "jq")).toBe(".[0].a");
		expect(formatPath([], "jq")).toBe(".");
	});

	test("leads to the last of duplicate keys, as JSON.parse keeps it", () => {
		expect(resolvePath(parseTree('{"a": 1, "a": 2}'), ["a"])).toBe(2);
	});

	test("that is no path, or leads nowhere, is told apart from one that does", () => {
		const tree = parseTree('{"a": [1]}');
		for (const text of ["a b", "a[", "a['x", "[1", "a..b"])
			expect(parsePath(text), text).toBeUndefined();
		for (const text of ["$.b", "a[1]", "a[01]", "a.x", "/a/-1"])
			expect(resolvePath(tree, parsePath(text) ?? ["nowhere"])).toBeUndefined();
	});
});
