// Finding: keys, values and paths, as text and as patterns.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTree } from "../../../src/document/json/json-parser.ts";
import { formatPath, pathOf } from "../../../src/document/json/paths.ts";
import { searchNodes, searchTree } from "../../../src/document/search/find.ts";
import {
	matchPattern,
	searchText,
} from "../../../src/document/search/find-in-text.ts";
import {
	literalPattern,
	parseQuery,
	type QueryOptions,
} from "../../../src/document/search/query.ts";
import type { Ranges } from "../../../src/document/search/ranges.ts";
import { compileUserPattern } from "../../../src/document/search/user-pattern.ts";

const TEXT = JSON.stringify({
	timeout: 30,
	server: { host: "Timeout.example", 'quote"d': "line\nbreak é" },
	list: ["timeout", 300, true],
});
const ANY_CASE = { matchCase: false, regex: false };
const EXACT = { matchCase: true, regex: false };
const REGEX = { matchCase: false, regex: true };

function search(text: string, typed: string, options: QueryOptions = ANY_CASE) {
	const tree = parseTree(text);
	const query = parseQuery(typed, options);
	if (!query) return undefined;
	const finding = options.regex
		? searchNodes(tree, query, compileUserPattern(query))
		: searchTree(tree, query);
	while (!finding.work());
	return {
		paths: finding.nodes.map((node) =>
			formatPath(pathOf(tree, node), "JSONPath"),
		),
		marked: spelt(text, finding.marks),
	};
}

function find(typed: string, options?: QueryOptions) {
	return search(TEXT, typed, options)?.paths;
}

/** Of plain text. */
function searchPlain(text: string, typed: string, options = ANY_CASE) {
	const query = parseQuery(typed, { ...options, isPlain: true });
	if (!query) return undefined;
	if (options.regex)
		return spelt(text, matchPattern(text, compileUserPattern(query)));
	const finding = searchText(text, query);
	while (!finding.work());
	return spelt(text, finding.matches);
}

function spelt(text: string, ranges: Ranges): readonly string[] {
	return Array.from({ length: ranges.length / 2 }, (_, pair) =>
		text.slice(ranges[2 * pair], ranges[2 * pair + 1]),
	);
}

describe("finding", () => {
	test("looks into keys and values, whatever their case", () => {
		expect(find("TIMEOUT")).toEqual([
			"$.timeout",
			"$.server.host",
			"$.list[0]",
		]);
	});

	test("can mind the case", () => {
		expect(find("Timeout", EXACT)).toEqual(["$.server.host"]);
	});

	test("can be limited to keys, values or paths", () => {
		expect(find("key:timeout")).toEqual(["$.timeout"]);
		expect(find("value:timeout")).toEqual(["$.server.host", "$.list[0]"]);
		expect(find("path:server.")).toEqual(
			["$.server.host", "$.server['quote\"d']"].filter((path) =>
				path.includes("server."),
			),
		);
	});

	test("finds what JSON writes as an escape", () => {
		expect(find('quote"d')).toEqual(["$.server['quote\"d']"]);
		expect(find("line\nbreak")).toEqual(["$.server['quote\"d']"]);
		expect(search('["\\u00c9", "é", "e"]', "É")?.paths).toEqual([
			"$[0]",
			"$[1]",
		]);
	});

	test("does not find what runs over the end of a value", () => {
		expect(find('0,"server')).toEqual([]);
		expect(find("{")).toEqual([]);
	});

	test("anchors a pattern at the ends of a key or value", () => {
		expect(find("^timeout$", REGEX)).toEqual(["$.timeout", "$.list[0]"]);
		expect(find("value:^\\d{2}$", REGEX)).toEqual(["$.timeout"]);
	});

	test("marks what matched, where it was looked for", () => {
		expect(search(TEXT, "^time", REGEX)?.marked).toEqual([
			"time",
			"Time",
			"time",
		]);
		expect(search(TEXT, "key:timeout")?.marked).toEqual(["timeout"]);
		expect(search('{"a": {"b": 1}}', "path:a.b")?.marked).toEqual(["b"]);
		expect(search('{"a": "", "b": "x"}', "value:^$", REGEX)).toEqual({
			paths: ["$.a"],
			marked: [],
		});
	});

	test("tells what is wrong with a pattern", () => {
		expect(() => find("(", REGEX)).toThrow(/unterminated/i);
		expect(find("key:")).toBeUndefined();
	});

	test("finds the same by running over the source as by asking every node", () => {
		const text = fc.string({ unit: fc.constantFrom(...'ab"\\/\n éu0') });
		const value = fc.oneof(
			text,
			fc.array(text),
			fc.dictionary(text, fc.oneof(text, fc.array(text))),
		);
		fc.assert(
			fc.property(value, text, fc.boolean(), (document, typed, matchCase) => {
				const query = parseQuery(typed, { matchCase, regex: false });
				if (!query) return;
				const tree = parseTree(escapeSome(JSON.stringify(document)));
				const over = searchTree(tree, query);
				const each = searchNodes(tree, query, literalPattern(query));
				while (!over.work());
				while (!each.work());
				expect(over.nodes).toEqual(each.nodes);
			}),
			{ numRuns: 2_000, seed: 7 },
		);
	});
});

/** Writes some characters as escapes that JSON.stringify does not write. */
function escapeSome(json: string): string {
	return json.replaceAll("é", "\\u00E9").replaceAll("a/", "\\u0061\\/");
}

/** The source of a value, what is searched for, how, and what of the source is marked. */
const ESCAPED: readonly (readonly [
	source: string,
	typed: string,
	options: QueryOptions,
	marked: readonly string[],
])[] = [
	["https://x.y/?a=1\\u0026b=2", "a=1&b", ANY_CASE, ["a=1\\u0026b"]],
	["https://x.y/?a=1\\u0026b=2", "u0026B", ANY_CASE, ["u0026b"]],
	["https:\\/\\/x.y", "https://x", EXACT, ["https:\\/\\/x"]],
	["https:\\/\\/x.y", ":\\/", EXACT, [":\\/"]],
	["caf\\u00E9", "é", EXACT, ["\\u00E9"]],
	["caf\\u00e9", "É", ANY_CASE, ["\\u00e9"]],
	["caf\\u00E9", "É", EXACT, []],
	["caf\\u00E9", "\\u00E9", EXACT, ["\\u00E9"]],
	["caf\\u00E9", "\\u00e9", EXACT, []],
	["\\ud83d\\ude00!", "😀!", EXACT, ["\\ud83d\\ude00!"]],
	["😀\\u0021", "😀!", EXACT, ["😀\\u0021"]],
	["tab\\there", "b\th", EXACT, ["b\\th"]],
	["C:\\\\new", "C:\\new", EXACT, ["C:\\\\new"]],
	["C:\\\\new", "\\n", EXACT, ["\\\\n"]],
	["a\\\\u00e9", "é", EXACT, []],
	["x\\n\\u00e9", "né", EXACT, []],
	["\\u0061\\u0061\\u0061", "aa", EXACT, ["\\u0061\\u0061"]],
	['say \\"hi\\"', '"hi"', EXACT, ['\\"hi\\"']],
	["a=1\\u0026b=2", "^a=\\d&b", REGEX, ["a=1\\u0026b"]],
	["a=1\\u0026b=2", "\\\\u0026", REGEX, ["\\u0026"]],
	["caf\\u00E9 au", "é.{3}$", REGEX, ["\\u00E9 au"]],
];

describe("escapes", () => {
	test.each(ESCAPED)(
		"of the value %s, %s with %o marks %o",
		(source, typed, options, marked) => {
			const json = `{"before": 1, "value": "${source}", "after": ["x"]}`;
			const found = search(json, typed, options);
			expect(found?.paths).toEqual(marked.length > 0 ? ["$.value"] : []);
			// A tree shows overlapping matches as one.
			expect(found?.marked.join()).toContain(marked.join());
			expect(searchPlain(source, typed, options)).toEqual(marked);
		},
	);

	test("are read in keys", () => {
		expect(search('{"caf\\u00e9": 1}', "key:café")).toEqual({
			paths: ["$['café']"],
			marked: ["caf\\u00e9"],
		});
	});

	test("are found across many stretches of a long value", () => {
		const source = "x\\u0061y".repeat(20_000);
		const found = search(`["${source}"]`, "yxay");
		expect(found?.paths).toEqual(["$[0]"]);
		expect(searchPlain(source, "yxay")).toHaveLength(10_000);
	});

	test("are read in each line of a text", () => {
		const text = 'a: "\\u00e9"\r\nb: "é"\nc: "\\d\\u00e9"\r\n';
		expect(searchPlain(text, "é", EXACT)).toEqual(["\\u00e9", "é", "\\u00e9"]);
		expect(searchPlain(text, '^[ac].*é"$', REGEX)).toEqual([
			'a: "\\u00e9"',
			'c: "\\d\\u00e9"',
		]);
	});
});

describe("tags and annotations", () => {
	const tree = parseTree(
		'{"a":!Ref "Reference","b":!Sub {"Ref":flag::[!Ref 1]}}',
		undefined,
		"extended",
	);
	const nodes = (typed: string, options: QueryOptions) => {
		const query = parseQuery(typed, options);
		if (!query) throw new Error("nothing to look for");
		const finding = options.regex
			? searchNodes(tree, query, compileUserPattern(query))
			: searchTree(tree, query);
		while (!finding.work());
		return { nodes: finding.nodes, marked: spelt(tree.text, finding.marks) };
	};

	test.each([
		["!Ref", EXACT, [1, 4], ["!Ref", "!Ref"]],
		["Ref", EXACT, [1, 3, 4], ["Ref", "Ref", "Ref", "Ref"]],
		["value:Ref", EXACT, [1, 4], ["Ref", "Ref", "Ref"]],
		["key:Ref", EXACT, [3], ["Ref"]],
		["flag::", EXACT, [3], ["flag::"]],
		["^!S", REGEX, [2], ["!S"]],
		["flag", REGEX, [3], ["flag"]],
	] as const)(
		"are found as a part of the value: %s",
		(typed, options, found, marked) => {
			expect(nodes(typed, options)).toEqual({ nodes: found, marked });
		},
	);
});
