/**
 * Characters that control a terminal, or that reorder or hide text: C0 and C1 controls, line and paragraph separators,
 * direction marks, embeddings and isolates, zero-width characters except the joiners (emoji and Persian need them), lone
 * surrogates, interlinear and tag characters.
 */
const INVISIBLE =
	/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

const PRINTABLE_ASCII = /^[ -~]*$/;

/** Replaces each such character by an escape such as `\u{202E}`, so that untrusted text can be printed. */
export function escapeInvisible(text: string): string {
	if (PRINTABLE_ASCII.test(text)) return text;
	return text.replace(
		INVISIBLE,
		(character) =>
			`\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
	);
}

/** Replaces each such character by its JSON escape; the value of the JSON does not change. */
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
