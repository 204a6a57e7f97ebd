// Rows of a text that is wrapped: as wide as they may be, in whole characters, and all of the text.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rowText, wrapLines } from "../../../src/document/formats/text-rows.ts";
import { graphemesOf } from "../../../src/document/text/graphemes.ts";
import { splitInvisible } from "../../../src/document/text/invisible-characters.ts";

const FAMILY = "👨‍👩‍👧‍👦";
const wide = (character: string) => (character === "\u0301" ? 0 : 2);

function rowsOf(text: string, columns: number): readonly string[] {
	const lines = wrapLines(text, columns, wide);
	return Array.from({ length: lines.count }, (_, row) =>
		rowText(text, lines, row),
	);
}

describe("wrapping", () => {
	test("counts two columns for wide characters", () => {
		expect(rowsOf("漢字かな交じり文", 6)).toEqual(["漢字か", "な交じ", "り文"]);
		expect(rowsOf("a漢字", 4)).toEqual(["a漢", "字"]);
	});

	test.each([FAMILY, "🇩🇪", "👍🏽", "e\u0301", "नि"])(
		"keeps the parts of %s together",
		(character) => {
			const rows = rowsOf(character.repeat(40), 10);
			for (const row of rows) {
				const parts = [...graphemesOf(row)];
				expect(parts.every((part) => part === character)).toBe(true);
				expect(parts.length).toBeLessThanOrEqual(5);
			}
			expect(rows.join("")).toBe(character.repeat(40));
		},
	);

	test("leaves an accent with the letter in the last column", () => {
		expect(rowsOf(`${"a".repeat(5)}\u0301b`, 5)).toEqual(["aaaa", "a\u0301b"]);
	});

	test("ends, whatever is piled up on one letter", () => {
		const text = `e${"\u0301".repeat(500)}`;
		expect(rowsOf(text, 10).join("")).toBe(text);
	});

	test("loses nothing of any text", () => {
		const unit = fc.constantFrom("a", " ", "漢", "😀", FAMILY, "\u0301", "\t");
		fc.assert(
			fc.property(
				fc.string({ unit, maxLength: 60 }),
				fc.integer({ min: 1, max: 12 }),
				(text, columns) => {
					expect(rowsOf(text, columns).join("")).toBe(text);
				},
			),
			{ seed: 11, numRuns: 500 },
		);
	});
});

describe("what cannot be seen", () => {
	test.each([FAMILY, "🏳️‍🌈", "🇩🇪", "👍🏽", "👩🏽‍🚀", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️‍🔥", "e\u0301"])(
		"is not in %s",
		(character) => {
			expect(splitInvisible(`a${character}b`)).toEqual([
				{ text: `a${character}b` },
			]);
		},
	);

	test.each([
		["a\u200Db", "\\u{200D}"],
		["😀\u200Db", "\\u{200D}"],
		["🏴\u{E0041}", "\\u{E0041}"],
		["a\u202Eb", "\\u{202E}"],
	])("is told in %o", (text, shown) => {
		expect(splitInvisible(text).map((part) => part.escape)).toContain(shown);
	});
});
