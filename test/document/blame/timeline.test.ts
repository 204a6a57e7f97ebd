import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	changesOf,
	toStablePath,
	valueAt,
} from "../../../src/document/blame/timeline.ts";
import { valueSource } from "../../../src/document/json/children.ts";
import { parseTree } from "../../../src/document/json/json-parser.ts";
import {
	parsePath,
	pathOf,
	resolvePath,
} from "../../../src/document/json/paths.ts";
import { times } from "../../helpers/effort.ts";
import { documents } from "../diff/json-documents.ts";

/** The values of a path in documents, newest first. */
function valuesOf(path: string, ...texts: readonly string[]) {
	const trees = texts.map((text) => parseTree(text));
	const [newest] = trees;
	const stable = newest && toStablePath(newest, parsePath(path) ?? []);
	return stable && trees.map((tree) => valueAt(tree, stable));
}

describe("the value of a path in older versions", () => {
	test("is read by key, and is missing where the key is", () => {
		expect(
			valuesOf(
				"$.a.b",
				'{"a":{"b":39.90}}',
				'{"a":{"b":49.90}}',
				'{"a":{}}',
				"[]",
			),
		).toEqual(["39.90", "49.90", undefined, undefined]);
	});

	test("follows an element that moved, by its identity", () => {
		expect(
			valuesOf(
				"$.list[1].x",
				'{"list":[{"id":"b","x":9},{"id":"a","x":1}]}',
				'{"list":[{"id":"a","x":2},{"id":"b","x":9}]}',
				'{"list":[{"id":"b","x":9}]}',
			),
		).toEqual(["1", "2", undefined]);
	});

	test("follows a position where elements have no identity", () => {
		expect(valuesOf("$[1]", '["a","b"]', '["a","c"]', '["a"]')).toEqual([
			'"b"',
			'"c"',
			undefined,
		]);
	});

	test("of a container ignores white space", () => {
		expect(valuesOf("$.a", '{"a":{"b":1}}', '{ "a" : { "b" : 1 } }')).toEqual([
			'{"b":1}',
			'{"b":1}',
		]);
	});

	test("of duplicate keys is that of the last one", () => {
		expect(valuesOf("$.a", '{"a":1,"a":2}')).toEqual(["2"]);
	});

	test("is unknown where the newest version has no such path", () => {
		expect(valuesOf("$.b", '{"a":1}')).toBeUndefined();
		expect(valuesOf("$.a[0]", '{"a":1}')).toBeUndefined();
	});

	test("is found at every path of a random document", () => {
		fc.assert(
			fc.property(documents, ([document]) => {
				const tree = parseTree(JSON.stringify(document));
				for (let node = 0; node < tree.count; node += 1) {
					const path = pathOf(tree, node);
					if (resolvePath(tree, path) !== node) continue;
					const stable = toStablePath(tree, path);
					expect(stable && valueAt(tree, stable)).toBe(valueSource(tree, node));
				}
			}),
			{ numRuns: times(200, 2_000) },
		);
	});
});

test("the changes of a value are the versions that differ from the one before", () => {
	const values = ["1", "1", "2", undefined, "3"].map((value, index) => ({
		version: 5 - index,
		...(value === undefined ? {} : { value }),
	}));
	expect(changesOf(values)).toEqual([
		{ version: 4, from: "2", to: "1", isFirst: false },
		{ version: 3, to: "2", isFirst: false },
		{ version: 2, from: "3", isFirst: false },
		{ version: 1, to: "3", isFirst: true },
	]);
	expect(changesOf([])).toEqual([]);
});
