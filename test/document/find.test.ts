// Finding: keys, values and paths, as text and as patterns.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findEach, findText } from "../../src/document/find.ts";
import { pathOf, writePath } from "../../src/document/paths.ts";
import { parseQuery } from "../../src/document/query.ts";
import { read } from "../../src/document/reader.ts";

const TEXT = JSON.stringify({
	timeout: 30,
	server: { host: "Timeout.example", 'quote"d': "line\nbreak é" },
	list: ["timeout", 300, true],
});

function find(typed: string, options = { matchCase: false, regex: false }) {
	const tree = read(TEXT);
	const query = parseQuery(typed, options);
	if (!query || typeof query === "string") return query;
	const finding = (options.regex ? findEach : findText)(tree, query);
	while (!finding.work());
	return finding.nodes.map((node) => writePath(pathOf(tree, node), "JSONPath"));
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
		expect(find("Timeout", { matchCase: true, regex: false })).toEqual([
			"$.server.host",
		]);
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
		const query = parseQuery("É", { matchCase: false, regex: false });
		if (!query || typeof query === "string") throw new Error("no query");
		const finding = findText(read('["\\u00c9", "é", "e"]'), query);
		while (!finding.work());
		expect(finding.nodes).toEqual([1, 2]);
	});

	test("does not find what runs over the end of a value", () => {
		expect(find('0,"server')).toEqual([]);
		expect(find("{")).toEqual([]);
	});

	test("anchors a pattern at the ends of a key or value", () => {
		const regex = { matchCase: false, regex: true };
		expect(find("^timeout$", regex)).toEqual(["$.timeout", "$.list[0]"]);
		expect(find("value:^\\d{2}$", regex)).toEqual(["$.timeout"]);
	});

	test("tells what is wrong with a pattern", () => {
		expect(find("(", { matchCase: false, regex: true })).toMatch(
			/unterminated/i,
		);
		expect(find("key:")).toBeUndefined();
	});

	test("finds the same by running over the source as by asking every node", () => {
		const text = fc.string({ unit: fc.constantFrom(...'ab"\\/\n é') });
		const value = fc.oneof(
			text,
			fc.array(text),
			fc.dictionary(text, fc.oneof(text, fc.array(text))),
		);
		fc.assert(
			fc.property(value, text, (document, needle) => {
				const query = parseQuery(needle, { matchCase: true, regex: false });
				if (!query || typeof query === "string") return;
				const tree = read(JSON.stringify(document));
				const [over, each] = [findText(tree, query), findEach(tree, query)];
				while (!over.work());
				while (!each.work());
				// Only the other way round may there be more: a match may begin within an escape.
				expect(each.nodes).toEqual(expect.arrayContaining(over.nodes));
				expect(over.nodes).toEqual(expect.arrayContaining(each.nodes));
			}),
			{ numRuns: 2_000 },
		);
	});
});
