// How a text is written where shells, languages and URLs take one, so that it means itself and nothing else.

/** Controls, line ends, half characters, and what turns the direction of a text: a pasted call that hides one would do something else than it shows. */
const UNSAFE =
	/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Whether a text can stand in a call that somebody will paste. */
export function isPasteSafe(text: string): boolean {
	return !UNSAFE.test(text);
}

/** One word of a POSIX shell. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02 */
export function shellQuote(text: string): string {
	if (/^[\w./:@%+,-]+$/.test(text)) return text;
	return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * A string literal of JavaScript, Python, Java and Go alike: of a text that is fit, JSON escapes the quote and the backslash
 * alone, and all four read those two escapes as JSON does.
 */
export function stringLiteral(text: string): string {
	return JSON.stringify(text);
}

/** A segment of a URL's path that stands in single quotes: also what encodeURIComponent leaves, but shells and people stumble over. */
export function urlSegment(text: string): string {
	return encodeURIComponent(text).replace(
		/[!'()*]/g,
		(char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}
