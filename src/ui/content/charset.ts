// The charset that a content type declares, and bodies decoded by it.
import { encodingOf } from "./encoding.ts";

export interface Transcoded {
	/** In UTF-8; what was given, where nothing else than that is declared. */
	readonly body: Uint8Array;
	/** What the user should know about it; empty when there is nothing to say. */
	readonly note: string;
}

/** As written in the content type, without quotes. https://mimesniff.spec.whatwg.org/#parse-a-mime-type */
export function charsetOf(contentType: string): string | undefined {
	const parameters = contentType.matchAll(
		/;\s*([^;=\s]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^;\s]*))/g,
	);
	const [, , quoted, single, plain] =
		[...parameters].find(([, name]) => name?.toLowerCase() === "charset") ?? [];
	const charset = (quoted?.replace(/\\(.)/g, "$1") ?? single ?? plain)?.trim();
	return charset === "" ? undefined : charset;
}

/**
 * The encoding that is declared, as TextDecoder names it: `undefined` where bytes are to be looked at instead, because
 * nothing is declared, UTF-8 or its part ASCII is, or a byte order mark says it better.
 */
export function declaredEncoding(
	bytes: Uint8Array,
	contentType: string,
): string | undefined {
	const charset = charsetOf(contentType);
	if (!charset || ASCII.test(charset) || encodingOf(bytes).hasMark)
		return undefined;
	const encoding = encodingNamed(charset);
	return encoding === "utf-8" ? undefined : encoding;
}

/** To TextDecoder these are Windows-1252; whoever declares them may well send UTF-8. */
const ASCII = /^(?:us-)?ascii$/i;

function encodingNamed(charset: string): string | undefined {
	try {
		return new TextDecoder(charset).encoding;
	} catch {
		// RangeError: no browser knows it.
		return undefined;
	}
}

const transcoded = new WeakMap<
	Uint8Array,
	{ readonly contentType: string; readonly result: Transcoded }
>();

/** The same object for the same bytes and content type: what is known of it by its identity stays known. */
export function toUtf8(body: Uint8Array, contentType: string): Transcoded {
	if (!/charset/i.test(contentType)) return { body, note: "" };
	const known = transcoded.get(body);
	if (known?.contentType === contentType) return known.result;
	const result = transcode(body, contentType);
	transcoded.set(body, { contentType, result });
	return result;
}

function transcode(body: Uint8Array, contentType: string): Transcoded {
	const charset = charsetOf(contentType);
	const encoding = declaredEncoding(body, contentType);
	if (!charset || !encoding)
		return { body, note: charset ? noteOnUnknown(body, charset) : "" };
	if (!encoding.startsWith("utf-16") && isAscii(body))
		return { body, note: "" };
	const text = new TextDecoder(encoding).decode(body);
	const isInvalid = text.includes("\ufffd") && !isOf(encoding, body);
	return {
		body: new TextEncoder().encode(text),
		note: `Decoded as ${encoding.toUpperCase()}: the content type declares the charset ${charset}.${
			isInvalid
				? " Some bytes are invalid in it and shown as \ufffd. Copying the whole configuration keeps them."
				: ""
		}`,
	};
}

function noteOnUnknown(body: Uint8Array, charset: string): string {
	if (ASCII.test(charset) || encodingNamed(charset)) return "";
	const encoding = encodingOf(body).encoding.toUpperCase();
	return `The content type declares the charset ${charset}, which this browser does not know. Decoded as ${encoding}.`;
}

/** The replacement character may well be part of the text. */
function isOf(encoding: string, body: Uint8Array): boolean {
	try {
		new TextDecoder(encoding, { fatal: true }).decode(body);
		return true;
	} catch {
		// TypeError: some bytes are not.
		return false;
	}
}

function isAscii(body: Uint8Array): boolean {
	return body.every((byte) => byte < 0x80);
}
