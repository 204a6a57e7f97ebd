// YAML, as the extended JSON that the tree is made of.

import fc from "fast-check";
import { CORE_SCHEMA, dump, loadAll, mergeTag, realMapTag } from "js-yaml";
import { describe, expect, test } from "vitest";
import { readYaml } from "../../../src/document/formats/yaml.ts";
import { valueSource } from "../../../src/document/json/children.ts";
import { formatJson } from "../../../src/document/json/format-json.ts";
import { parseTree } from "../../../src/document/json/json-parser.ts";
import { NUMBER, STRING } from "../../../src/document/json/tree.ts";

const yamlToJson = (text: string) => readYaml(text).json;

const extended = (json: string) => parseTree(json, undefined, "extended");

describe("a YAML scalar", () => {
	test.each([
		".5",
		"0x1F",
		"+12",
		"0o17",
		"012",
		"-.inf",
		"+.INF",
		".inf",
		".nan",
		".NaN",
		"1E+400",
		"1e3",
		"1.",
		"-0",
		"1_000",
		"0b1010",
		"-0x1f",
		"6.8523015e+5",
	])("%s is a number as written, and its quoted twins are not", (source) => {
		const tree = extended(
			yamlToJson(
				`a: ${source}\nb: "${source}"\nc: '${source}'\nd: !!str ${source}`,
			),
		);
		expect(tree.problem).toBeUndefined();
		expect(Array.from(tree.kind)).toEqual([0, NUMBER, STRING, STRING, STRING]);
		expect(valueSource(tree, 1)).toBe(source);
		expect(valueSource(tree, 2)).toBe(JSON.stringify(source));
	});

	test.each([
		"1.2.3",
		"0x",
		"0XbAD",
		"1_",
		"_1",
		"+",
		".",
		"e3",
		".e3",
		"1e",
		"0o8",
		"0b2",
		"nan",
		"inf",
		"1 2",
		"12px",
		"1:30",
		"yes",
	])("%s is a string", (source) => {
		expect(yamlToJson(`a: ${source}`)).toBe(JSON.stringify({ a: source }));
	});
});

describe("a YAML tag", () => {
	test.each([
		["!!binary SGVs\n  bG8=", '!!binary "SGVsbG8="'],
		["!!binary |\n  SGVs\n  bG8=", '!!binary "SGVsbG8="'],
		["!!set {a, b}", '!!set {"a":null,"b":null}'],
		["!!set", "!!set {}"],
		["!!omap [a: 1]", '!!omap [{"a":1}]'],
		["!!timestamp 2026-11-30", '!!timestamp "2026-11-30"'],
		["!<tag:example.com,2000:x> y", '!<tag:example.com,2000:x> "y"'],
		["!<tag:yaml.org,2002:str> y", '!!str "y"'],
		["!<!local> y", '!local "y"'],
		["!Ref x", '!Ref "x"'],
		["!Ref", '!Ref ""'],
		["!Fn::Sub 'a $b'", '!Fn::Sub "a $b"'],
		["!a%20b x", '!a%20b "x"'],
		["!GetAtt [a, b]", '!GetAtt ["a","b"]'],
		["!!int '12'", "!!int 12"],
		["!!int x", '!!int "x"'],
		["!!float 1", "!!float 1"],
		["!!bool True", "!!bool true"],
		["!!null ''", "!!null null"],
		["! 12", '"12"'],
		["[!A x, !B {c: !C [!D 1]}]", '[!A "x",!B {"c":!C [!D "1"]}]'],
	])("of %j is shown", (yaml, json) => {
		expect(yamlToJson(yaml)).toBe(json);
		const tree = extended(json);
		expect(tree.problem).toBeUndefined();
		expect(
			formatJson(tree)
				.replace(/\n\s*/g, "")
				.replace(/(?<="[a-z]"): /g, ":"),
		).toBe(json);
	});

	test("has the handles of %TAG spelt out, document by document", () => {
		expect(
			yamlToJson(
				"%TAG !e! tag:example.com,2000:app/\n%TAG ! !my-\n---\n- !e!x 1\n- !y 2\n- !!set {}\n---\n- !y 2\n",
			),
		).toBe('[[!<tag:example.com,2000:app/x> "1",!my-y "2",!!set {}],[!y "2"]]');
	});
});

describe("YAML", () => {
	test("merges as it has it: keys of its own first, then the first source", () => {
		expect(
			yamlToJson(
				"a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {<<: [*a, *b], z: 3}\nd: {x: 4, <<: *a}\ne: {'<<': *a}\nf: {<<: text}",
			),
		).toBe(
			'{"a":{"x":1,"y":1},"b":{"y":2,"z":2},"c":{"x":1,"y":1,"z":3},"d":{"x":4,"y":1},"e":{"<<":{"x":1,"y":1}},"f":{"<<":"text"}}',
		);
	});

	test("has anchors of their document only, and the latest of a name", () => {
		expect(yamlToJson("- &a 1\n- *a\n- &a 2\n- *a")).toBe("[1,1,2,2]");
		expect(() => yamlToJson("- &a 1\n---\n- *a")).toThrow(
			/\*a names no anchor/,
		);
		expect(() => yamlToJson("&a [*a]")).toThrow(/\*a stands within/);
	});

	test("without a document, or with empty ones, is told as that", () => {
		expect(yamlToJson("# nothing\n")).toBe("[]");
		expect(yamlToJson("---\n---\n")).toBe("[null,null]");
	});

	test("with a chain of thousands of aliases is refused", () => {
		const chain = Array.from({ length: 2_000 }, (_, index) =>
			index === 0 ? "- &a0 [x]" : `- &a${index} [*a${index - 1}]`,
		);
		expect(() => yamlToJson(chain.join("\n"))).toThrow(/levels deep/);
	});

	test("has no key twice, but a number and a text may read the same", () => {
		expect(() => yamlToJson("1: a\n1: b")).toThrow(/duplicate[\s\S]*2:1/);
		expect(yamlToJson("1: a\n'1': b")).toBe('{"1":"a","1":"b"}');
	});

	test("says what js-yaml reads, whatever the values", () => {
		const value = fc.letrec((tie) => ({
			value: fc.oneof(
				{ maxDepth: 4 },
				fc.string({ unit: "grapheme" }),
				fc.integer(),
				fc.double({ noNaN: true, noDefaultInfinity: true }),
				fc.boolean(),
				fc.constant(null),
				fc.array(tie("value"), { maxLength: 4 }),
				fc.dictionary(fc.string(), tie("value"), {
					maxKeys: 4,
					noNullPrototype: true,
				}),
			),
		})).value;
		const schema = CORE_SCHEMA.withTags(mergeTag, realMapTag);
		fc.assert(
			fc.property(value, fc.constantFrom(-1, 0, 2), (document, flowLevel) => {
				const text = dump(document, { flowLevel, noRefs: true });
				const json = yamlToJson(text);
				expect(extended(json).problem).toBeUndefined();
				const [expected] = loadAll(text, { schema });
				// All that YAML may leave out of a number, JSON needs.
				const strict = json.replace(
					/"(?:[^"\\]|\\.)*"|(\d)\.(?=[eE,\]}]|$)/g,
					(found, digit?: string) => digit ?? found,
				);
				expect(JSON.parse(strict)).toEqual(toObject(expected));
			}),
			{ seed: 12, numRuns: 500 },
		);
	});
});

function toObject(value: unknown): unknown {
	if (value instanceof Map)
		return Object.fromEntries(
			Array.from(value, ([key, item]) => [String(key), toObject(item)]),
		);
	return Array.isArray(value) ? value.map(toObject) : value;
}

describe("YAML says beside its values", () => {
	const of = (text: string) => readYaml(text).presentation;

	test("comments, which are told from number signs in values", () => {
		expect(
			of(
				"# one\na: 'x # no' # two\nb: a#no\nc: |  # three\n  # no\n  text\nd: \"#no\" #four\ne: [1, # five\n  2]\n#six",
			).comments.split("\n"),
		).toEqual(["# one", "# two", "# three", "#four", "# five", "#six"]);
		const long = `a: [${Array(50_000).fill("x").join(", ")}]\n`;
		expect(of(`${long}# end`).comments).toBe("# end");
	});

	test("anchors, documents and directives", () => {
		expect(of("a: &x 1\nb: *x").anchors).toBe("&x\n*x");
		expect(of("- 1\n").documents).toBe("1");
		expect(of("--- 1\n--- 2").documents).toBe("2");
		expect(of("%YAML 1.1\n--- 1").directives).toContain("1.1");
	});

	test("types of keys, and words of another type in YAML 1.1", () => {
		expect(of("1: a").keyTypes).not.toBe(of("'1': a").keyTypes);
		expect(of("true: a").keyTypes).not.toBe(of("'true': a").keyTypes);
		for (const word of ["yes", "off", "1:30", "2026-11-30"])
			expect(of(`a: ${word}`).words, word).not.toBe(of(`a: '${word}'`).words);
		expect(of("a: maybe\nb: 1:99:0\nc: yesterday").words).toBe("");
		expect(of("a: yes\nb: 'no'").words).not.toBe(of("a: 'yes'\nb: no").words);
	});
});

describe("YAML as JSON", () => {
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
