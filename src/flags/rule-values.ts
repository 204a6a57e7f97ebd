/** A constant of a rule, or a value of the evaluation context. A time is in nanoseconds since the epoch. */
export type RuleValue =
	| { readonly kind: "text"; readonly value: string }
	| { readonly kind: "number"; readonly value: bigint | number }
	| { readonly kind: "time"; readonly value: bigint }
	| { readonly kind: "boolean"; readonly value: boolean };

/**
 * Negative, 0 or positive; undefined where one is missing or cannot be read as the other's type; NaN for booleans that
 * differ, which have no order. AWS does not document which types can be compared: here a text that is a number compares
 * with numbers, exactly, and likewise for times and booleans.
 */
export function compareValues(
	left: RuleValue | undefined,
	right: RuleValue | undefined,
): number | undefined {
	if (!left || !right) return undefined;
	const isEither = (kind: RuleValue["kind"]) =>
		left.kind === kind || right.kind === kind;
	if (isEither("time")) return order(toTime(left), toTime(right));
	if (isEither("number")) return order(toNumber(left), toNumber(right));
	if (isEither("boolean")) {
		const [a, b] = [toBoolean(left), toBoolean(right)];
		if (a === undefined || b === undefined) return undefined;
		return a === b ? 0 : Number.NaN;
	}
	return compareCodePoints(String(left.value), String(right.value));
}

function order(
	left: bigint | number | undefined,
	right: bigint | number | undefined,
): number | undefined {
	if (left === undefined || right === undefined) return undefined;
	if (left < right) return -1;
	return left > right ? 1 : 0;
}

/** The order of texts encoded in UTF-8, which JavaScript's own order of UTF-16 units is not. */
function compareCodePoints(left: string, right: string): number {
	let at = 0;
	while (at < left.length && left.charCodeAt(at) === right.charCodeAt(at))
		at += 1;
	return (left.codePointAt(at) ?? -1) - (right.codePointAt(at) ?? -1);
}

const DIGITS = /^[+-]?\d{1,40}$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function toNumber(value: RuleValue): bigint | number | undefined {
	if (value.kind === "number") return value.value;
	if (value.kind !== "text") return undefined;
	const text = value.value.trim();
	if (DIGITS.test(text)) return BigInt(text.replace(/^\+/, ""));
	return DECIMAL.test(text) ? Number(text) : undefined;
}

function toTime(value: RuleValue): bigint | undefined {
	if (value.kind === "time") return value.value;
	return value.kind === "text" ? toNanoseconds(value.value.trim()) : undefined;
}

function toBoolean(value: RuleValue): boolean | undefined {
	if (value.kind === "boolean") return value.value;
	if (value.kind !== "text") return undefined;
	if (value.value === "true") return true;
	return value.value === "false" ? false : undefined;
}

const DATE_TIME =
	/^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?)?)?(T?)$/;

/**
 * Nanoseconds since the epoch of a date and time as in https://www.w3.org/TR/NOTE-datetime, the notation of rules. A date
 * without a time may end in "T", as in Ion; a year alone must, since it would be a number otherwise. Undefined for other
 * texts and for dates that do not exist.
 */
export function toNanoseconds(text: string): bigint | undefined {
	const [, year, month, day, hour, minute, second, fraction, zone, end] =
		DATE_TIME.exec(text) ?? [];
	if (year === undefined) return undefined;
	if (end === "" ? month === undefined : zone !== undefined) return undefined;
	const parts = [year, month ?? "01", day ?? "01", hour ?? "00"];
	const [y = 0, m = 0, d = 0, h = 0] = parts.map(Number);
	const ms = Date.UTC(y, m - 1, d, h, Number(minute ?? 0), Number(second ?? 0));
	const date = new Date(ms);
	// Date.UTC takes years below 100 for those of the 20th century.
	if (y < 100) date.setUTCFullYear(y);
	const exists =
		y > 0 &&
		date.getUTCMonth() === m - 1 &&
		date.getUTCDate() === d &&
		date.getUTCHours() === h &&
		Number(minute ?? 0) < 60 &&
		Number(second ?? 0) < 60;
	if (!exists) return undefined;
	const nanoseconds = BigInt((fraction ?? "").padEnd(9, "0"));
	return (
		BigInt(date.getTime()) * 1_000_000n + nanoseconds - toOffset(zone ?? "Z")
	);
}

function toOffset(zone: string): bigint {
	if (zone === "Z") return 0n;
	const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
	return BigInt(zone.startsWith("-") ? -minutes : minutes) * 60_000_000_000n;
}
