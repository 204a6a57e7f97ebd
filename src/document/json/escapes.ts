const BACKSLASH = 0x5c;
const U = 0x75;

/** A stretch of source as its escapes read. */
export interface DecodedEscapes {
	readonly text: string;
	/** Where each UTF-16 unit of the text stands in the source; one more says where the stretch ends. */
	readonly offsets: readonly number[];
}

const SHORT: Readonly<Record<string, string>> = {
	'"': '"',
	"\\": "\\",
	"/": "/",
	b: "\b",
	f: "\f",
	n: "\n",
	r: "\r",
	t: "\t",
};

export interface DecodeOptions {
	/** Ends after so many units that are no escapes. */
	readonly plain?: number;
	/** Ends when the text has so many units. */
	readonly limit?: number;
}

/** Decodes the escapes that JSON has; a backslash before anything else stands for itself. `start` is not inside an escape. */
export function decodeEscapes(
	source: string,
	start: number,
	end: number,
	options: DecodeOptions = {},
): DecodedEscapes {
	const { plain = Number.POSITIVE_INFINITY, limit = Number.POSITIVE_INFINITY } =
		options;
	const offsets: number[] = [];
	const parts: string[] = [];
	let at = start;
	while (at < end && offsets.length < limit) {
		const slash = source.indexOf("\\", at);
		const rest = slash === -1 || slash > end ? end : slash;
		const isLast = rest === end || (offsets.length > 0 && rest - at >= plain);
		const until = Math.min(
			isLast ? Math.min(rest, at + plain) : rest,
			at + limit - offsets.length,
		);
		for (let unit = at; unit < until; unit++) offsets.push(unit);
		parts.push(source.slice(at, until));
		at = until;
		if (isLast || offsets.length >= limit) break;
		const [char, length] = escapeAt(source, at, end);
		parts.push(char);
		offsets.push(at);
		at += length;
	}
	offsets.push(at);
	return { text: parts.join(""), offsets };
}

function escapeAt(
	source: string,
	at: number,
	end: number,
): readonly [char: string, length: number] {
	if (source.charCodeAt(at + 1) === U && at + 6 <= end) {
		const digits = source.slice(at + 2, at + 6);
		if (/^[\da-f]{4}$/i.test(digits))
			return [String.fromCharCode(Number.parseInt(digits, 16)), 6];
	}
	const short = at + 1 < end ? SHORT[source.charAt(at + 1)] : undefined;
	return short === undefined ? ["\\", 1] : [short, 2];
}

export function hasEscapes(text: string): boolean {
	return text.charCodeAt(0) === BACKSLASH || text.includes("\\");
}

export interface EscapedMatches {
	/** By turns where a match starts and where it ends in the source; in order, they may overlap. */
	readonly ranges: number[];
	/** Looks on; true when all has been looked at. */
	work(): boolean;
}

/** Units of a stretch that is decoded in one go. */
const STRETCH = 16_384;

/** Where a text with escapes reads as something other than it is spelt, and matches. `pattern` matches `length` units. */
export function searchEscaped(
	source: string,
	pattern: RegExp,
	length: number,
): EscapedMatches {
	const ranges: number[] = [];
	const overlap = length - 1;
	const limit = Math.max(STRETCH, 4 * length);
	let from = 0;
	const work = () => {
		const slash = source.indexOf("\\", from);
		if (slash === -1) return true;
		const { text, offsets } = decodeEscapes(
			source,
			Math.max(from, slash - overlap),
			source.length,
			// The stretch begins with as many plain units, which do not end it.
			{ plain: Math.max(1, overlap), limit },
		);
		addMatches(ranges, pattern, text, offsets);
		const end = offsets[text.length] ?? source.length;
		const isCut = text.length >= limit;
		from = isCut ? (offsets[text.length - overlap] ?? end) : end;
		// The units that ended the stretch may begin a match of the next.
		if (!isCut) from = Math.max(slash + 1, end - overlap);
		return end >= source.length;
	};
	return { ranges, work };
}

/** What is spelt as it reads has been found without this. */
function addMatches(
	ranges: number[],
	pattern: RegExp,
	text: string,
	offsets: readonly number[],
): void {
	pattern.lastIndex = 0;
	for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
		const start = match.index;
		const end = start + match[0].length;
		const [from, to] = [offsets[start] ?? 0, offsets[end] ?? 0];
		if (to - from !== end - start) ranges.push(from, to);
		pattern.lastIndex = start + 1;
	}
}
