import { describe, expect, test } from "vitest";
import { openContent } from "../../../src/ui/content/content.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const open = (text: string, contentType: string) => {
	const { kind, note } = openContent(utf8(text), contentType);
	return { kind, note };
};
const looksLikeFlags = (text: string) =>
	openContent(utf8(text), "application/json").looksLikeFlags;

describe("the kind of a document", () => {
	test.each([
		["text/plain", '{"a": 1}', "json", "JSON"],
		["application/x-yaml", '{"a": 1}', "json", "JSON"],
		["application/json", "<?xml version='1.0'?><a/>", "xml", "XML"],
		["application/json", "\u0000\u0001\u0002\u0003", "binary", "binary data"],
		["application/json", "$ion_1_0 {a: 1}", "ion", "Ion"],
		["application/json", '{"a": 1}\n{"a": 2}\n', "json-lines", "JSON Lines"],
		["text/plain", '{"a": 1}\n{"a": 2}\n', "json-lines", "JSON Lines"],
	] as const)(
		"declared %s, by its content %j is %s, and that is said",
		(type, text, kind, name) => {
			expect(open(text, type)).toEqual({
				kind,
				note: `The content type is ${type}, but the content is ${name}.`,
			});
		},
	);

	test.each([
		["application/json; charset=utf-8", '{"a": 1}', "json"],
		["application/vnd.shop+json", "[]", "json"],
		["application/json", '{"broken": ', "json"],
		["text/plain", "a: 1\nb: 2\n", "text"],
		["text/plain", '{"a": 1, "b": nul}', "text"],
		["application/x-yaml", "- just one line", "yaml"],
		["application/octet-stream", '{"a": 1}', "json"],
		["application/octet-stream", '{"a": 1, "b": nul}', "json"],
		["application/octet-stream", "[2026-01-01] a line of a log", "text"],
		["application/octet-stream", "{ color: red }", "text"],
		["", "a: 1\nb: 2\n", "yaml"],
		["application/toml", "[[products]]\nname = 1\n", "text"],
		["text/x-java-properties", "a.b = c\n", "text"],
		["application/ion", "{a: 1}", "ion"],
		["application/ion", '{"a": 1}\n{"a": 2}', "ion"],
		["application/ion; type=AWS.AppConfig.FeatureFlags", "{a: 1}", "ion"],
		["application/x-ion", "{a: 1}", "ion"],
		["text/json", '{"broken": ', "json"],
		["text/json", "broken", "json"],
		["text/x-json; charset=utf-8", '{"a": 1, "b": nul}', "json"],
		["application/x-json", "{", "json"],
		["application/x-ndjson", '{"a": 1}\n{"a": 2}', "json-lines"],
		["application/x-ndjson", '{"a": 1}', "json-lines"],
		["application/x-ndjson", '{"a": 1}\n{"a": nul}', "json-lines"],
		["application/jsonl; charset=utf-8", '{"a": 1}\n[2]', "json-lines"],
		["application/x-jsonlines", "1\n2", "json-lines"],
		["application/stream+json", '{"a": 1}\n{"a": 2}', "json-lines"],
		["application/octet-stream", '{"a": 1}\n{"a": 2}\n', "json-lines"],
		["application/octet-stream", '{"a": 1}\r\n\r\n{"a": 2}\r\n', "json-lines"],
		["application/octet-stream", "[1]\n[2]\n", "json-lines"],
		["application/octet-stream", '{"a": 1}\n{"a": 2', "json-lines"],
		["application/octet-stream", '{"a": 1}\nand more', "json"],
		["application/octet-stream", '{"a": 1}\n', "json"],
		["application/octet-stream", '{"a":\n1}\n', "json"],
		["application/octet-stream", "- name: a", "yaml"],
		["application/octet-stream", "Note: this is text", "text"],
		[
			"application/octet-stream",
			"--- a/x.yaml\n+++ b/x.yaml\n@@ -1 +1 @@\n-a: 1\n+a: 2\n",
			"text",
		],
	] as const)(
		"declared %j, %j is %s, and nothing is said",
		(type, text, kind) => {
			expect(open(text, type)).toEqual({ kind, note: "" });
		},
	);

	test("is JSON Lines though the first line is longer than what is looked at", () => {
		const line = JSON.stringify({ text: "x".repeat(30_000) });
		const kind = (text: string) => open(text, "application/octet-stream").kind;
		expect(kind(`${line}\n${line}\n`)).toBe("json-lines");
		expect(kind(`\n ${line}\r\n${line}`)).toBe("json-lines");
		expect(kind(`${line}\n`)).toBe("json");
		expect(kind(line)).toBe("json");
		expect(kind(`[${line},\n${line}]`)).toBe("json");
		expect(kind(JSON.stringify(JSON.parse(line), undefined, 1))).toBe("json");
	});

	test("of binary Ion is bytes, and explained", () => {
		const ion = Uint8Array.of(0xe0, 0x01, 0x00, 0xea, 0x21, 0x01);
		const { kind, note } = openContent(ion, "application/ion");
		expect(kind).toBe("binary");
		expect(note).toContain("binary form");
	});

	test("is flags by the beginning of a long document, and not by one member that is none", () => {
		const flag = { enabled: true, text: "x".repeat(500) };
		const many = Object.fromEntries(
			Array.from({ length: 50 }, (_, index) => [`flag ${index}`, flag]),
		);
		expect(looksLikeFlags(JSON.stringify(many))).toBe(true);
		expect(looksLikeFlags(JSON.stringify({ ...many, a: 1 }))).toBe(true);
		expect(looksLikeFlags(JSON.stringify({ a: 1, ...many }))).toBe(false);
		expect(looksLikeFlags("{}")).toBe(false);
	});

	test("is flags though the first of them is long, and what it is stands at its end", () => {
		const texts = Array.from({ length: 12 }, () => "x".repeat(1000));
		const document = { first: { texts, enabled: true }, more: { texts } };
		expect(looksLikeFlags(JSON.stringify(document))).toBe(true);
	});
});
