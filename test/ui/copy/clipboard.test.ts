import fc from "fast-check";
import { expect, test } from "vitest";
import { toBase64, toHex } from "../../../src/storage/byte-encoding.ts";
import { toClipboardText } from "../../../src/ui/content/encoding.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

test.each([
	["markup", '<b>&lt;"'],
	["an emoji", "Ship it 🚀"],
	["CRLF and LF", "a\r\nb\nc\r"],
	["a byte order mark", "\uFEFF{}"],
	["no newline at the end", "{}"],
	["nothing at all", ""],
])("text with %s goes to the clipboard byte for byte", (_what, text) => {
	expect(toClipboardText(bytesOf(text))).toBe(text);
});

test.each([
	["Latin-1", [0x66, 0xfc, 0x72]],
	["half a character", [0xe2, 0x82]],
	["a surrogate", [0xed, 0xa0, 0x80]],
	["a NUL, where some clipboards end", [0x61, 0x00, 0x62]],
])("bytes with %s are not copied as text", (_what, bytes) => {
	expect(toClipboardText(Uint8Array.from(bytes))).toBeUndefined();
});

test("any copied text encodes to the same bytes again", () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
			const text = toClipboardText(bytes);
			if (text !== undefined) expect(bytesOf(text)).toEqual(bytes);
		}),
	);
});

test("Base64 and hex match Node's at any length", () => {
	const lengths = fc.constantFrom(0, 1, 2, 3, 24_575, 24_576, 24_577, 50_000);
	fc.assert(
		fc.property(lengths, fc.nat(255), (length, start) => {
			const bytes = Uint8Array.from({ length }, (_, at) => (start + at) % 256);
			const buffer = Buffer.from(bytes);
			expect(toBase64(bytes)).toBe(buffer.toString("base64"));
			expect(toHex(bytes)).toBe(buffer.toString("hex"));
		}),
		{ numRuns: 24 },
	);
});
