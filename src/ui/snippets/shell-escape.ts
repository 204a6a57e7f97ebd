/** Control characters, line ends, lone surrogates and bidirectional controls: a pasted call with one of them does not do what it shows. */
const UNSAFE =
	/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Whether a text can be put into code that a user will paste. */
export function isPasteSafe(text: string): boolean {
	return !UNSAFE.test(text);
}

/** One word of a POSIX shell. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02 */
export function shellQuote(text: string): string {
	if (/^[\w./:@%+,-]+$/.test(text)) return text;
	return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * A string literal in JavaScript, Python, Java and Go. In a text that is safe to paste, JSON escapes only the quote and the
 * backslash, and all four languages read these two escapes as JSON does.
 */
export function stringLiteral(text: string): string {
	return JSON.stringify(text);
}

/** A segment of a URL path. Escapes also what encodeURIComponent leaves as it is but a shell may interpret. */
export function urlSegment(text: string): string {
	return encodeURIComponent(text).replace(
		/[!'()*]/g,
		(char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}
