// Bytes kept as what distinguishes them from others: they come out again as they were, and take little.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromDelta, toDelta } from "../../src/storage/delta.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** Pieces of a base, in any order, with anything between them. */
const related = fc
	.tuple(
		fc.uint8Array({ minLength: 0, maxLength: 600 }),
		fc.array(
			fc.oneof(
				fc.tuple(fc.nat(600), fc.nat(200)),
				fc.uint8Array({ maxLength: 40 }),
			),
			{ maxLength: 8 },
		),
	)
	.map(([base, pieces]) => {
		const target = pieces.flatMap((piece) =>
			piece instanceof Uint8Array
				? [...piece]
				: [...base.subarray(piece[0], piece[0] + piece[1])],
		);
		return [base, Uint8Array.from(target)] as const;
	});

describe("a delta", () => {
	test("gives the bytes again, whatever they have in common with the base", () => {
		fc.assert(
			fc.property(related, ([base, target]) => {
				expect(fromDelta(base, toDelta(base, target))).toEqual(target);
			}),
			{ numRuns: 3000 },
		);
	});

	test("of a document with a few edits is small, though lines were added and moved", () => {
		const lines = Array.from(
			{ length: 5000 },
			(_, index) => `"setting-${index}": ${(index * 7919) % 10_007},\n`,
		);
		const base = encode(lines.join(""));
		lines[100] = '"setting-100": "changed",\n';
		lines.splice(2000, 0, "added\n");
		lines.push(...lines.splice(10, 50));
		const delta = toDelta(base, encode(lines.join("")));
		expect(delta.length).toBeLessThan(base.length / 100);
	});

	test("of bytes that have nothing in common is all of them", () => {
		const base = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);
		const target = Uint8Array.from(
			{ length: 1000 },
			(_, index) => (index * index) % 241,
		);
		expect(fromDelta(base, toDelta(base, target))).toEqual(target);
	});
});
