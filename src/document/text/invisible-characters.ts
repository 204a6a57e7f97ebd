/** Controls but tab and line breaks, format characters (direction, zero width), separators of lines, lone surrogates. */
const INVISIBLE = /(?![\t\r\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
/** Between emoji a joiner is part of how one emoji is written. */
const JOINER =
	/(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)\u200D(?=\p{Extended_Pictographic})/u;
/** The flags of England, Scotland and Wales. Other tags after a flag are a text that nobody sees. */
const TAGGED_FLAG =
	/\u{1F3F4}\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}/u;
const SPECIAL = new RegExp(
	`(?<emoji>${TAGGED_FLAG.source}|${JOINER.source})|${INVISIBLE.source}`,
	"gu",
);

/** Most texts, told fast. */
const PLAIN = /^[ -~\t\r\n]*$/;

/** For sure nothing in it that cannot be seen; of other texts, `stretches` knows. */
export function isPrintableAscii(text: string): boolean {
	return PLAIN.test(text);
}

export interface TextSegment {
	readonly text: string;
	/** The text is one invisible character, and this is how it is written, `\u{200B}`. */
	readonly escape?: string;
}

/** The whole text in order; a text without such characters is a single stretch. */
export function splitInvisible(text: string): readonly TextSegment[] {
	if (isPrintableAscii(text)) return [{ text }];
	const found: TextSegment[] = [];
	let from = 0;
	for (const { 0: char, index, groups } of text.matchAll(SPECIAL)) {
		if (groups?.emoji) continue;
		if (index > from) found.push({ text: text.slice(from, index) });
		found.push({ text: char, escape: toEscape(char.codePointAt(0) ?? 0) });
		from = index + char.length;
	}
	if (from === 0) return [{ text }];
	if (from < text.length) found.push({ text: text.slice(from) });
	return found;
}

/** Lone surrogates from U+DC80 on stand for bytes that are not of the encoding (ui/diff/parse-input.ts). */
function toEscape(code: number): string {
	const hex = code.toString(16).toUpperCase();
	return code >= 0xdc80 && code <= 0xdcff
		? `\\x${hex.slice(2)}`
		: `\\u{${hex}}`;
}
