// The reader against JSON.parse: the same documents are valid, and every value is found where it stands.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	createParser,
	parseTree,
} from "../../../src/document/json/json-parser.ts";
import {
	childCount,
	OBJECT,
	STRING,
	type Tree,
} from "../../../src/document/json/tree.ts";

function accepts(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch (error) {
		if (error instanceof SyntaxError) return false;
		throw error;
	}
}

const valid = fc
	.tuple(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 1, 2, "\t", "\r\n"))
	.map(([value, space]) => JSON.stringify(value, undefined, space));

const mutated = fc
	.tuple(
		valid,
		fc.array(
			fc.tuple(
				fc.nat(),
				fc.nat(2),
				fc.constantFrom(
					...'{}[]",:\\/ \t\n\r0123456789-+.eEtruefalsnx\u0000\u001f\u00a0\ufeff\ud800'.split(
						"",
					),
				),
			),
			{ minLength: 1, maxLength: 4 },
		),
	)
	.map(([text, edits]) => {
		let result = text;
		for (const [where, remove, insert] of edits) {
			const at = where % (result.length + 1);
			result = result.slice(0, at) + insert + result.slice(at + remove);
		}
		return result;
	});

/** The value a tree says, rebuilt the slow way. */
function build(tree: Tree, node: number): unknown {
	const text = tree.text.slice(tree.start[node], tree.end[node]);
	if ((tree.kind[node] ?? 0) >= STRING) return JSON.parse(text);
	const isObject = tree.kind[node] === OBJECT;
	const items: unknown[] = [];
	const members: Record<string, unknown> = Object.create(null);
	let child = node + 1;
	for (let left = childCount(tree, node); left > 0; left--) {
		items.push(build(tree, child));
		if (isObject) {
			const key = JSON.parse(
				/"(?:[^"\\]|\\.)*"/y.exec(tree.text.slice(tree.key[child]))?.[0] ?? "",
			);
			members[key] = items.at(-1);
		}
		child = tree.next[child] ?? 0;
	}
	return isObject ? members : items;
}

describe("the reader", () => {
	test("accepts 10,000 generated documents, as JSON.parse does, and finds the same values", () => {
		fc.assert(
			fc.property(valid, (text) => {
				const tree = parseTree(text);
				expect(tree.problem).toBeUndefined();
				expect(JSON.stringify(build(tree, 0))).toBe(
					JSON.stringify(JSON.parse(text)),
				);
			}),
			{ numRuns: 10_000 },
		);
	});

	test("agrees with JSON.parse on the validity of 20,000 mutated documents", () => {
		fc.assert(
			fc.property(mutated, (text) => {
				expect(parseTree(text).problem === undefined).toBe(accepts(text));
			}),
			{ numRuns: 20_000 },
		);
	});

	test("reads the same tree, and meets the same problem, when the text comes in parts", () => {
		fc.assert(
			fc.property(mutated, fc.array(fc.nat({ max: 9 })), (text, sizes) => {
				const reader = createParser();
				let length = 0;
				for (const size of sizes) {
					length = Math.min(text.length, length + size);
					const part = text.slice(0, length);
					while (reader.advance(part, part.length, false));
				}
				reader.advance(text, text.length, true);
				expect(reader.tree).toEqual(parseTree(text));
			}),
			{ numRuns: 5_000 },
		);
	});
});
