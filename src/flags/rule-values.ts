const DATE_TIME =
	/^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?)?)?(T?)$/;

/**
 * Nanoseconds since the epoch of a W3C date and time (https://www.w3.org/TR/NOTE-datetime), which rules of flags use. A
 * date without a time may end in "T", as Ion writes it; a year alone must, since it is a number otherwise. Undefined for
 * what is none, or names a day that does not exist.
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
