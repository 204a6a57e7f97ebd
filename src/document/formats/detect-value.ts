// Detects what a value is beyond its JSON type: a colour, a time, a URL, base64, JSON in a string. It only adds badges to rows.
import { decodeString } from "../json/children.ts";
import { parseTree } from "../json/json-parser.ts";

export type DetectedValue =
	| { readonly type: "colour"; readonly css: string }
	| {
			readonly type: "time";
			readonly at: number;
			readonly unit: "s" | "ms" | "ISO";
	  }
	| { readonly type: "address"; readonly href: string }
	| { readonly type: "base64"; readonly bytes: string }
	| { readonly type: "json"; readonly text: string };

/** Characters of a string that are looked into on a row. */
const LIMIT = 100_000;
const COLOUR =
	/^(#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})|(?:rgb|hsl)a?\([\d\s.,%/]+(?:deg)?[\d\s.,%/]*\))$/i;
const ISO =
	/^(?<year>\d{4})-(?<month>[01]\d)-(?<day>[0-3]\d)(?:[T ][0-2]\d:[0-5]\d(?::[0-6]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?$/;
/** No colour is longer, and the pattern takes its time over long runs of digits. */
const COLOUR_LENGTH = 64;
/** 2001-09-09 to 2065-01-24: ten digits, as seconds. */
const EPOCH = { from: 1e9, to: 3e9 };

/** `source`: a string with its quotes, or a number, as written. */
export function detectValue(source: string): DetectedValue | undefined {
	if (source.length > LIMIT) return undefined;
	return source.startsWith('"')
		? detectText(decodeString(source))
		: detectNumber(source);
}

function detectNumber(source: string): DetectedValue | undefined {
	if (!/^\d{10}(\d{3})?$/.test(source)) return undefined;
	const unit = source.length === 10 ? "s" : "ms";
	const seconds = unit === "s" ? Number(source) : Number(source) / 1000;
	if (seconds < EPOCH.from || seconds > EPOCH.to) return undefined;
	return { type: "time", at: seconds * 1000, unit };
}

function detectText(text: string): DetectedValue | undefined {
	if (text.length <= COLOUR_LENGTH && COLOUR.test(text))
		return { type: "colour", css: text };
	const date = ISO.exec(text)?.groups;
	if (date) return toTime(text, date);
	if (isLinkable(text)) return { type: "address", href: text };
	if (/^\s*[{[]/.test(text) && text.length > 2 && !parseTree(text).problem)
		return { type: "json", text };
	if (isBase64(text)) return { type: "base64", bytes: text };
	return undefined;
}

/** Date.parse takes 30 February for 2 March. */
function toTime(
	text: string,
	{ year, month, day }: Readonly<Record<string, string>>,
): DetectedValue | undefined {
	const lastDay = new Date(Date.UTC(Number(year), Number(month), 0));
	if (Number(day) > lastDay.getUTCDate()) return undefined;
	const at = Date.parse(text);
	return Number.isNaN(at) ? undefined : { type: "time", at, unit: "ISO" };
}

/**
 * A link opens what it shows: so no characters that cannot be seen or that reorder the others, and no user name, which
 * reads like a host.
 */
function isLinkable(text: string): boolean {
	return (
		/^https?:\/\/[^/?#@:][^/?#@]*([/?#].*)?$/i.test(text) &&
		!/[\s"<>\\^`{|}\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}]/u.test(text)
	);
}

const BASE64 =
	/^(?:[A-Za-z\d+/]{4}){4,}(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;
/** Without padding, texts up to this length may as well be names, paths or keys. */
const NAME_LENGTH = 64;
/** Bytes that decide whether it is text. */
const SAMPLE = 600;

/** Identifiers, paths and hashes are made of the same characters, so what it decodes to has to speak for it. */
function isBase64(text: string): boolean {
	if (!BASE64.test(text) || /^[\da-f]+$/i.test(text)) return false;
	if (!/[A-Z]/.test(text) || !/[a-z]/.test(text)) return false;
	const bytes = decodeStart(text);
	if (bytes === undefined) return false;
	if (isReadable(bytes) || hasSignature(bytes)) return true;
	if (text.endsWith("=")) return true;
	return text.length >= NAME_LENGTH && isScrambled(text);
}

/** The first bytes, a character each; `undefined` when the last character has bits that no encoder sets. */
function decodeStart(text: string): string | undefined {
	const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
	const last = ALPHABET.indexOf(text.charAt(text.length - padding - 1));
	if (last % (padding === 2 ? 16 : padding === 1 ? 4 : 1) !== 0)
		return undefined;
	const bytes: number[] = [];
	for (let at = 0; at < Math.min(text.length, SAMPLE); at += 4) {
		const [a = 0, b = 0, c = 0, d = 0] = Array.from(
			text.slice(at, at + 4),
			(char) => ALPHABET.indexOf(char),
		);
		bytes.push((a << 2) | (b >> 4));
		if (c >= 0) bytes.push(((b & 15) << 4) | (c >> 2));
		if (d >= 0) bytes.push(((c & 3) << 6) | d);
	}
	return String.fromCharCode(...bytes);
}

const ALPHABET =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** UTF-8 text; a character that the end of the sample cuts is none to judge by. */
function isReadable(binary: string): boolean {
	const whole = binary.replace(/[\xc0-\xff][\x80-\xbf]{0,2}$/, "");
	try {
		const text = decodeURIComponent(escapeBytes(whole));
		return text.length > 0 && !/(?![\t\n\r])\p{Cc}/u.test(text);
	} catch {
		return false;
	}
}

function escapeBytes(binary: string): string {
	return binary.replace(
		/[\s\S]/g,
		(char) => `%${char.charCodeAt(0).toString(16).padStart(2, "0")}`,
	);
}

/** Of files that configurations carry: PNG, JPEG, GIF, gzip, zip, PDF, DER (certificates and keys), binary Ion. */
const SIGNATURES = [
	"\x89PNG",
	"\xff\xd8\xff",
	"GIF8",
	"\x1f\x8b\x08",
	"PK\x03\x04",
	"%PDF",
	"\x30\x82",
	"\xe0\x01\x00\xea",
];

function hasSignature(binary: string): boolean {
	return SIGNATURES.some((signature) => binary.startsWith(signature));
}

/** Random text switches between upper case, lower case, digits and signs as often as chance does; concatenated words do not. */
function isScrambled(text: string): boolean {
	const changes = text.match(
		/[a-z](?=[^a-z])|[A-Z](?=[^A-Z])|\d(?=\D)|[+/](?=[^+/])/g,
	);
	return (changes?.length ?? 0) >= text.length / 2;
}
