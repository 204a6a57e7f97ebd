// A copy of src/emulator/shared/escape-invisible.ts: scripts are compiled apart and cannot import it. A test keeps the two alike.
/**
 * Characters that control a terminal, or reorder or hide text: C0 and C1 controls, line and paragraph separators,
 * direction marks, embeddings and isolates, zero-width characters but the joiners (emoji and Persian need them), lone
 * surrogates, interlinear and tag characters.
 */
const INVISIBLE =
	/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** The fast path: most texts have none. */
const PLAIN = /^[ -~]*$/;

/** Escapes each such character of an untrusted text: `\u{202E}`. */
export function visible(text: string): string {
	if (PLAIN.test(text)) return text;
	return text.replace(
		INVISIBLE,
		(character) =>
			`\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
	);
}
