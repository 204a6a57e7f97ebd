import fc from "fast-check";
import { applyPatch } from "fast-json-patch";
import { describe, expect, test } from "vitest";
import { MAX_DIFFERENCES } from "../../../../src/document/diff/json/array-diff.ts";
import {
	countDifferences,
	describeChanges,
	notesOnDuplicateKeys,
	summarizeCounts,
} from "../../../../src/document/diff/json/describe-changes.ts";
import { toJsonPatch } from "../../../../src/document/diff/json/json-patch.ts";
import {
	type Difference,
	diffStructure,
	type StructureDiff,
} from "../../../../src/document/diff/json/structure-diff.ts";
import { runToEnd } from "../../../../src/document/diff/text/cooperative-task.ts";
import { parseTree } from "../../../../src/document/json/json-parser.ts";
import { formatPath, pathOf } from "../../../../src/document/json/paths.ts";
import { times } from "../../../helpers/effort.ts";
import { documents, type Json } from "../json-documents.ts";

const compare = (original: string, modified: string) =>
	runToEnd(diffStructure(parseTree(original), parseTree(modified)));
const compareValues = (original: unknown, modified: unknown) =>
	compare(JSON.stringify(original), JSON.stringify(modified));

describe("a structural diff", () => {
	test("as a JSON Patch turns the original document into the modified one", () => {
		fc.assert(
			fc.property(documents, ([original, modified]) => {
				const patch = toJsonPatch(compareValues(original, modified));
				expect(patched(original, patch)).toEqual(
					JSON.parse(JSON.stringify(modified)),
				);
			}),
			{ numRuns: times(1_000, 5_000) },
		);
	});

	test("is empty exactly when the values are equal", () => {
		fc.assert(
			fc.property(documents, ([original, modified]) => {
				const { differences } = compareValues(original, modified);
				expect(differences.length === 0).toBe(isSame(original, modified));
			}),
			{ numRuns: times(500, 2_000) },
		);
	});

	test("is inverse in the other direction", () => {
		fc.assert(
			fc.property(documents, ([original, modified]) => {
				const there = withPaths(compareValues(original, modified));
				const back = withPaths(compareValues(modified, original)).map(inverted);
				expect(sorted(back)).toEqual(sorted(there));
			}),
			{ numRuns: times(500, 2_000) },
		);
	});

	test("reports added, removed and changed values by path", () => {
		const diff = compareValues(
			{ settings: { checkout: { timeoutSeconds: 30, retry: true } } },
			{ settings: { checkout: { timeoutSeconds: 45 }, "odd key": [1] } },
		);
		expect(describeChanges(diff)).toEqual([
			"settings.checkout.timeoutSeconds changed from 30 to 45",
			"settings.checkout.retry was removed: true",
			'settings["odd key"] was added: [1]',
		]);
		expect(summarizeCounts(countDifferences(diff), diff.coarse)).toBe(
			"1 changed, 1 added, 1 removed",
		);
	});

	test.each(["id", "key", "name"])("matches elements by their %s", (name) => {
		const element = (identity: string, on: boolean) => ({
			[name]: identity,
			on,
			more: [identity],
		});
		const diff = compareValues(
			[element("a", true), element("b", true), element("c", true)],
			[element("new", true), element("a", false), element("b", true)],
		);
		expect(withPaths(diff)).toEqual([
			{ kind: "removed", original: "/2" },
			{ kind: "added", modified: "/0" },
			{ kind: "changed", original: "/0/on", modified: "/1/on" },
		]);
	});

	test("reports a moved element and what changed in it", () => {
		const diff = compareValues(
			[{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4, on: true }],
			[{ id: 4, on: false }, { id: 1 }, { id: 2 }, { id: 3 }],
		);
		expect(withPaths(diff)).toEqual([
			{ kind: "moved", original: "/3", modified: "/0" },
			{ kind: "changed", original: "/3/on", modified: "/0/on" },
		]);
	});

	test("matches elements without identity by their content", () => {
		const diff = compareValues(
			[["eu", 1, 2], ["us", 3, 4], "tail"],
			["head", ["eu", 1, 2], ["us", 3, 5], "tail"],
		);
		expect(withPaths(diff)).toEqual([
			{ kind: "added", modified: "/0" },
			{ kind: "changed", original: "/1/2", modified: "/2/2" },
		]);
	});

	test("reports numbers that JavaScript would parse to the same value", () => {
		const diff = compare("[9007199254740993]", "[9007199254740992]");
		expect(describeChanges(diff)).toEqual([
			"[0] changed from 9007199254740993 to 9007199254740992",
		]);
	});

	test.each([
		["1.0", "1"],
		["1e2", "100"],
		["-0", "0"],
		["1e400", "10E+399"],
	])("says that %s and %s are the same number", (original, modified) => {
		const [difference] = compare(original, modified).differences;
		expect(difference).toMatchObject({ kind: "changed", sameValue: true });
	});

	test("ignores how strings are escaped", () => {
		expect(compare('{"\\u0061": "\\/"}', '{"a":"/"}').differences).toEqual([]);
	});

	test.each([
		[
			'{"a":1,"a":2,"b":0}',
			'{"a":3,"b":0}',
			["a was removed: 1", "a changed from 2 to 3"],
		],
		[
			'{"x":1,"a":1,"y":2,"a":3}',
			'{"x":1,"a":1,"y":2}',
			["a was removed: 1", "a changed from 3 to 1"],
		],
		[
			'{"a":1,"a":2}',
			'{"a":2,"a":1}',
			["a changed from 1 to 2", "a changed from 2 to 1"],
		],
		[
			'[{"a":1,"\\u0061":2}]',
			'[{"a":3,"\\u0061":2}]',
			["[0].a changed from 1 to 3"],
		],
		[
			'[{"a":1,"a":2},{},0]',
			'[{"a":2,"a":1},{},1]',
			[
				"[0].a changed from 1 to 2",
				"[0].a changed from 2 to 1",
				"[2] changed from 0 to 1",
			],
		],
	])(
		"pairs members with the same key from the last one on: %s → %s",
		(original, modified, sentences) => {
			const diff = compare(original, modified);
			expect(describeChanges(diff)).toEqual(sentences);
			expect(notesOnDuplicateKeys(diff)).toEqual([
				expect.stringContaining("only the last one"),
			]);
		},
	);

	test.each([
		['{"a":1,"a":2,"b":[0]}', '{"a":1,"a":2,"b":[1]}', true],
		['{"a":{"b":1},"a":2}', '{"a":{"b":2},"a":2}', true],
		['{"x":{"a":1,"a":2},"b":0}', '{"x":{"a":1,"a":2},"b":1}', false],
		['{"a":1,"b":2}', '{"a":1,"b":3}', false],
	])(
		"notes duplicate keys around a difference only: %s → %s",
		(original, modified, isNoted) => {
			expect(notesOnDuplicateKeys(compare(original, modified))).toHaveLength(
				isNoted ? 1 : 0,
			);
		},
	);

	test("treats __proto__ as a key like any other", () => {
		const diff = compare('{"__proto__":{"a":1}}', '{"__proto__":{"a":2}}');
		expect(toJsonPatch(diff)).toBe(
			'[\n  {"op":"replace","path":"/__proto__/a","value":2}\n]\n',
		);
	});

	test("reports elements that swapped their identities as moved", () => {
		const diff = compareValues(
			[{ id: 1, on: true }, { id: 2 }, { id: 3, on: false }],
			[{ id: 3, on: true }, { id: 2 }, { id: 1, on: false }],
		);
		expect(withPaths(diff)).toEqual([
			{ kind: "moved", original: "/0", modified: "/2" },
			{ kind: "moved", original: "/1", modified: "/1" },
			{ kind: "changed", original: "/0/on", modified: "/2/on" },
			{ kind: "changed", original: "/2/on", modified: "/0/on" },
		]);
	});

	test("ignores how identities are escaped", () => {
		const diff = compare(
			'[{"id":"a","on":true},{"id":"b"}]',
			'[{"id":"b"},{"id":"\\u0061","on":false}]',
		);
		expect(diff.differences).toMatchObject([
			{ kind: "moved" },
			{ kind: "changed" },
		]);
	});

	test("compares documents 100,000 levels deep", () => {
		const deep = (leaf: string) =>
			`${'{"a":['.repeat(50_000)}${leaf}${"]}".repeat(50_000)}`;
		const diff = compare(deep("1"), deep("2"));
		expect(diff.differences).toHaveLength(1);
		const [difference] = diff.differences;
		if (difference?.kind !== "changed") expect.fail();
		expect(pathOf(diff.modified, difference.modified)).toHaveLength(100_000);
	});

	test("is coarse when there are too many differences", () => {
		const write = (by: number) =>
			JSON.stringify(
				Array.from({ length: MAX_DIFFERENCES }, (_, id) => ({
					id,
					value: id + by,
					deep: { value: by },
				})),
			);
		const diff = compare(write(1), write(2));
		expect(diff.coarse).toBe(true);
		expect(summarizeCounts(countDifferences(diff), diff.coarse)).toMatch(
			/^at least/,
		);
		expect(patched(JSON.parse(write(1)), toJsonPatch(diff))).toEqual(
			JSON.parse(write(2)),
		);
	});

	test("reports an array that was nearly replaced as one change", () => {
		const write = (from: number) =>
			Array.from({ length: 15_000 }, (_, at) => ({ id: at + from }));
		const [original, modified] = [{ list: write(0) }, { list: write(14_000) }];
		const diff = compareValues(original, modified);
		expect(describeChanges(diff)).toEqual(["list changed in many places"]);
		expect(patched(original, toJsonPatch(diff))).toEqual(modified);
	});

	test("reports a long array without identities that was replaced as one change", () => {
		const write = (by: number) =>
			Array.from({ length: 3 * MAX_DIFFERENCES }, (_, at) => 2 * at + by);
		const [original, modified] = [{ list: write(0) }, { list: write(1) }];
		const diff = compareValues(original, modified);
		expect(diff.coarse).toBe(true);
		expect(describeChanges(diff)).toEqual(["list changed in many places"]);
		expect(patched(original, toJsonPatch(diff))).toEqual(modified);
	});

	test("of a shuffled array is a JSON Patch that restores the order", () => {
		const ids = Array.from({ length: 3000 }, (_, id) => ({ id }));
		const shuffled = ids.toSorted(
			(a, b) => ((a.id * 7919) % 3001) - ((b.id * 7919) % 3001),
		);
		const diff = compareValues(ids, shuffled);
		expect(patched(ids as Json[], toJsonPatch(diff))).toEqual(shuffled);
	});
});

const OPPOSITE = {
	added: "removed",
	removed: "added",
	changed: "changed",
	moved: "moved",
} as const;

function inverted({
	kind,
	original,
	modified,
}: PathDifference): PathDifference {
	return {
		kind: OPPOSITE[kind],
		...(modified === undefined ? {} : { original: modified }),
		...(original === undefined ? {} : { modified: original }),
	};
}

function sorted(differences: readonly PathDifference[]): string[] {
	return differences
		.map((one) => JSON.stringify(one, ["kind", "original", "modified"]))
		.sort();
}

interface PathDifference {
	kind: Difference["kind"];
	original?: string;
	modified?: string;
}

function withPaths({
	original,
	modified,
	differences,
}: StructureDiff): PathDifference[] {
	return differences.map((one) => ({
		kind: one.kind,
		...("original" in one
			? { original: formatPath(pathOf(original, one.original), "JSON Pointer") }
			: {}),
		...("modified" in one
			? { modified: formatPath(pathOf(modified, one.modified), "JSON Pointer") }
			: {}),
	}));
}

function patched(original: Json, patch: string): unknown {
	const copy: unknown = JSON.parse(JSON.stringify(original));
	const operations = JSON.parse(patch);
	return applyPatch(copy, operations, true, true, false).newDocument;
}

function isSame(one: Json, other: Json): boolean {
	return canonical(one) === canonical(other);
}

function canonical(value: Json): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${entries.map(([key, child]) => JSON.stringify(key) + canonical(child)).join()}}`;
}
