import fc from "fast-check";
import * as ion from "ion-js";
import { describe, expect, test } from "vitest";
import { IonError, isBinaryIon, readIon } from "../../src/flags/ion.ts";

const toBinary = (text: string) => ion.dumpBinary(ion.load(text));

describe("Ion", () => {
	test("is read in text form with the spelling of numbers and times", () => {
		expect(readIon(ion, "a::'b c'::[0x1F, 1.50, 1d2, 2024T]")).toEqual([
			{
				type: "list",
				annotations: ["a", "b c"],
				items: [
					{ type: "int", text: "0x1F", annotations: [] },
					{ type: "decimal", text: "1.50", annotations: [] },
					{ type: "decimal", text: "1d2", annotations: [] },
					{ type: "timestamp", text: "2024T", annotations: [] },
				],
			},
		]);
	});

	test.each([
		'a::[(eq $b "c"), -12, 1.50, true, null.int, sym, {{"clob"}}, {{aGk=}}]',
		"{a: 1, a: 2024-02-03T04:05:06.789+01:00, b: []}",
		"[1e0, -2.5e0, +inf, -inf, nan, 1e300]",
		"123456789012345678901234567890",
	])("%s is the same in text and in binary form", (text) => {
		const bytes = toBinary(text);
		expect(isBinaryIon(bytes)).toBe(true);
		const normal = (values: unknown) =>
			JSON.stringify(values).replaceAll("1e+300", "1e300");
		expect(normal(readIon(ion, bytes))).toBe(normal(readIon(ion, text)));
	});

	test("that is damaged is read or refused, in both forms", () => {
		const text = '{a: [1, 2.5, "x", (b c::d), null.int, {{aGk=}}], b: 2024T}';
		const bytes = toBinary(text);
		const damage = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), {
			maxLength: 5,
		});
		const readOrRefuse = (source: string | Uint8Array) => {
			try {
				readIon(ion, source);
			} catch (error) {
				expect(error).toBeInstanceOf(IonError);
			}
		};
		fc.assert(
			fc.property(damage, (changes) => {
				const damaged = Uint8Array.from(bytes);
				const characters = [...text];
				for (const [at, value] of changes) {
					damaged[4 + (at % (bytes.length - 4))] = value;
					characters[at % text.length] = String.fromCharCode(value);
				}
				readOrRefuse(damaged);
				readOrRefuse(characters.join(""));
			}),
			{ numRuns: 2_000 },
		);
	});

	test("that is incomplete is refused in binary form", () => {
		const bytes = toBinary('["a", "b", "c"]');
		for (let length = 5; length < bytes.length; length += 1)
			expect(() => readIon(ion, bytes.subarray(0, length))).toThrow(
				/^is not valid Ion: .+ \(at byte \d+\)$/,
			);
		// A list that declares two million items and has none.
		const list = Uint8Array.of(0xe0, 0x01, 0x00, 0xea, 0xbe, 0x7f, 0x7f, 0xff);
		expect(() => readIon(ion, list)).toThrow(IonError);
	});

	test.each([
		["(eq $a 1", "has a parenthesis that is not closed"],
		["[1 2]", 'lacks a comma or a closing "]"'],
		["{a: 1 b: 2}", 'lacks a comma or a closing "}"'],
		['"open', "has a quotation that is not closed"],
		["'''open", "has a quotation that is not closed"],
		['"a\nb"', "has a line break inside quotation marks"],
		['"\u0001"', "has a control character inside quotation marks"],
		['"\\q"', "has an unknown escape"],
		['"\\ud800"', "has half a surrogate pair"],
		["$10", "has a symbol ID that is not defined"],
		["1_000", "has a number with underscores or in binary"],
		["0b1010", "has a number with underscores or in binary"],
		["12:30", "has a number that is not valid"],
		["(eq $a ,)", "is not valid Ion: "],
	])("%j is refused: %s", (text, message) => {
		expect(() => readIon(ion, text)).toThrow(IonError);
		expect(() => readIon(ion, text)).toThrow(message);
		expect(() => readIon(ion, text)).toThrow(/ at line \d+, character \d+$/);
	});

	test("is refused with the place of the mistake", () => {
		expect(() => readIon(ion, '(eq $a "b")\n(eq\n  $a ])')).toThrow(
			" at line 3, character 6",
		);
		expect(() => readIon(ion, "(".repeat(10_000))).toThrow(
			"is nested more than 1000 levels deep at line 1, character 1001",
		);
	});
});
