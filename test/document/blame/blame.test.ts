import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { startBlame } from "../../../src/document/blame/blame.ts";
import {
	resolveStablePath,
	toStablePath,
} from "../../../src/document/blame/timeline.ts";
import { runToEnd } from "../../../src/document/diff/text/cooperative-task.ts";
import { valueSource } from "../../../src/document/json/children.ts";
import { parseTree } from "../../../src/document/json/json-parser.ts";
import {
	parsePath,
	pathOf,
	resolvePath,
} from "../../../src/document/json/paths.ts";
import type { Tree } from "../../../src/document/json/tree.ts";
import { times } from "../../helpers/effort.ts";

/** The blame of documents, newest first. */
function blameOf(texts: readonly string[]) {
	const [newest, ...older] = texts.map((text) => parseTree(text));
	if (!newest) throw new Error("There is no version.");
	const walk = startBlame(newest);
	for (const tree of older) runToEnd(walk.add(tree));
	return { newest, older, ...walk.finish() };
}

/** The position of the version that changed the value at a path. */
function changed(path: string, ...texts: readonly string[]) {
	const { newest, changedIn } = blameOf(texts);
	const node = resolvePath(newest, parsePath(path) ?? []);
	return node === undefined ? undefined : changedIn[node];
}

describe("the last change of each value", () => {
	const versions = [
		'{"a":{"b":1,"c":3},"d":[1,2]}',
		'{"a":{"b":1,"c":2},"d":[1,2]}',
		'{"a":{"b":0,"c":2},"d":[1,2]}',
	];

	test("is the version in which the value was another one before", () => {
		expect(changed("$.a.c", ...versions)).toBe(0);
		expect(changed("$.a.b", ...versions)).toBe(1);
	});

	test("is the oldest version when the value has always been there", () => {
		expect(changed("$.d", ...versions)).toBe(2);
	});

	test("is for a container the newest change inside it", () => {
		expect(changed("$.a", ...versions)).toBe(0);
		expect(changed("$", ...versions)).toBe(0);
	});

	test("is the version that added the key or replaced its container", () => {
		expect(changed("$.a.b", '{"a":{"b":1}}', '{"a":{}}', '{"a":{"b":1}}')).toBe(
			0,
		);
		expect(changed("$.a.b", '{"a":{"b":1}}', '{"a":[]}')).toBe(0);
	});

	test("stays with an element that moves, and is the move for the array", () => {
		const moved = [
			'[{"id":2,"v":1},{"id":1,"v":1}]',
			'[{"id":1,"v":1},{"id":2,"v":1}]',
		];
		expect(changed("$[0].v", ...moved)).toBe(1);
		expect(changed("$", ...moved)).toBe(0);
	});

	test("does not depend on white space and the order of keys", () => {
		expect(changed("$.b", '{"b":1,"a":[2]}', '{ "a": [ 2 ], "b": 1 }')).toBe(1);
	});

	test("counts equal documents, and says what is still unknown", () => {
		const walk = startBlame(parseTree('{"a":1,"b":1}'));
		expect(walk.addEqual().unknown).toBe(3);
		const blame = runToEnd(walk.add(parseTree('{"a":0,"b":1}')));
		expect([...blame.changedIn]).toEqual([1, 1, -1]);
		expect(blame).toMatchObject({ unknown: 1, versions: 3 });
		expect([...walk.finish().changedIn]).toEqual([1, 1, 2]);
	});

	test("is what comparing every path in every version finds", () => {
		fc.assert(
			fc.property(
				fc.array(document, { minLength: 1, maxLength: 5 }),
				(documents) => {
					const texts = documents.map((one) => JSON.stringify(one));
					const { newest, older, changedIn, unknown } = blameOf(texts);
					expect(unknown).toBe(0);
					for (let node = 0; node < newest.count; node += 1)
						expect(changedIn[node]).toBe(bySearch(newest, node, older));
				},
			),
			{ numRuns: times(200, 2_000), seed: 14 },
		);
	});
});

const leaf = fc.constantFrom(0, 1, "x", null);
const inner = fc.dictionary(fc.constantFrom("a", "b"), leaf);
const element = fc.record({ id: fc.integer({ min: 1, max: 4 }), v: leaf });
const list = fc.uniqueArray(element, {
	selector: ({ id }) => id,
	maxLength: 4,
});
const document = fc.dictionary(
	fc.constantFrom("p", "q", "r"),
	fc.oneof(leaf, inner, list),
	{ noNullPrototype: true },
);

/** Looks the node up by its identity in each version, and compares values. */
function bySearch(newest: Tree, node: number, older: readonly Tree[]): number {
	const path = toStablePath(newest, pathOf(newest, node));
	const value = canonical(newest, node);
	let position = 0;
	for (const tree of older) {
		const place = path && resolveStablePath(tree, path);
		if (place === undefined || canonical(tree, place) !== value) break;
		position += 1;
	}
	return position;
}

/** The value with sorted keys. */
function canonical(tree: Tree, node: number): string {
	return JSON.stringify(JSON.parse(valueSource(tree, node)), (_, value) =>
		value && typeof value === "object" && !Array.isArray(value)
			? Object.fromEntries(Object.entries(value).sort())
			: value,
	);
}
