// What is told about values: duplicates, what they seem to be, invisible characters, flags, and the kind of a document.

import { describe, expect, test } from "vitest";
import { detectValue } from "../../src/document/formats/detect-value.ts";
import {
	highlight,
	highlightRow,
} from "../../src/document/formats/highlight.ts";
import {
	detectTextKind,
	looksBinary,
} from "../../src/document/formats/kind.ts";
import {
	rowAt,
	rowText,
	wrapLines,
} from "../../src/document/formats/text-rows.ts";
import { findDuplicateKeys } from "../../src/document/json/duplicate-keys.ts";
import {
	parseTree,
	textPosition,
} from "../../src/document/json/json-parser.ts";
import { splitInvisible } from "../../src/document/text/invisible-characters.ts";

describe("duplicate keys", () => {
	test("are flagged on each member that shares one, however it is escaped", () => {
		const search = findDuplicateKeys(
			parseTree(
				'{"a": 1, "b": {"a": 2}, "\\u0061": 3, "c": [{"x": 1}, {"x": 1}]}',
			),
		);
		while (!search.work());
		expect([...search.nodes].sort()).toEqual([1, 4]);
	});
});

describe("a value seems to be", () => {
	test.each([
		['"#ff8800"', "colour"],
		['"rgb(1 2 3 / 50%)"', "colour"],
		['"2026-11-22T10:00:00Z"', "time"],
		["1764000000", "time"],
		["1764000000123", "time"],
		['"https://example.com/a?b=c"', "address"],
		['"SGVsbG8gd29ybGQsIHRoaXMgaXMgdGV4dA=="', "base64"],
		['"{\\"a\\": 1}"', "json"],
		['"{a}"', undefined],
		['"javascript:alert(1)"', undefined],
		['"https://example.com/ <b>"', undefined],
		['"internationalisation"', undefined],
		["3000000001", undefined],
		["17640000001", undefined],
		['"#ff880"', undefined],
		['"2026-99-99"', undefined],
		['"2024-02-29"', "time"],
		['"2021-02-30"', undefined],
		['"2023-02-29T10:00:00Z"', undefined],
		['"2026-04-31 10:00"', undefined],
		['"2026-00-10"', undefined],
		['"2026-01-00"', undefined],
		['"2026-01-01T10:00:00+29:00"', undefined],
		['"https://example.com/\u202Egpj.exe"', undefined],
		['"https://example.com/\\u202Egpj.exe"', undefined],
		['"https://exam\u200Bple.com/"', undefined],
		['"https://example.com/a\u00A0b"', undefined],
		['"https://example.com/\u0007"', undefined],
		['"https://example.com@evil.test/"', undefined],
		['"https://:80/"', undefined],
		['"https://example.com/käse?a=ü"', "address"],
		['"OrderServiceV2Impl01"', undefined],
		['"src/main/java/Order1"', undefined],
		['"550e8400e29b41d4a716446655440000"', undefined],
		['"550E8400e29b41d4a716446655440000"', undefined],
		[
			'"AbstractSingletonProxyFactoryBean2AndItsMuchLongerCompanionClass"',
			undefined,
		],
		['"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"', undefined],
		['"SGVsbG8gd29ybGQsIHRoaXMgaXMgdGV4"', "base64"],
		['"a8OkcmUsIGvDpHNl"', "base64"],
		['"iVBORw0KGgoAAAANSUhEUgAA"', "base64"],
		['"3q2+7wECAwQFBgcICQoLDA0ODxAREhM="', "base64"],
	])("%s: %s", (source, type) => {
		expect(detectValue(source)?.type).toBe(type);
	});
});

describe("invisible characters", () => {
	test("are written out, and the rest stays as it is", () => {
		expect(splitInvisible("a\u202eb\tc\u200b\ud800")).toEqual([
			{ text: "a" },
			{ text: "\u202e", escape: "\\u{202E}" },
			{ text: "b\tc" },
			{ text: "\u200b", escape: "\\u{200B}" },
			{ text: "\ud800", escape: "\\u{D800}" },
		]);
		expect(splitInvisible("plain 😀 é")).toEqual([{ text: "plain 😀 é" }]);
	});
});

describe("a text", () => {
	test("is broken into rows that hold all of it, and no row is longer than asked for", () => {
		const text = `one\r\n${"x".repeat(25)}😀\n\nlast`;
		const lines = wrapLines(text, 10);
		const rows = Array.from({ length: lines.count }, (_, row) =>
			rowText(text, lines, row),
		);
		expect(rows).toEqual([
			"one",
			"x".repeat(10),
			"x".repeat(10),
			`${"x".repeat(5)}😀`,
			"",
			"last",
		]);
		expect([...lines.numbers.subarray(0, lines.count)]).toEqual([
			1, 2, 2, 2, 3, 4,
		]);
		expect(rowAt(lines, text.indexOf("last"))).toBe(5);
	});

	test("does not tear a pair of surrogates", () => {
		const text = "😀".repeat(9);
		const lines = wrapLines(text, 5);
		for (let row = 0; row < lines.count; row++)
			expect(splitInvisible(rowText(text, lines, row)).length).toBe(1);
	});

	test("has places by line and column", () => {
		expect(textPosition("ab\ncd", 4)).toEqual({ line: 2, column: 2 });
		expect(textPosition("ab\ncd", 2)).toEqual({ line: 1, column: 3 });
	});

	test.each(["json", "yaml", "xml", "text", "ion"] as const)(
		"highlighted as %s is still the same text",
		(kind) => {
			const row = '  - key: "value" # note <a b="c"> true 12, [section] x = 1';
			const pieces = highlight(row, kind);
			expect(pieces.map(([, text]) => text).join("")).toBe(row);
			expect(pieces.some(([style]) => style !== "")).toBe(true);
		},
	);
});

test("keys with room before their colon, words and numbers are still told apart", () => {
	expect(highlight("a : true", "yaml")).toEqual([
		["key", "a "],
		["", ": "],
		["word", "true"],
	]);
	expect(highlight('- "b": -1.5', "yaml")).toEqual([
		["", "- "],
		["key", '"b"'],
		["", ": "],
		["number", "-1.5"],
	]);
	expect(highlight('<a b="c"/>', "xml").map(([style]) => style)).toEqual([
		"key",
		"",
		"word",
		"",
		"string",
		"key",
	]);
	expect(highlight('a = "b"', "text")).toEqual([
		["key", "a"],
		["", " = "],
		["string", '"b"'],
	]);
});

describe("what a server sends is looked at in linear time", () => {
	// Ten times longer than any row: what takes quadratic time takes minutes.
	const LENGTH = 200_000;
	test.each([
		["xml", "a"],
		["text", " "],
		["text", "= "],
		["yaml", " "],
		["yaml", "- "],
		["yaml", "-"],
		["yaml", "a "],
		["yaml", ": "],
		["json", '"\\'],
	] as const)("highlighted as %s: %j again and again", (kind, part) => {
		const row = part.repeat(LENGTH / part.length);
		const pieces = highlight(row, kind);
		expect(pieces.map(([, text]) => text).join("")).toBe(row);
	});

	test.each(["rgb(1 ", "1 ", "rgb(1.5,", "https://a ", "#f", "[ "])(
		"recognised: %j again and again",
		(part) => {
			const [first = "", ...rest] = part.split("(");
			const inside = rest.join("") || part;
			const beginning = rest.length > 0 ? `${first}(` : "";
			const text = beginning + inside.repeat(99_000 / inside.length);
			// So often that quadratic time is longer than any test may take.
			for (let times = 0; times < 10; times += 1)
				expect(detectValue(JSON.stringify(text))).toBeUndefined();
		},
	);
});

describe("a line that is broken into rows", () => {
	const rowsOf = (text: string, columns: number) => {
		const lines = wrapLines(text, columns);
		const known = new Map();
		return Array.from({ length: lines.count }, (_, row) =>
			highlightRow(text, lines, row, { kind: "json", known }),
		);
	};

	test("is highlighted as the whole line, wherever it is broken", () => {
		const text = '{\n  "a long key": "one, two", "n": 12\n}\n';
		const [, ...rows] = rowsOf(text, 8);
		expect(rows.slice(0, 5)).toEqual([
			[
				["", "  "],
				["key", '"a lon'],
			],
			[
				["key", 'g key"'],
				["", ": "],
			],
			[["string", '"one, tw']],
			[
				["string", 'o"'],
				["", ", "],
				["key", '"n"'],
				["", ":"],
			],
			[
				["", " "],
				["number", "12"],
			],
		]);
	});

	test.each([40, 3_000])("of %i items keeps its text", (length) => {
		const text = JSON.stringify(Array.from({ length }, (_, i) => `item ${i}`));
		const shown = rowsOf(text, 20).flatMap((row) =>
			row.map(([, part]) => part),
		);
		expect(shown.join("")).toBe(text);
	});
});

describe("the kind of a document", () => {
	test.each([
		['{"a": 1}', "json"],
		["[1]", "json"],
		["[section]\nkey = 1", undefined],
		["<?xml version='1.0'?><a/>", "xml"],
		["a: 1\nb:\n  - c\n", "yaml"],
		["$ion_1_0 {a: 1}", "ion"],
		["hello, world", undefined],
		["key=value\nother=1", undefined],
	])("%j: %s", (text, kind) => {
		expect(detectTextKind(text)).toBe(kind);
	});

	test("is binary when there are control characters that no text has", () => {
		expect(looksBinary("PNG and then\0")).toBe(true);
		expect(looksBinary("\x01\x02 and little else")).toBe(true);
		expect(looksBinary("tab\tesc\u001b[0m\r\n")).toBe(false);
		expect(looksBinary("a bell\x07 in what is a text")).toBe(false);
	});
});
