import { toHex } from "../../storage/byte-encoding.ts";

/**
 * Removes secrets that a server repeats from text that is shown, in any common encoding. All text of servers that reaches a
 * view goes through a Redactor; none of it is stored (`toStoredFault`).
 */
export interface Redactor {
	/** The text with `…` in place of parts of secrets, cut to a length that views can show. */
	text(text: string): string;
	/** For short values that are stored, such as a request id or a label: `undefined` if the value contains part of a secret. */
	value(text: string | undefined): string | undefined;
}

/** Text is redacted where this many letters and digits match a secret, regardless of case and separators. */
const RUN_LENGTH = 12;
/** Shorter secrets are not redacted. Those between this length and `RUN_LENGTH`, such as an MFA code, are redacted as a whole. */
const SECRET_MIN_LENGTH = 4;
const SHOWN_MAX_LENGTH = 300;
/** The rest of a longer text is neither searched nor shown. */
const INPUT_MAX_LENGTH = 4_096;
const REDACTED = "…";

export function createRedactor(
	secrets: readonly (string | undefined)[],
): Redactor {
	const known = [...new Set(secrets)].filter(
		(secret) => secret !== undefined && secret.length >= SECRET_MIN_LENGTH,
	) as string[];
	// Computed on first use, because most replies have no text to redact.
	let spelled: SecretSpellings | undefined;
	const find = (text: string) => {
		spelled ??= toSpellings(known);
		return findShared(text, spelled);
	};
	return {
		text(text) {
			const clipped = text.slice(0, INPUT_MAX_LENGTH);
			const clean =
				known.length > 0 ? removeRanges(clipped, find(clipped)) : clipped;
			const trimmed = clean.trim();
			return trimmed.length > SHOWN_MAX_LENGTH
				? `${trimmed.slice(0, SHOWN_MAX_LENGTH)}${REDACTED}`
				: trimmed;
		},
		value(text) {
			if (!text || known.length === 0) return text;
			return text.length > INPUT_MAX_LENGTH || find(text).length > 0
				? undefined
				: text;
		},
	};
}

/** Offsets in the original text. */
type Range = readonly [start: number, end: number];

/** A text with escapes resolved, and for each character its range in the original text. */
interface DecodedText {
	readonly chars: readonly string[];
	readonly ranges: readonly Range[];
}

/** The secrets in all encodings, normalized (`normalize`). */
interface SecretSpellings {
	/** All substrings of `RUN_LENGTH` characters. */
	readonly runs: ReadonlySet<string>;
	/** The encodings that are shorter than that. */
	readonly whole: readonly string[];
	/** The secrets themselves, not normalized. */
	readonly secrets: readonly string[];
}

function toSpellings(secrets: readonly string[]): SecretSpellings {
	const runs = new Set<string>();
	const whole = new Set<string>();
	for (const spelling of secrets.flatMap(spellingsOf)) {
		if (spelling.length < RUN_LENGTH) whole.add(spelling);
		for (let at = 0; at + RUN_LENGTH <= spelling.length; at += 1)
			runs.add(spelling.slice(at, at + RUN_LENGTH));
	}
	return { runs, whole: [...whole], secrets };
}

function findShared(text: string, spelled: SecretSpellings): Range[] {
	const found: Range[] = [];
	let reading = toDecodedText(text);
	// Escapes may be nested: %2577 is %77, and that is w.
	for (let layer = 0; layer < 4; layer += 1) {
		found.push(
			...findRuns(reading, spelled),
			...findWhole(reading, spelled),
			...findEncoded(reading, spelled),
		);
		const next = resolveEscapes(reading);
		if (next.chars.length === reading.chars.length) break;
		reading = next;
	}
	return found;
}

function toDecodedText(text: string): DecodedText {
	// By code point, because mathematical letters have two code units.
	const chars = [...text];
	let end = 0;
	return {
		chars,
		ranges: chars.map((char) => {
			const start = end;
			end += char.length;
			return [start, end];
		}),
	};
}

/** Compares lower-case letters and digits only, so that separators and case do not hide a match. */
function findRuns(
	reading: DecodedText,
	{ runs, whole }: SecretSpellings,
): Range[] {
	const kept: string[] = [];
	const ranges: Range[] = [];
	for (const [at, char] of reading.chars.entries()) {
		const plain = normalize(char);
		const range = reading.ranges[at];
		if (plain.length !== 1 || !range) continue;
		kept.push(plain);
		ranges.push(range);
	}
	const plain = kept.join("");
	const found: Range[] = [];
	const add = (start: number, length: number) => {
		const first = ranges[start];
		const last = ranges[start + length - 1];
		if (first && last) found.push([first[0], last[1]]);
	};
	for (let at = 0; at + RUN_LENGTH <= plain.length; at += 1)
		if (runs.has(plain.slice(at, at + RUN_LENGTH))) add(at, RUN_LENGTH);
	for (const short of whole)
		for (
			let at = plain.indexOf(short);
			at >= 0;
			at = plain.indexOf(short, at + 1)
		)
			add(at, short.length);
	return found;
}

function findWhole(
	{ chars, ranges }: DecodedText,
	{ secrets }: SecretSpellings,
): Range[] {
	const text = toText(chars);
	return secrets.flatMap((secret) => {
		const found: Range[] = [];
		for (
			let at = text.indexOf(secret);
			at >= 0;
			at = text.indexOf(secret, at + 1)
		) {
			const first = ranges[at];
			const last = ranges[at + secret.length - 1];
			if (first && last) found.push([first[0], last[1]]);
		}
		return found;
	});
}

function toText(chars: readonly string[]): string {
	return chars.map((char) => (char.length === 1 ? char : " ")).join("");
}

/** Finds ranges whose base64 (at any of four offsets) or hex decoding contains a secret. */
function findEncoded(reading: DecodedText, spelled: SecretSpellings): Range[] {
	const text = toText(reading.chars);
	const found: Range[] = [];
	const stretches = [
		...text.matchAll(/[A-Za-z0-9+/_-]{8,}/g),
		...text.matchAll(/[0-9a-f]{16,}/gi),
	];
	for (const { 0: stretch, index } of stretches) {
		const decoded = [
			...[0, 1, 2, 3].map((offset) => fromBase64(stretch.slice(offset))),
			...(/^[0-9a-f]+$/i.test(stretch)
				? [fromHex(stretch), fromHex(stretch.slice(1))]
				: []),
		];
		const hit = decoded.some((each) => hasSecret(each, spelled));
		const first = reading.ranges[index];
		const last = reading.ranges[index + stretch.length - 1];
		if (hit && first && last) found.push([first[0], last[1]]);
	}
	return found;
}

/** `text` may be base64 once more, and have escapes. */
function hasSecret(text: string, spelled: SecretSpellings): boolean {
	return [text, ...[0, 1, 2, 3].map((offset) => fromBase64(text.slice(offset)))]
		.filter((decoded) => decoded !== "")
		.map(toDecodedText)
		.flatMap((reading) => [reading, resolveEscapes(reading)])
		.some((reading) => findRuns(reading, spelled).length > 0);
}

const HEX = "[0-9A-Fa-f]";
/** Number bases, with patterns whose group captures a number in that base. */
const ESCAPES = [
	[16, `(?:%|\\\\[xX]|=)(${HEX}{2})`],
	[16, `(?:\\\\u|%u)(${HEX}{4})`],
	[16, `\\\\U0{2}(${HEX}{6})`],
	[16, `\\\\[ux]\\{(${HEX}{1,6})\\}`],
	[16, `&#[xX]0*(${HEX}{1,6});?`],
	[10, "&#0*([1-9]\\d{0,6});?"],
	[8, "\\\\([0-3][0-7]{2})"],
	// Numbers as in source code: 0x77, 0o167, 0b01110111.
	[16, `0[xX](${HEX}{2})(?!${HEX})`],
	[8, "0o([0-3]?[0-7]{2})(?![0-7])"],
	[2, "(?:0b)?([01]{8})"],
] as const;
const ESCAPE = new RegExp(
	[
		// CSS escapes come before octal ones, which would match a part of them.
		`\\\\0{4}(?<css>${HEX}{2})`,
		...ESCAPES.map(([, source]) => source),
		"&(?<name>amp|lt|gt|quot|apos|plus|sol|equals);",
		"(?<tag></?[A-Za-z][^<>]{0,60}>)",
		"\\\\(?<literal>.)",
	].join("|"),
	"y",
);
const ENTITIES: Readonly<Record<string, string>> = {
	amp: "&",
	lt: "<",
	gt: ">",
	quot: '"',
	apos: "'",
	plus: "+",
	sol: "/",
	equals: "=",
};

/** Resolves one layer of percent, JSON, C, CSS, quoted-printable and XML escapes, and removes XML tags. */
function resolveEscapes({ chars, ranges }: DecodedText): DecodedText {
	const text = toText(chars);
	const next: { chars: string[]; ranges: Range[] } = { chars: [], ranges: [] };
	for (let at = 0; at < text.length; ) {
		ESCAPE.lastIndex = at;
		const match = ESCAPE.exec(text);
		const length = match?.[0].length ?? 1;
		const first = ranges[at];
		const last = ranges[at + length - 1];
		if (first && last) {
			next.chars.push(match ? characterOf(match) : (chars[at] ?? ""));
			next.ranges.push([first[0], last[1]]);
		}
		at += length;
	}
	return next;
}

function characterOf({
	1: css,
	groups = {},
	...match
}: RegExpExecArray): string {
	const { name, literal, tag } = groups;
	if (name) return ENTITIES[name] ?? "";
	if (literal) return literal;
	if (tag) return "";
	const found = ESCAPES.findIndex((_, index) => match[index + 2]);
	const code =
		found < 0
			? Number.parseInt(css ?? "0", 16)
			: Number.parseInt(match[found + 2] ?? "0", ESCAPES[found]?.[0]);
	return code <= 0xffff ? String.fromCharCode(code) : " ";
}

/** All encodings, normalized. The base64 text of a substring depends only on its offset modulo 3, so three offsets cover all. */
function spellingsOf(secret: string): readonly string[] {
	const bytes = [...new TextEncoder().encode(secret)];
	const base64 = [0, 1, 2].map((offset) =>
		btoa(String.fromCharCode(...bytes.slice(offset, bytes.length))).replace(
			/.{0,2}=+$/,
			"",
		),
	);
	const all = [
		secret,
		...base64,
		...BASE32_ALPHABETS.map((alphabet) => toBase32(bytes, alphabet)),
		toHex(Uint8Array.from(bytes)),
		bytes.join(""),
		bytes.map((byte) => byte.toString(8).padStart(3, "0")).join(""),
		secret.replace(/[a-z]/gi, (letter) =>
			String.fromCharCode(
				letter.charCodeAt(0) + (/[a-m]/i.test(letter) ? 13 : -13),
			),
		),
	];
	return all
		.flatMap((text) => [text, [...text].reverse().join("")])
		.map(normalize)
		.filter((text) => text.length >= SECRET_MIN_LENGTH);
}

function normalize(text: string): string {
	return text
		.normalize("NFKC")
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, "");
}

/** RFC 4648, its "extended hex", and Crockford's. */
const BASE32_ALPHABETS = [
	"abcdefghijklmnopqrstuvwxyz234567",
	"0123456789abcdefghijklmnopqrstuv",
	"0123456789abcdefghjkmnpqrstvwxyz",
];

function toBase32(bytes: readonly number[], alphabet: string): string {
	const bits = bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("");
	return (bits.match(/.{5}/g) ?? [])
		.map((group) => alphabet[Number.parseInt(group, 2)])
		.join("");
}

/** Each character is a byte. Empty if the text is not base64. */
function fromBase64(text: string): string {
	const standard = text.replaceAll("-", "+").replaceAll("_", "/");
	const whole = standard.slice(
		0,
		standard.length - (standard.length % 4 === 1 ? 1 : 0),
	);
	try {
		return atob(whole);
	} catch {
		return "";
	}
}

function fromHex(text: string): string {
	return (text.match(/../g) ?? [])
		.map((pair) => String.fromCharCode(Number.parseInt(pair, 16)))
		.join("");
}

function removeRanges(text: string, ranges: readonly Range[]): string {
	let clean = "";
	let done = 0;
	for (const [start, end] of [...ranges].sort(([a], [b]) => a - b)) {
		if (start > done || (start === 0 && done === 0))
			clean += text.slice(done, start) + REDACTED;
		done = Math.max(done, end);
	}
	return clean + text.slice(done);
}
