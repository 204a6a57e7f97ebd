// A body decoded for a comparison: no two bodies become the same text by what their encoding cannot say.
import type { Content } from "../content/content.ts";

export interface SourceText {
	/** Without a byte order mark. A byte that is not of the encoding is a lone surrogate: U+DC80 and up. */
	readonly text: string;
	/** As TextDecoder names it. */
	readonly encoding: string;
	readonly hasByteOrderMark: boolean;
	/** The bytes that are not of the encoding: hexadecimal and in order of Unicode's, else `some`. Empty without any. */
	readonly invalidBytes: string;
}

export function decodeLosslessly(content: Content): SourceText {
	const { encoding, hasByteOrderMark } = content.encoding;
	const { text, isInvalid } = content.decode();
	return isInvalid
		? {
				...decodeBroken(content.bytes, encoding, hasByteOrderMark),
				encoding,
				hasByteOrderMark,
			}
		: { text, encoding, hasByteOrderMark, invalidBytes: "" };
}

function decodeBroken(
	body: Uint8Array,
	encoding: string,
	hasMark: boolean,
): Pick<SourceText, "text" | "invalidBytes"> {
	if (encoding.startsWith("utf-16")) {
		const start = hasMark ? 2 : 0;
		return decodeUtf16(body.subarray(start), encoding === "utf-16be");
	}
	if (encoding === "utf-8") return decodeUtf8(body.subarray(hasMark ? 3 : 0));
	// Of other encodings it is not known where a character begins, nor then which bytes are none.
	return { text: new TextDecoder(encoding).decode(body), invalidBytes: "some" };
}

/** As Python's surrogateescape does it (PEP 383). */
function decodeUtf8(
	bytes: Uint8Array,
): Pick<SourceText, "text" | "invalidBytes"> {
	const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
	const parts: string[] = [];
	const invalid: string[] = [];
	let from = 0;
	for (let at = 0; at <= bytes.length; ) {
		const length = at < bytes.length ? validLength(bytes, at) : 0;
		if (length > 0) {
			at += length;
			continue;
		}
		parts.push(decoder.decode(bytes.subarray(from, at)));
		const byte = bytes[at];
		if (byte !== undefined) {
			parts.push(String.fromCharCode(0xdc00 + byte));
			invalid.push(byte.toString(16));
		}
		at += 1;
		from = at;
	}
	return { text: parts.join(""), invalidBytes: invalid.join(" ") };
}

/** Bytes of the UTF-8 character that begins there; 0 where none does. https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/#G27506 */
function validLength(bytes: Uint8Array, at: number): number {
	const first = bytes[at] ?? 0;
	if (first < 0x80) return 1;
	const second = bytes[at + 1] ?? 0;
	const third = bytes[at + 2] ?? 0;
	const fourth = bytes[at + 3] ?? 0;
	if (first < 0xc2 || first > 0xf4 || !isTail(second)) return 0;
	if (first < 0xe0) return 2;
	if (first === 0xe0 && second < 0xa0) return 0;
	if (first === 0xed && second >= 0xa0) return 0;
	if (!isTail(third)) return 0;
	if (first < 0xf0) return 3;
	if (first === 0xf0 && second < 0x90) return 0;
	if (first === 0xf4 && second >= 0x90) return 0;
	return isTail(fourth) ? 4 : 0;
}

function isTail(byte: number): boolean {
	return byte >= 0x80 && byte < 0xc0;
}

/** Lone surrogates stay what they are. */
function decodeUtf16(
	bytes: Uint8Array,
	isBig: boolean,
): Pick<SourceText, "text" | "invalidBytes"> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const parts: string[] = [];
	for (let at = 0; at + 1 < bytes.length; at += 2)
		parts.push(String.fromCharCode(view.getUint16(at, !isBig)));
	const rest = bytes.length % 2 === 1 ? bytes.at(-1) : undefined;
	const text = parts.join("");
	const lone = text.match(/\p{Cs}/gu) ?? [];
	const invalid = lone.map((unit) => unit.charCodeAt(0).toString(16));
	if (rest === undefined) return { text, invalidBytes: invalid.join(" ") };
	return {
		text: `${text}${String.fromCharCode(0xdc00 + rest)}`,
		invalidBytes: [...invalid, `end ${rest.toString(16)}`].join(" "),
	};
}
