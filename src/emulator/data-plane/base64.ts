// Percent-encoded base64 read into bytes that are there already, in one pass: a token stands so in every poll's query.

const ALPHABET =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES = new Int8Array(128).fill(-1);
for (let value = 0; value < 62; value += 1)
	VALUES[ALPHABET.charCodeAt(value)] = value;
const PERCENT = 0x25;

/**
 * Fills `bytes`, whose length is a multiple of three, from `at` on; answers where it stopped reading, or -1. Takes one
 * spelling only (`%2B`, `%2F`, never `+` or `/` themselves), so that one content has one text.
 */
export function decodeBase64(text: string, at: number, bytes: Buffer): number {
	let next = at;
	for (let filled = 0; filled < bytes.length; filled += 3) {
		let group = 0;
		for (let character = 0; character < 4; character += 1) {
			const code = text.charCodeAt(next);
			const escaped = code === PERCENT;
			const value = escaped ? escapedValue(text, next) : (VALUES[code] ?? -1);
			if (value < 0) return -1;
			group = (group << 6) | value;
			next += escaped ? 3 : 1;
		}
		bytes[filled] = group >> 16;
		bytes[filled + 1] = (group >> 8) & 255;
		bytes[filled + 2] = group & 255;
	}
	return next;
}

function escapedValue(text: string, at: number): number {
	const escaped = text.slice(at, at + 3);
	if (escaped === "%2B") return 62;
	return escaped === "%2F" ? 63 : -1;
}
