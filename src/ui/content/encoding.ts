/** How the bytes of a text are encoded. */
export interface TextEncoding {
	/** A label that TextDecoder knows, in its canonical form. */
	readonly encoding: string;
	readonly hasByteOrderMark: boolean;
	/** The charset parameter of the content type, as written. */
	readonly charset: string | undefined;
	/** The encoding is the declared one; otherwise it was detected from the bytes. */
	readonly isDeclared: boolean;
}

export interface DecodedText {
	/** Without a byte order mark. */
	readonly text: string;
	/** Some bytes are not valid in the encoding; U+FFFD stands in their place. */
	readonly isInvalid: boolean;
}

/**
 * The charset of the content type decides, except where it is UTF-8 or ASCII (clients that declare those may send
 * anything), where the browser does not know it, and where a byte order mark contradicts it.
 */
export function detectEncoding(
	bytes: Uint8Array,
	contentType: string,
): TextEncoding {
	const { encoding, hasByteOrderMark } = encodingOfBytes(bytes);
	const charset = charsetOf(contentType);
	const declared =
		charset && !hasByteOrderMark && !ASCII.test(charset)
			? encodingNamed(charset)
			: undefined;
	return declared && declared !== "utf-8"
		? { encoding: declared, hasByteOrderMark, charset, isDeclared: true }
		: { encoding, hasByteOrderMark, charset, isDeclared: false };
}

/** The charset parameter without quotes. https://mimesniff.spec.whatwg.org/#parse-a-mime-type */
export function charsetOf(contentType: string): string | undefined {
	const parameters = contentType.matchAll(
		/;\s*([^;=\s]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^;\s]*))/g,
	);
	const [, , quoted, single, plain] =
		[...parameters].find(([, name]) => name?.toLowerCase() === "charset") ?? [];
	const charset = (quoted?.replace(/\\(.)/g, "$1") ?? single ?? plain)?.trim();
	return charset === "" ? undefined : charset;
}

/** TextDecoder takes these labels for Windows-1252. */
const ASCII = /^(?:us-)?ascii$/i;

function encodingNamed(charset: string): string | undefined {
	try {
		return new TextDecoder(charset).encoding;
	} catch {
		// RangeError: the browser does not know it.
		return undefined;
	}
}

function encodingOfBytes(
	bytes: Uint8Array,
): Pick<TextEncoding, "encoding" | "hasByteOrderMark"> {
	const [first, second, third] = bytes;
	if (first === 0xff && second === 0xfe)
		return { encoding: "utf-16le", hasByteOrderMark: true };
	if (first === 0xfe && second === 0xff)
		return { encoding: "utf-16be", hasByteOrderMark: true };
	if (first === 0xef && second === 0xbb && third === 0xbf)
		return { encoding: "utf-8", hasByteOrderMark: true };
	return { encoding: encodingOfStart(bytes), hasByteOrderMark: false };
}

// JSON and YAML begin with an ASCII character: in UTF-16 its other byte is zero (RFC 4627 §3).
function encodingOfStart(bytes: Uint8Array): string {
	const [first = 0, second = 0, third = 0, fourth = 0] = bytes;
	if (first === 0 && second !== 0 && third === 0 && fourth !== 0)
		return "utf-16be";
	if (first !== 0 && second === 0 && third !== 0 && fourth === 0)
		return "utf-16le";
	return "utf-8";
}

/** `length`: decodes only the first bytes, without a character that is cut in two. */
export function decodeText(
	bytes: Uint8Array,
	encoding: string,
	length = bytes.length,
): DecodedText {
	const slice = bytes.subarray(0, length);
	const options = { stream: length < bytes.length };
	try {
		const decoder = new TextDecoder(encoding, { fatal: true });
		return { text: decoder.decode(slice, options), isInvalid: false };
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		const text = new TextDecoder(encoding).decode(slice, options);
		return { text, isInvalid: true };
	}
}

export interface EncodingCheck {
	/** Checks the next bytes; true when the result is known. */
	work(): boolean;
	isInvalid(): boolean;
}

/** Bytes checked in one step. */
const CHECK_STEP = 64 * 1024;

/** Checks step by step whether all bytes are valid in an encoding. */
export function checkEncoding(
	bytes: Uint8Array,
	encoding: string,
): EncodingCheck {
	const decoder = new TextDecoder(encoding, { fatal: true });
	let from = 0;
	let isInvalid = false;
	return {
		work() {
			const slice = bytes.subarray(from, from + CHECK_STEP);
			from += CHECK_STEP;
			const stream = from < bytes.length;
			try {
				decoder.decode(slice, { stream });
			} catch (error) {
				if (!(error instanceof TypeError)) throw error;
				isInvalid = true;
			}
			return isInvalid || !stream;
		},
		isInvalid: () => isInvalid,
	};
}

/** What the user should know about the encoding, in sentences. */
export function describeEncoding(
	bytes: Uint8Array,
	text: TextEncoding,
	isInvalid: boolean,
): readonly string[] {
	const { encoding, hasByteOrderMark, charset, isDeclared } = text;
	const name = encoding.toUpperCase();
	if (isDeclared) {
		// ASCII is the same in all of them but UTF-16.
		if (!encoding.startsWith("utf-16") && isAscii(bytes)) return [];
		const invalid = isInvalid
			? " Some bytes are invalid in it and shown as \ufffd. Copying the whole configuration keeps them."
			: "";
		return [
			`Decoded as ${name}: the content type declares the charset ${charset}.${invalid}`,
		];
	}
	const notes: string[] = [];
	if (charset && !ASCII.test(charset) && !encodingNamed(charset))
		notes.push(
			`The content type declares the charset ${charset}, which this browser does not know. Decoded as ${name}.`,
		);
	if (isInvalid)
		notes.push(
			`Some bytes are not ${name}: \ufffd stands in their place. Copying the whole configuration keeps them.`,
		);
	else if (encoding !== "utf-8" || hasByteOrderMark)
		notes.push(
			`Encoded as ${name}${hasByteOrderMark ? ", with a byte order mark" : ""}.`,
		);
	return notes;
}

function isAscii(bytes: Uint8Array): boolean {
	return bytes.every((byte) => byte < 0x80);
}

/** The text of bytes that are valid UTF-8 and survive a clipboard; `undefined` for others. A byte order mark is kept. */
export function toClipboardText(bytes: Uint8Array): string | undefined {
	// Platforms with NUL-terminated clipboards would cut the text there.
	if (bytes.includes(0)) return undefined;
	try {
		return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
			bytes,
		);
	} catch {
		return undefined;
	}
}
