import { dumpBinary, load } from "ion-js";
import { describe, expect, test } from "vitest";
import { ionToExtended } from "../../../src/document/formats/ion.ts";
import { tagOf, valueSource } from "../../../src/document/json/children.ts";
import { formatJson } from "../../../src/document/json/format-json.ts";
import { parseTree } from "../../../src/document/json/json-parser.ts";
import { ION_SCALAR, NUMBER, STRING } from "../../../src/document/json/tree.ts";

const extended = (json: string) => parseTree(json, undefined, "extended");

const ionToJson = (text: string) => ionToExtended(text).json;

describe("text Ion", () => {
	test.each([
		"0x1F",
		"-0xff",
		"1.",
		"1d2",
		"1.5D-2",
		"1e0",
		"-0",
		"-1.5e10",
		"nan",
		"+inf",
		"-inf",
	])("keeps the number %s as it is written", (source) => {
		const tree = extended(ionToJson(`[${source}, "${source}"]`));
		expect(tree.problem).toBeUndefined();
		expect(Array.from(tree.kind)).toEqual([1, NUMBER, STRING]);
		expect(valueSource(tree, 1)).toBe(source);
	});

	test.each([
		["a", "a"],
		["'a b'", "'a b'"],
		["'null'", "'null'"],
		["'nan'", "'nan'"],
		["'1'", "'1'"],
		["''", "''"],
		["'it\\'s \"x\"'", "'it\\'s \"x\"'"],
		["2026T", "2026T"],
		["2026-01-01", "2026-01-01"],
		["2026-01-01T00:00:00.000-00:00", "2026-01-01T00:00:00.000-00:00"],
		['{{"text }} \\x00"}}', '{{"text }} \\u0000"}}'],
		["{{'''a''' '''b'''}}", '{{"ab"}}'],
		["{{ SGk= }}", "{{SGk=}}"],
		["{{}}", "{{}}"],
	])("distinguishes %s from a string", (source, written) => {
		const tree = extended(ionToJson(`[${source}, "x"]`));
		expect(tree.problem).toBeUndefined();
		expect(Array.from(tree.kind)).toEqual([1, ION_SCALAR, STRING]);
		expect(valueSource(tree, 1)).toBe(written);
	});

	test("keeps the annotations of flags, variants and operands", () => {
		const json = ionToJson(
			`'checkout-v2'::[half::[(split pct::50 by::$userId), '''{"on": true}'''], 'the rest'::a::['''{}''']] other::{x: b::1}`,
		);
		expect(json).toBe(
			`['checkout-v2'::[half::[(split,pct::50,by::$userId),"{\\"on\\": true}"],'the rest'::a::["{}"]],other::{"x":b::1}]`,
		);
		const tree = extended(json);
		expect(tree.problem).toBeUndefined();
		expect(tagOf(tree, 1)).toBe("'checkout-v2'::");
		expect(formatJson(tree)).toContain(
			"    half::[\n      (\n        split,\n        pct::50,",
		);
	});

	test("keeps repeated fields", () => {
		expect(ionToJson("{a: 1, a: 2}")).toBe('{"a":1,"a":2}');
		expect(ionToJson("{a: 1, b: {c: x, 'c': 2}, a: 1}")).toBe(
			'{"a":1,"b":{"c":x,"c":2},"a":1}',
		);
	});

	test("keeps the type and the spelling of every value", () => {
		expect(
			ionToJson(
				"$ion_1_0 {name: 'it', big: 9007199254740993, d: 1.50, when: 2026-11-22T10:00:00Z, blob: {{SGk=}}, s: (a b), n: null.int, yes: true}",
			),
		).toBe(
			'{"name":it,"big":9007199254740993,"d":1.50,"when":2026-11-22T10:00:00Z,"blob":{{SGk=}},"s":(a,b),"n":null.int,"yes":true}',
		);
	});

	test("with a mistake is refused", () => {
		expect(() => ionToJson("{a: ")).toThrow();
	});

	const size = 300_000;
	test.each([
		["clob", `{{"${"x".repeat(size)}"}}`],
		["blob", `{{${"QUJD".repeat(size / 4)}}}`],
		["string", `"${"x".repeat(size)}"`],
		["long string", `'''${"x".repeat(size)}'''`],
		["symbol", `'${"x y".repeat(size / 3)}'`],
		["list", `[${"1,".repeat(size / 2)}]`],
	])("is read with 300 kB in one %s", (_, value) => {
		const { json } = ionToExtended(`{a: ${value}}`);
		expect(json.length).toBeGreaterThan(size * 0.99);
		expect(extended(json).problem).toBeUndefined();
	});

	test("has its comments and the number of its values in the presentation", () => {
		const { comments } = ionToExtended(
			`// one\n{a: "// no", /* two */ b: '// no', c: '''// no''', d: {{//8=}}, e: "\\"// no"} // three`,
		).presentation;
		expect(comments.split("\n")).toEqual(["// one", "/* two */", "// three"]);
		expect(ionToExtended("1 2").presentation.documents).toBe("2");
		expect(ionToExtended("[1, 2]").presentation.documents).toBe("1");
	});
});

describe("binary Ion", () => {
	test("becomes the same JSON as its text", () => {
		const text =
			'{a: 1, a: [1.50, "x", sym, (b c), tag::null.int], when: 2024-02-03T04:05:06Z, lob: {{aGk=}}}';
		const { json, presentation } = ionToExtended(dumpBinary(load(text)));
		expect(json).toBe(ionToExtended(text).json);
		expect(presentation).toMatchObject({ documents: "1", comments: "" });
	});
});
