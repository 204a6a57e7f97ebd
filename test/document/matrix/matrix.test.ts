import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runToEnd } from "../../../src/document/diff/text/cooperative-task.ts";
import { ionToExtended } from "../../../src/document/formats/ion.ts";
import { valueSource } from "../../../src/document/json/children.ts";
import { parseTree } from "../../../src/document/json/json-parser.ts";
import { at, NONE } from "../../../src/document/json/tree.ts";
import {
	buildMatrix,
	type Matrix,
} from "../../../src/document/matrix/matrix.ts";
import { times } from "../../helpers/effort.ts";
import { documents } from "../diff/json-documents.ts";

function build(
	texts: readonly string[],
	onlyDifferences = true,
	dialect: "json" | "extended" = "json",
): Matrix & { readonly cells: readonly (readonly string[])[] } {
	const trees = texts.map((text) => parseTree(text, undefined, dialect));
	const matrix = runToEnd(buildMatrix(trees, { onlyDifferences }));
	const cells = matrix.rows.map(({ path, nodes, deviates }) => [
		path,
		...trees.map((tree, column) => {
			const node = at(nodes, column);
			const text = node === NONE ? "missing" : valueSource(tree, node);
			return at(deviates, column) === 1 ? `*${text}` : text;
		}),
	]);
	return { ...matrix, cells };
}

describe("a matrix", () => {
	test("has the keys that differ, and marks what is not in the majority", () => {
		const { cells, keyCount, differentCount } = build([
			'{"a":{"x":1,"y":true},"phone":"+41","same":[1,{"z":null}]}',
			'{"a":{"x":1,"y":true},"same":[1,{"z":null}],"chat":"new"}',
			'{"a":{"x":2,"y":true},"phone":null,"same":[1,{"z":null}]}',
		]);
		expect(cells).toEqual([
			["a.x", "1", "1", "*2"],
			["phone", '*"+41"', "*missing", "*null"],
			["chat", "missing", '*"new"', "missing"],
		]);
		expect({ keyCount, differentCount }).toEqual({
			keyCount: 6,
			differentCount: 3,
		});
	});

	test("tells a missing key from null, and without a majority marks all", () => {
		expect(build(['{"a":null}', "{}"]).cells).toEqual([
			["$", '*{"a":null}', "*{}"],
		]);
		expect(build(['{"a":null,"b":1}', '{"b":1}']).cells).toEqual([
			["a", "*null", "*missing"],
		]);
	});

	test("has all keys on request, in the order of the first column that has them", () => {
		const texts = [
			'{"a":1,"b":{"c":2},"z":9}',
			'{"a":1,"new":0,"z":9,"end":1}',
		];
		expect(build(texts, false).cells.map(([path]) => path)).toEqual([
			"a",
			"new",
			"b.c",
			"z",
			"end",
		]);
		expect(build(texts, false).keyCount).toBe(build(texts, true).keyCount);
	});

	test("ignores the order of keys and the spelling of values, and keeps that of what differs", () => {
		expect(
			build([
				'{"a":1.0,"b":"\\u0041","c":{"x":1,"y":2}}',
				'{ "c": {"y":2, "x":1}, "b":"A", "a":1.00 }',
			]).cells,
		).toEqual([]);
		expect(
			build(['{"big":9007199254740993}', '{"big":9007199254740992}']).cells,
		).toEqual([["big", "*9007199254740993", "*9007199254740992"]]);
	});

	test("matches elements by identity, and otherwise by position", () => {
		expect(
			build([
				'{"regions":[{"id":"CH","tax":1},{"id":"DE","tax":2}],"tags":["a","b"]}',
				'{"regions":[{"id":"DE","tax":3},{"id":"CH","tax":1}],"tags":["a"]}',
			]).cells,
		).toEqual([
			['regions[id="DE"].tax', "*2", "*3"],
			["tags[1]", '*"b"', "*missing"],
		]);
	});

	test("has one row where a value is a container in one column and not in another", () => {
		expect(build(['{"a":{"b":1}}', '{"a":[1]}', '{"a":5}']).cells).toEqual([
			["a", '*{"b":1}', "*[1]", "*5"],
		]);
	});

	test("quotes keys that are no identifiers", () => {
		const [row] = build(['{"a.b":{"c d":1}}', '{"a.b":{"c d":2}}']).rows;
		expect(row?.path).toBe('["a.b"]["c d"]');
	});

	test("of duplicate keys shows the one that programs read", () => {
		expect(build(['{"a":1,"a":2}', '{"a":2}']).cells).toEqual([]);
	});

	test("has typed rows of flags: the state, then the attributes", () => {
		const { rows, cells, keyCount } = build([
			'{"gift":{"enabled":true,"_variant":"a","limit":5},"old":{"enabled":true}}',
			'{"gift":{"enabled":false,"_variant":"b"},"old":{"enabled":true}}',
			'{"gift":{"enabled":true,"limit":6}}',
		]);
		expect(cells).toEqual([
			["gift", "true", "*false", "true"],
			["gift.limit", "*5", "*missing", "*6"],
			["old", "true", "true", "*missing"],
		]);
		expect(rows.map(({ kind }) => kind)).toEqual(["flag", "attribute", "flag"]);
		expect(keyCount).toBe(3);
	});

	test("names values in Ion by their annotations", () => {
		const flags = (weight: number) =>
			ionToExtended(
				`'checkout-v2'::[half::[(split pct::${weight} by::$userId), '''{"enabled":true}'''], '''{}''']\nbanner::'''{}'''`,
			).json;
		const { cells } = build([flags(50), flags(75)], true, "extended");
		expect(cells).toEqual([["checkout-v2 · half · rule", "*50", "*75"]]);
	});

	test("shows scalars as documents", () => {
		expect(build(["1", "2"]).cells).toEqual([["$", "*1", "*2"]]);
		expect(build(["{}", "{}"]).cells).toEqual([]);
	});

	test("of two random documents is empty exactly when their values are the same", () => {
		fc.assert(
			fc.property(documents, ([original, modified]) => {
				const texts = [original, modified].map((one) => JSON.stringify(one));
				const matrix = build(texts);
				const all = build(texts, false);
				expect(all.keyCount).toBe(matrix.keyCount);
				expect(all.differentCount).toBe(matrix.differentCount);
				expect(all.rows.filter(({ differs }) => differs).length).toBe(
					matrix.rows.length,
				);
				expect(all.rows.length).toBe(all.keyCount);
				const again = build([...texts, ...texts]);
				expect(again.rows.length).toBe(matrix.rows.length);
			}),
			{ numRuns: times(500, 5_000) },
		);
	});
});
