import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	canBeFormatted,
	hasLongLine,
	parseInput,
	toFormattedText,
} from "../../../src/ui/diff/parse-input.ts";

const subject = (text: string, contentType = "application/json") =>
	parseInput({ body: new TextEncoder().encode(text), contentType });

describe("the parsed version", () => {
	test("has a tree when it is JSON, whatever the content type", () => {
		expect(subject('{"a":1}', "text/plain").tree).toBeDefined();
	});

	test("has no tree when it is not JSON", () => {
		expect(subject("a: 1\n", "application/x-yaml").tree).toBeUndefined();
	});

	test("has an error when it is broken JSON", () => {
		const { tree, error } = subject('{"a":1,}');
		expect(tree).toBeUndefined();
		expect(error).toMatch(/key/);
	});

	test("with a single long line is formatted", () => {
		const long = subject(
			JSON.stringify({ list: "x ".repeat(2000).split(" ") }),
		);
		expect(hasLongLine(["short\n", long.text])).toBe(true);
		expect(canBeFormatted(long, long)).toBe(true);
		expect(toFormattedText(long).split("\n").length).toBeGreaterThan(2000);
	});

	test("with short lines is not formatted", () => {
		const short = subject('{\n  "a": 1\n}\n');
		expect(hasLongLine([short.text, short.text])).toBe(false);
		expect(canBeFormatted(short, short)).toBe(true);
	});

	test("has a long line, whatever its position", () => {
		const lengths = fc.constantFrom(0, 1, 7, 998, 1000, 1999, 2000, 2001, 2999);
		fc.assert(
			fc.property(fc.array(lengths, { maxLength: 6 }), (list) => {
				const text = list.map((length) => "x".repeat(length)).join("\n");
				expect(hasLongLine([text])).toBe(list.some((length) => length > 2000));
			}),
			{ numRuns: 1000 },
		);
	});

	test("that is 100,000 levels deep is not formatted, because it would be gigabytes", () => {
		const deep = subject(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
		expect(deep.tree).toBeDefined();
		expect(canBeFormatted(deep, deep)).toBe(false);
	});
});
