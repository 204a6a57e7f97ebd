// Each function returns the offset after a token, or ~offset of the character that breaks it.

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ESCAPES = new Set(Array.from('"\\/bfnrt', (char) => char.charCodeAt(0)));

/** White space as RFC 8259 has it; anything else (NBSP, BOM) is not. */
export function skipSpace(text: string, start: number): number {
	let at = start;
	for (;;) {
		const code = text.charCodeAt(at);
		if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09)
			return at;
		at += 1;
	}
}

/** `start` is at the opening quote. */
export function scanString(text: string, start: number): number {
	let at = start + 1;
	for (;;) {
		const code = text.charCodeAt(at);
		if (code === QUOTE) return at + 1;
		// NaN, behind the end, is not >= 0x20 either.
		if (!(code >= 0x20)) return ~at;
		if (code === BACKSLASH) {
			at = scanEscape(text, at + 1);
			if (at < 0) return at;
		} else at += 1;
	}
}

function scanEscape(text: string, at: number): number {
	const code = text.charCodeAt(at);
	if (ESCAPES.has(code)) return at + 1;
	if (code !== 0x75) return ~at;
	for (let digit = at + 1; digit < at + 5; digit++)
		if (!isHex(text.charCodeAt(digit))) return ~digit;
	return at + 5;
}

/** A number as RFC 8259 has it: no leading zero, no plus, no bare point. */
export function scanNumber(text: string, start: number): number {
	let at = text.charCodeAt(start) === 0x2d ? start + 1 : start;
	if (text.charCodeAt(at) === 0x30) at += 1;
	else at = scanDigits(text, at);
	if (at >= 0 && text.charCodeAt(at) === 0x2e) at = scanDigits(text, at + 1);
	if (at >= 0 && (text.charCodeAt(at) | 0x20) === 0x65) {
		const sign = text.charCodeAt(at + 1);
		at = scanDigits(text, sign === 0x2b || sign === 0x2d ? at + 2 : at + 1);
	}
	return at;
}

function scanDigits(text: string, start: number): number {
	let at = start;
	while (isDigit(text.charCodeAt(at))) at += 1;
	return at > start ? at : ~at;
}

/** `true`, `false` or `null`, whichever `word` is. */
export function scanWord(text: string, start: number, word: string): number {
	if (text.startsWith(word, start)) return start + word.length;
	let at = start;
	while (text[at] === word[at - start]) at += 1;
	return ~at;
}

function isDigit(code: number): boolean {
	return code >= 0x30 && code <= 0x39;
}

function isHex(code: number): boolean {
	return isDigit(code) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66);
}
