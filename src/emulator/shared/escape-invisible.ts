/**
 * Characters that steer a terminal or reorder and hide text: C0 and C1 controls, line and paragraph separators,
 * direction marks, embeddings and isolates, zero-width characters but the joiners (emoji and Persian need them), lone
 * surrogates, interlinear and tag characters.
 */
const INVISIBLE =
	/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Most texts; told fast. */
const PRINTABLE_ASCII = /^[ -~]*$/;

/** Text of others as it may be printed: each such character as an escape, `\u{202E}`. */
export function escapeInvisible(text: string): string {
	if (PRINTABLE_ASCII.test(text)) return text;
	return text.replace(
		INVISIBLE,
		(character) =>
			`\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
	);
}

/** JSON whose value stays the same, with those characters as JSON's own escapes. */
export function escapeInvisibleInJson(json: string): string {
	if (PRINTABLE_ASCII.test(json)) return json;
	return json.replace(INVISIBLE, (character) =>
		[...Array(character.length).keys()]
			.map(
				(at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
			)
			.join(""),
	);
}
