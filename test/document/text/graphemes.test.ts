import { describe, expect, test } from "vitest";
import {
	endOfGrapheme,
	graphemesOf,
	startOfGrapheme,
	truncate,
} from "../../../src/document/text/graphemes.ts";

const FAMILY = "👨‍👩‍👧‍👦";
const CHARACTERS = [
	FAMILY,
	"🏳️‍🌈",
	"🇩🇪",
	"👍🏽",
	"🏴󠁧󠁢󠁥󠁮󠁧󠁿",
	"e\u0301",
	"1️⃣",
	"각",
	"नि",
];

describe.each(CHARACTERS)("of %s", (character) => {
	const text = `${"ab".repeat(40)}${character}${"c".repeat(80)}`;
	const inside = Array.from(
		{ length: character.length - 1 },
		(_, index) => 80 + index + 1,
	);

	test("every offset inside belongs to the whole character", () => {
		for (const offset of inside) {
			expect(startOfGrapheme(text, offset)).toBe(80);
			expect(endOfGrapheme(text, offset)).toBe(80 + character.length);
		}
		for (const offset of [0, 79, 80, 80 + character.length, text.length]) {
			expect(startOfGrapheme(text, offset)).toBe(offset);
			expect(endOfGrapheme(text, offset)).toBe(offset);
		}
	});

	test("a clipped text holds all or nothing", () => {
		for (const length of [80, ...inside])
			expect(truncate(text, length)).toBe("ab".repeat(40));
		expect(truncate(text, 80 + character.length)).toBe(
			`${"ab".repeat(40)}${character}`,
		);
	});
});

test.each(CHARACTERS)("many of %s in a row stay whole", (character) => {
	const row = character.repeat(100);
	expect([...graphemesOf(row)]).toHaveLength(100);
	for (const text of [row, `a${row}`, `ab${row}`]) {
		const first = text.length - row.length;
		for (let offset = first; offset < text.length; offset += 1)
			expect(startOfGrapheme(text, offset)).toBe(
				offset - ((offset - first) % character.length),
			);
	}
});

test("a text without an end in sight is clipped all the same", () => {
	const accents = "\u0301".repeat(1000);
	expect(truncate(`e${accents}`, 400).length).toBeLessThanOrEqual(400);
	expect(truncate(accents, 10)).not.toBe("");
});
