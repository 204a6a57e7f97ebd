const UNITS = ["B", "kB", "MB", "GB"] as const;

/** `1.5 GB`: decimal units, at most one decimal place. */
export function formatBytes(bytes: number): string {
	let unit = 0;
	let value = bytes;
	while (value >= 1000 && unit < UNITS.length - 1) {
		value /= 1000;
		unit += 1;
	}
	return `${Number(value.toFixed(value < 100 ? 1 : 0))} ${UNITS[unit]}`;
}

/** Parses `500MB`, `1.5 GB`, `20000`; undefined for anything else. */
export function parseBytes(text: string): number | undefined {
	const [, number = "", unit = "B"] =
		/^(\d+(?:\.\d+)?) ?(B|kB|MB|GB)?$/i.exec(text) ?? [];
	if (number === "") return undefined;
	const power = UNITS.findIndex(
		(one) => one.toLowerCase() === unit.toLowerCase(),
	);
	return Math.round(Number(number) * 1000 ** power);
}
