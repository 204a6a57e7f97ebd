import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openContent } from "../../../src/ui/content/content.ts";
import {
	charsetOf,
	checkEncoding,
	decodeText,
	describeEncoding,
	detectEncoding,
} from "../../../src/ui/content/encoding.ts";

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
/** Decoded without a content type. */
const decode = (bytes: Uint8Array, length?: number) => {
	const { encoding, hasByteOrderMark } = detectEncoding(bytes, "");
	const { text, isInvalid } = decodeText(bytes, encoding, length);
	return { text, encoding, hasByteOrderMark, isInvalid };
};
const textOf = (body: Uint8Array, contentType: string) =>
	openContent(body, contentType).decode().text;
const notesOf = (body: Uint8Array, contentType: string) => {
	const { encoding } = detectEncoding(body, contentType);
	const { isInvalid } = decodeText(body, encoding);
	return describeEncoding(
		body,
		detectEncoding(body, contentType),
		isInvalid,
	).join("\n");
};

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
		expect(openContent(body, contentType).kind).toBe("text");
	});

	test("gives way to a byte order mark", () => {
		const body = utf8("\ufeffkäse");
		expect(textOf(body, "text/plain; charset=iso-8859-1")).toBe("käse");
	});

	test("is told where it decides, and where no browser knows it", () => {
		const note = (body: Uint8Array, charset: string) =>
			notesOf(body, `text/plain; charset=${charset}`);
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
			openContent(body, contentType).kind;
		expect(kind(wide('"é"'), "application/json; charset=utf-16le")).toBe(
			"json",
		);
		expect(
			kind(wide("é: 1\nb: 2\n"), "application/octet-stream; charset=utf-16le"),
		).toBe("yaml");
	});
});

test("a replacement character that was sent is no damage", () => {
	const contentType = "text/plain; charset=utf-16le";
	expect(notesOf(wide("a\ufffd"), contentType)).not.toContain("Some bytes");
	expect(notesOf(wide("a\udc00"), contentType)).toContain("Some bytes");
});

describe("the encoding of a text", () => {
	const text = fc.string({ unit: "binary", minLength: 1 });

	test("is told by its byte order mark, which is no part of the text", () => {
		fc.assert(
			fc.property(text, (content) => {
				const marked = `\ufeff${content}`;
				for (const [encoding, bytes] of [
					["utf-8", utf8(marked)],
					["utf-16le", wide(marked, false)],
					["utf-16be", wide(marked, true)],
				] as const)
					expect(decode(bytes)).toEqual({
						text: content,
						encoding,
						hasByteOrderMark: true,
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
				hasByteOrderMark: false,
			});
			for (const isBig of [true, false])
				expect(decode(wide(content, isBig))).toMatchObject({
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
