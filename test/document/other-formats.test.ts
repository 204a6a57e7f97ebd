// YAML and Ion, as the extended JSON that the tree is made of.

import { describe, expect, test } from "vitest";
import { ionToExtended } from "../../src/document/formats/ion.ts";
import { yamlToJson } from "../../src/document/formats/yaml.ts";

const ionToJson = (text: string) => ionToExtended(text).json;

describe("YAML", () => {
	test("becomes JSON with numbers and keys as they are written", () => {
		expect(
			yamlToJson(
				"big: 9007199254740993\none: 1.0\nhex: 0x1F\nno: no\n2: two\n10: ten\n1: one\nnothing:\nlist: [a, true]",
			),
		).toBe(
			'{"big":9007199254740993,"one":1.0,"hex":0x1F,"no":"no","2":"two","10":"ten","1":"one","nothing":null,"list":["a",true]}',
		);
	});

	test("merges, unfolds aliases and keeps what applications tag", () => {
		expect(
			yamlToJson(
				"a: &a {x: 1}\nb:\n  <<: *a\n  y: !Ref name\nc: !Sub [1]\nd: !Map {k: v}",
			),
		).toBe(
			'{"a":{"x":1},"b":{"x":1,"y":!Ref "name"},"c":!Sub [1],"d":!Map {"k":"v"}}',
		);
	});

	test("of several documents becomes an array", () => {
		expect(yamlToJson("a: 1\n---\nb: 2\n")).toBe('[{"a":1},{"b":2}]');
	});

	test("cannot set a prototype", () => {
		expect(yamlToJson("__proto__: {x: 1}")).toBe('{"__proto__":{"x":1}}');
		expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
	});

	test("that multiplies itself without end is refused", () => {
		const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
		for (const [name, before] of [
			"ba",
			"cb",
			"dc",
			"ed",
			"fe",
			"gf",
			"hg",
			"ih",
		])
			bomb.push(
				`${name}: &${name} [${Array(9).fill(`*${before}`).join(", ")}]`,
			);
		expect(() => yamlToJson(bomb.join("\n"))).toThrow();
	});

	test("with a mistake says where", () => {
		expect(() => yamlToJson("a: 1\nb: [1\nc: 2")).toThrow(/3:|line 3/);
		expect(() => yamlToJson("a: 1\na: 2")).toThrow(/duplicate/i);
	});
});

describe("text Ion", () => {
	test("becomes extended JSON with the type and the spelling of every value", () => {
		expect(
			ionToJson(
				"$ion_1_0 {name: 'it', big: 9007199254740993, d: 1.50, when: 2026-11-22T10:00:00Z, blob: {{SGk=}}, s: (a b), n: null.int, yes: true}",
			),
		).toBe(
			'{"name":it,"big":9007199254740993,"d":1.50,"when":2026-11-22T10:00:00Z,"blob":{{SGk=}},"s":(a,b),"n":null.int,"yes":true}',
		);
	});

	test("with a mistake throws", () => {
		expect(() => ionToJson("{a: ")).toThrow();
	});
});
