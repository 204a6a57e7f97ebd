/** A part of a text from a service, a file or another person, to be shown on one line. */
export interface TextPiece {
	readonly text: string;
	/** `text` is the escape of a character that is invisible or reorders others: `\u{202E}`. */
	readonly isEscape?: true;
}

// Joiners and variation selectors between emoji are part of one emoji.
const EMOJI_JOINT =
	"(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F])\\u200D(?=\\p{Extended_Pictographic})|(?<=\\p{Emoji})\\uFE0F";
/** Controls (tabs and line breaks too), format characters, lone surrogates, and what Unicode calls default ignorable. */
const INVISIBLE = new RegExp(
	`(?!${EMOJI_JOINT})[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u2800]`,
	"gu",
);
const PLAIN = /^[ -~]*$/;

/** Splits a text at its invisible characters, which become escapes. Other texts are a single piece. */
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

/** For places that take no elements: titles, options, accessible names. */
export function escapeInvisible(text: string): string {
	return PLAIN.test(text) ? text : text.replace(INVISIBLE, escapeOf);
}

function escapeOf(char: string): string {
	const code = char.codePointAt(0) ?? 0;
	return `\\u{${code.toString(16).toUpperCase().padStart(2, "0")}}`;
}
