// The charset that a content type declares is the one that a body is decoded by.
import { describe, expect, test } from "vitest";
import { charsetOf, toUtf8 } from "../../../src/ui/content/charset.ts";
import { openDocument } from "../../../src/ui/content/content.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) =>
	Uint8Array.from(text, (char) => char.charCodeAt(0));
const wide = (text: string, isBig = false) => {
	const bytes = new Uint8Array(text.length * 2);
	const view = new DataView(bytes.buffer);
	for (let at = 0; at < text.length; at += 1)
		view.setUint16(at * 2, text.charCodeAt(at), !isBig);
	return bytes;
};
const textOf = (body: Uint8Array, contentType: string) =>
	new TextDecoder().decode(toUtf8(body, contentType).body);

describe("the charset of a content type", () => {
	test.each([
		["text/plain; charset=iso-8859-1", "iso-8859-1"],
		['text/plain;charset="utf-16le"', "utf-16le"],
		["text/plain; format=flowed; Charset = UTF-8 ; x=y", "UTF-8"],
		["text/plain; charset='latin1'", "latin1"],
		["text/plain; charset=", undefined],
		["text/plain; xcharset=a", undefined],
		["text/plain", undefined],
		['text/plain; x="; charset=utf-16"; charset=utf-8', "utf-8"],
		["text/plain; charset=utf-8; charset=utf-16", "utf-8"],
	])("%j is %j", (contentType, charset) => {
		expect(charsetOf(contentType)).toBe(charset);
	});

	test.each([
		["iso-8859-1", latin1("käse\n"), "käse\n"],
		["windows-1252", latin1("§1"), "§1"],
		["ISO-8859-15", Uint8Array.of(0xa4), "€"],
		["utf-16le", wide("käse"), "käse"],
		["utf-16le", wide("é\n"), "é\n"],
		["utf-16be", wide("hi", true), "hi"],
		["utf-16", wide("hi"), "hi"],
		["shift_jis", Uint8Array.of(0x83, 0x65, 0x83, 0x58), "テス"],
		["koi8-r", Uint8Array.of(0xc1), "а"],
		["us-ascii", utf8("käse"), "käse"],
		["utf-8", utf8("käse"), "käse"],
		["unheard-of", utf8("käse"), "käse"],
	])("%s decodes a body", (charset, body, text) => {
		const contentType = `text/plain; charset=${charset}`;
		expect(textOf(body, contentType)).toBe(text);
		expect(openDocument(body, contentType).kind).toBe("text");
	});

	test("gives way to a byte order mark", () => {
		const body = utf8("\ufeffkäse");
		expect(toUtf8(body, "text/plain; charset=iso-8859-1").body).toBe(body);
	});

	test("is told where it decides, and where no browser knows it", () => {
		const note = (body: Uint8Array, charset: string) =>
			toUtf8(body, `text/plain; charset=${charset}`).note;
		expect(note(latin1("é"), "iso-8859-1")).toBe(
			"Decoded as WINDOWS-1252: the content type declares the charset iso-8859-1.",
		);
		expect(note(utf8("é"), "unheard-of")).toBe(
			"The content type declares the charset unheard-of, which this browser does not know. Decoded as UTF-8.",
		);
		expect(note(Uint8Array.of(0x83), "shift_jis")).toContain("\ufffd");
		expect(note(utf8("plain"), "iso-8859-1")).toBe("");
		expect(note(utf8("é"), "utf-8")).toBe("");
	});

	test("tells what a document is, too", () => {
		const kind = (body: Uint8Array, contentType: string) =>
			openDocument(body, contentType).kind;
		expect(kind(wide('"é"'), "application/json; charset=utf-16le")).toBe(
			"json",
		);
		expect(
			kind(wide("é: 1\nb: 2\n"), "application/octet-stream; charset=utf-16le"),
		).toBe("yaml");
	});

	test("makes the same body of the same body", () => {
		const body = latin1("é");
		const contentType = "text/plain; charset=iso-8859-1";
		expect(toUtf8(body, contentType).body).toBe(toUtf8(body, contentType).body);
	});
});

test("a replacement character that was sent is no damage", () => {
	const contentType = "text/plain; charset=utf-16le";
	expect(toUtf8(wide("a\ufffd"), contentType).note).not.toContain("Some bytes");
	expect(toUtf8(wide("a\udc00"), contentType).note).toContain("Some bytes");
});
