/** A text that others wrote (a service, a file, another person), in pieces that can be shown on one line. */
export interface TextPiece {
	readonly text: string;
	/** `text` is the escape of one character that is invisible or moves others: `\u{202E}`. */
	readonly isEscape?: true;
}

// The joiner and the variation selector between emoji are part of how one emoji is written.
const EMOJI_JOINT =
	"(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F])\\u200D(?=\\p{Extended_Pictographic})|(?<=\\p{Emoji})\\uFE0F";
/** Controls with tabs and line breaks, format characters, lone surrogates, and what Unicode says to draw as nothing. */
const INVISIBLE = new RegExp(
	`(?!${EMOJI_JOINT})[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u2800]`,
	"gu",
);
const PLAIN = /^[ -~]*$/;

/** The whole text in order; a text without such characters is a single piece. */
export function splitUntrustedText(text: string): readonly TextPiece[] {
	if (PLAIN.test(text)) return [{ text }];
	const pieces: TextPiece[] = [];
	let from = 0;
	for (const { 0: char, index } of text.matchAll(INVISIBLE)) {
		if (index > from) pieces.push({ text: text.slice(from, index) });
		pieces.push({ text: escapeOf(char), isEscape: true });
		from = index + char.length;
	}
	if (from < text.length || pieces.length === 0)
		pieces.push({ text: text.slice(from) });
	return pieces;
}

/** For places that take no elements: titles, options, accessible names, sentences. */
export function escapeInvisible(text: string): string {
	return PLAIN.test(text) ? text : text.replace(INVISIBLE, escapeOf);
}

function escapeOf(char: string): string {
	const code = char.codePointAt(0) ?? 0;
	return `\\u{${code.toString(16).toUpperCase().padStart(2, "0")}}`;
}
