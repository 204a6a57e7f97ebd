// What JSON is and is not, case by case, and where the reader says that it ends.

import { describe, expect, test } from "vitest";
import {
	parseTree,
	textPosition,
} from "../../../src/document/json/json-parser.ts";

const ACCEPTED = [
	"null",
	"-0",
	"0",
	"0e0",
	"-1.5E+2",
	"1e400",
	"123456789012345678901234567890",
	'""',
	'"\\u0000\\"\\\\\\/\\b\\f\\n\\r\\t"',
	'"\\ud800"',
	'"\u007f\u2028"',
	"[]",
	"{}",
	" \t\r\n[ 1 , 2 ] ",
	'{"a":{"a":[{}]},"a":1}',
	'{"":0}',
	"[[[[[[[[[[]]]]]]]]]]",
	"[true,false,null]",
];

const REJECTED = [
	"",
	" ",
	"[",
	"]",
	"[1",
	"[1,",
	"[1,]",
	"[,1]",
	"[1 2]",
	"[1:2]",
	"{",
	'{"a"',
	'{"a":',
	'{"a":1',
	'{"a":1,',
	'{"a":1,}',
	"{a:1}",
	"{'a':1}",
	'{"a" 1}',
	'{"a":1 "b":2}',
	"{1:2}",
	"01",
	"-",
	"-01",
	"+1",
	".5",
	"1.",
	"1.e5",
	"1e",
	"1e+",
	"0x1",
	"1_000",
	"NaN",
	"Infinity",
	"tru",
	"True",
	"nulll",
	'"',
	'"\\',
	'"\\x41"',
	'"\\u12"',
	'"\\u12g4"',
	'"\n"',
	'"\t"',
	'"\u0000"',
	"'a'",
	"1 2",
	"[] []",
	"// c\n1",
	"/* c */1",
	"\ufeff1",
	"\u00a01",
	"[1}",
	'{"a":1]',
	"<html>",
];

describe("the reader", () => {
	test.each(ACCEPTED)("accepts %j, as JSON.parse does", (text) => {
		expect(() => JSON.parse(text)).not.toThrow();
		expect(parseTree(text).problem).toBeUndefined();
	});

	test.each(REJECTED)("rejects %j, as JSON.parse does", (text) => {
		expect(() => JSON.parse(text)).toThrow(SyntaxError);
		expect(parseTree(text).problem?.message).toMatch(/\.$/);
	});

	test.each([
		['{"a": 1,\n "b": 02}', 2, 8],
		["[1,\n\n}", 3, 1],
		['{"a"\n', 2, 1],
		['["a\nb"]', 1, 4],
	])("says where %j breaks", (text, line, column) => {
		const { problem } = parseTree(text);
		expect(problem && textPosition(text, problem.at)).toEqual({ line, column });
	});

	test("reads half a million levels, and stops at its budgets", () => {
		const deep = "[".repeat(500_000) + "]".repeat(500_000);
		expect(parseTree(deep).count).toBe(500_000);
		const { problem, count } = parseTree("[1,2,3,4]", { nodes: 3, depth: 9 });
		expect([problem?.isLimit, count]).toEqual([true, 4]);
		expect(parseTree("[[[[]]]]", { nodes: 9, depth: 2 }).problem?.isLimit).toBe(
			true,
		);
	});
});
