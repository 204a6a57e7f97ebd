import { describe, expect, test } from "vitest";
import {
	MAX_MATCHES,
	parseBodyQuery,
	searchBody,
} from "../../../src/document/search/search-body.ts";

const search = (
	text: string,
	typed: string,
	scope: "all" | "key" | "value" | "path" = "all",
) => {
	const query = parseBodyQuery(typed, scope);
	return query
		? searchBody(text, query).matches.map(
				({ path, value }) => `${path} ${value}`,
			)
		: undefined;
};

const JSON_TEXT =
	'{"checkout":{"timeoutSeconds":30,"note":"30 seconds"},"limits":[{"timeoutSeconds":5}]}';

describe("a search in a body", () => {
	test("finds values by key and value, without regard to case", () => {
		expect(search(JSON_TEXT, "timeoutSeconds: 30")).toEqual([
			"$.checkout.timeoutSeconds 30",
		]);
		expect(search(JSON_TEXT, "TIMEOUT")).toEqual([
			"$.checkout.timeoutSeconds 30",
			"$.limits[0].timeoutSeconds 5",
		]);
		expect(search(JSON_TEXT, "30")).toEqual([
			"$.checkout.timeoutSeconds 30",
			'$.checkout.note "30 seconds"',
		]);
	});

	test.each([
		["https://a.example/x", '$.url "https://a.example/x"'],
		["12:30", '$.open "12:30"'],
		["url: a.example", '$.url "https://a.example/x"'],
		['"open":"12', '$.open "12:30"'],
	])("takes the colon in %s as it is meant", (typed, found) => {
		const text = '{"url":"https://a.example/x","open":"12:30","n":1230}';
		expect(search(text, typed)).toEqual([found]);
	});

	test("finds in keys, in values or in paths alone", () => {
		expect(search(JSON_TEXT, "seconds", "value")).toEqual([
			'$.checkout.note "30 seconds"',
		]);
		expect(search(JSON_TEXT, "note", "key")).toHaveLength(1);
		expect(search(JSON_TEXT, "limits[0].time", "path")).toEqual([
			"$.limits[0].timeoutSeconds 5",
		]);
	});

	test("finds a container by its key", () => {
		expect(search(JSON_TEXT, "limits", "key")).toEqual([
			'$.limits [{"timeoutSeconds":5}]',
		]);
	});

	test("finds what is written with escapes", () => {
		expect(search('{"a":"caf\\u00e9"}', "café")).toEqual(['$.a "caf\\u00e9"']);
	});

	test("finds lines of a text that is no JSON, each once", () => {
		const yaml = "a: 1\nretries: 3\n# retries of retries\nb: 2\n";
		expect(search(yaml, "retries")).toEqual([
			"line 2 retries: 3",
			"line 3 # retries of retries",
		]);
		expect(search(yaml, "retries: 3")).toEqual(["line 2 retries: 3"]);
		expect(search(yaml, "retries", "path")).toEqual([]);
	});

	test("is bounded", () => {
		const text = JSON.stringify(Array.from({ length: 300 }, () => "x"));
		const query = parseBodyQuery("x", "all");
		const found = query && searchBody(text, query);
		expect(found?.matches).toHaveLength(MAX_MATCHES);
		expect(found?.isCut).toBe(true);
	});

	test("looks for nothing when nothing is typed", () => {
		expect(search(JSON_TEXT, "  ")).toBeUndefined();
		expect(search(JSON_TEXT, "absent")).toEqual([]);
	});
});
