// Bytes to text, and what was met on the way: which encoding, a byte order mark, sequences that are none.

export interface Decoded {
	readonly text: string;
	/** A label that TextDecoder knows. */
	readonly encoding: "utf-8" | "utf-16le" | "utf-16be";
	readonly hasMark: boolean;
	/** Some bytes are not of the encoding; U+FFFD stands in their place. */
	readonly isInvalid: boolean;
}

/** `length`: only the first bytes, without a character that they cut in two. */
export function decode(bytes: Uint8Array, length?: number): Decoded {
	const { encoding, hasMark } = encodingOf(bytes);
	const isPart = length !== undefined && length < bytes.length;
	const slice = isPart ? bytes.subarray(0, length) : bytes;
	const options = { stream: isPart };
	try {
		const text = new TextDecoder(encoding, { fatal: true }).decode(
			slice,
			options,
		);
		return { text, encoding, hasMark, isInvalid: false };
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		const text = new TextDecoder(encoding).decode(slice, options);
		return { text, encoding, hasMark, isInvalid: true };
	}
}

export function encodingOf(
	bytes: Uint8Array,
): Pick<Decoded, "encoding" | "hasMark"> {
	const [first, second, third] = bytes;
	if (first === 0xff && second === 0xfe)
		return { encoding: "utf-16le", hasMark: true };
	if (first === 0xfe && second === 0xff)
		return { encoding: "utf-16be", hasMark: true };
	if (first === 0xef && second === 0xbb && third === 0xbf)
		return { encoding: "utf-8", hasMark: true };
	return { encoding: unmarked(bytes), hasMark: false };
}

// JSON and YAML begin with an ASCII character: in UTF-16 its other byte is zero (RFC 4627 §3).
function unmarked(bytes: Uint8Array): Decoded["encoding"] {
	const [first = 0, second = 0, third = 0, fourth = 0] = bytes;
	if (first === 0 && second !== 0 && third === 0 && fourth !== 0)
		return "utf-16be";
	if (first !== 0 && second === 0 && third !== 0 && fourth === 0)
		return "utf-16le";
	return "utf-8";
}
