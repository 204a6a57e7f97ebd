// Bytes in, nothing lost: which encoding they are in, what they are, and what is said when the content type says another thing.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkEncoding } from "../../../src/ui/content/check-encoding.ts";
import {
	looksLikeFlags,
	openDocument,
} from "../../../src/ui/content/content.ts";
import { decode } from "../../../src/ui/content/encoding.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, isBig: boolean): Uint8Array {
	const bytes = new Uint8Array(text.length * 2);
	const view = new DataView(bytes.buffer);
	for (let at = 0; at < text.length; at += 1)
		view.setUint16(at * 2, text.charCodeAt(at), !isBig);
	return bytes;
}

describe("the encoding of a text", () => {
	const text = fc.string({ unit: "binary", minLength: 1 });

	test("is told by its byte order mark, which is no part of the text", () => {
		fc.assert(
			fc.property(text, (content) => {
				const marked = `\ufeff${content}`;
				for (const [encoding, bytes] of [
					["utf-8", utf8(marked)],
					["utf-16le", utf16(marked, false)],
					["utf-16be", utf16(marked, true)],
				] as const)
					expect(decode(bytes)).toEqual({
						text: content,
						encoding,
						hasMark: true,
						isInvalid: false,
					});
			}),
		);
	});

	test("is told without a mark where the text begins as a document does", () => {
		for (const content of ['{"é": 1}', "[1]", "key: välue\n"]) {
			expect(decode(utf8(content))).toMatchObject({
				text: content,
				encoding: "utf-8",
				hasMark: false,
			});
			for (const isBig of [true, false])
				expect(decode(utf16(content, isBig))).toMatchObject({
					text: content,
					encoding: isBig ? "utf-16be" : "utf-16le",
					isInvalid: false,
				});
		}
	});

	test("marks what is none of it, whole or looked at slice by slice", () => {
		const broken = Uint8Array.of(0x61, 0xff, 0x62, 0xc3, 0x28, 0x63);
		expect(decode(broken)).toMatchObject({
			text: "a\ufffdb\ufffd(c",
			isInvalid: true,
		});
		const late = new Uint8Array(200_000).fill(0x61);
		late[150_000] = 0xff;
		for (const [bytes, isInvalid] of [
			[late, true],
			[late.subarray(0, 150_000), false],
		] as const) {
			const check = checkEncoding(bytes, "utf-8");
			while (!check.work());
			expect(check.isInvalid()).toBe(isInvalid);
		}
	});

	test("does not count a character that a slice cuts in two as broken", () => {
		const bytes = utf8("é".repeat(50_000));
		const check = checkEncoding(bytes, "utf-8");
		while (!check.work());
		expect(check.isInvalid()).toBe(false);
		expect(decode(bytes, 3)).toMatchObject({ text: "é", isInvalid: false });
	});
});

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
			expect(openDocument(utf8(text), type)).toEqual({
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
			expect(openDocument(utf8(text), type)).toEqual({ kind, note: "" });
		},
	);

	test("is JSON Lines though the first line is longer than what is looked at", () => {
		const line = JSON.stringify({ text: "x".repeat(30_000) });
		const kind = (text: string) =>
			openDocument(utf8(text), "application/octet-stream").kind;
		expect(kind(`${line}\n${line}\n`)).toBe("json-lines");
		expect(kind(`\n ${line}\r\n${line}`)).toBe("json-lines");
		expect(kind(`${line}\n`)).toBe("json");
		expect(kind(line)).toBe("json");
		expect(kind(`[${line},\n${line}]`)).toBe("json");
		expect(kind(JSON.stringify(JSON.parse(line), undefined, 1))).toBe("json");
	});

	test("of binary Ion is bytes, and explained", () => {
		const ion = Uint8Array.of(0xe0, 0x01, 0x00, 0xea, 0x21, 0x01);
		const { kind, note } = openDocument(ion, "application/ion");
		expect(kind).toBe("binary");
		expect(note).toContain("binary form");
	});

	test("is flags by the beginning of a long document, and not by one member that is none", () => {
		const flag = { enabled: true, text: "x".repeat(500) };
		const many = Object.fromEntries(
			Array.from({ length: 50 }, (_, index) => [`flag ${index}`, flag]),
		);
		expect(looksLikeFlags(utf8(JSON.stringify(many)))).toBe(true);
		expect(looksLikeFlags(utf8(JSON.stringify({ ...many, a: 1 })))).toBe(true);
		expect(looksLikeFlags(utf8(JSON.stringify({ a: 1, ...many })))).toBe(false);
		expect(looksLikeFlags(utf8("{}"))).toBe(false);
	});

	test("is flags though the first of them is long, and what it is stands at its end", () => {
		const texts = Array.from({ length: 12 }, () => "x".repeat(1000));
		const document = { first: { texts, enabled: true }, more: { texts } };
		expect(looksLikeFlags(utf8(JSON.stringify(document)))).toBe(true);
	});
});
