// What a value seems to be beyond its JSON type: a colour, a time, an address, text wrapped in text. Never alters it.

import { decodeString } from "./members.ts";
import { read } from "./reader.ts";

export type Recognised =
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
	/^\d{4}-[01]\d-[0-3]\d(?:[T ][0-2]\d:[0-5]\d(?::[0-6]\d(?:\.\d{1,9})?)?(?:Z|[+-][0-2]\d:?[0-5]\d)?)?$/;
const BASE64 =
	/^(?:[A-Za-z\d+/]{4}){4,}(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;
/** 2001-09-09 to 2065-01-24: ten digits, as seconds. */
const EPOCH = { from: 1e9, to: 3e9 };

/** `source`: a string with its quotes, or a number, as written. */
export function recognise(source: string): Recognised | undefined {
	if (source.length > LIMIT) return undefined;
	return source.startsWith('"')
		? recogniseText(decodeString(source))
		: recogniseNumber(source);
}

function recogniseNumber(source: string): Recognised | undefined {
	if (!/^\d{10}(\d{3})?$/.test(source)) return undefined;
	const unit = source.length === 10 ? "s" : "ms";
	const seconds = unit === "s" ? Number(source) : Number(source) / 1000;
	if (seconds < EPOCH.from || seconds > EPOCH.to) return undefined;
	return { type: "time", at: seconds * 1000, unit };
}

function recogniseText(text: string): Recognised | undefined {
	if (COLOUR.test(text)) return { type: "colour", css: text };
	if (ISO.test(text)) {
		const at = Date.parse(text);
		return Number.isNaN(at) ? undefined : { type: "time", at, unit: "ISO" };
	}
	if (/^https?:\/\/[^\s"<>\\^`{|}]+$/i.test(text))
		return { type: "address", href: text };
	if (/^\s*[{[]/.test(text) && text.length > 2 && !read(text).problem)
		return { type: "json", text };
	if (BASE64.test(text) && isMixed(text))
		return { type: "base64", bytes: text };
	return undefined;
}

// A long word or a hexadecimal hash fits the alphabet too.
function isMixed(text: string): boolean {
	return /[A-Z]/.test(text) && /[a-z]/.test(text) && /[\d+/=]/.test(text);
}
