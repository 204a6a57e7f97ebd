// Values that a YAML or Ion reader gives, as JSON text for the viewer's own reader: numbers as they were written.

/** A number by its text, since a double may not hold it. */
export interface NumberText {
	readonly numberText: string;
}

/** UTF-16 units: aliases that multiply each other ("billion laughs") end here. */
const LIMIT = 32 * 1024 * 1024;
const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** Maps and arrays nest as deep as their reader lets them (100 levels of YAML), so recursion is bounded. */
export function writeJson(value: unknown): string {
	const parts: string[] = [];
	let length = 0;
	const put = (text: string) => {
		parts.push(text);
		length += text.length;
		if (length > LIMIT)
			throw new RangeError("The document unfolds to more than 32 MB.");
	};
	write(value, put);
	return parts.join("");
}

function write(value: unknown, put: (text: string) => void): void {
	if (value instanceof Map) {
		writeAll(value, { brackets: "{}", put }, ([key, item]) => {
			put(`${JSON.stringify(keyText(key))}:`);
			write(item, put);
		});
	} else if (Array.isArray(value)) {
		writeAll(value, { brackets: "[]", put }, (item) => write(item, put));
	} else put(scalar(value));
}

function writeAll<T>(
	items: Iterable<T>,
	{ brackets, put }: { brackets: string; put: (text: string) => void },
	writeItem: (item: T) => void,
): void {
	put(brackets.slice(0, 1));
	let isFirst = true;
	for (const item of items) {
		if (!isFirst) put(",");
		isFirst = false;
		writeItem(item);
	}
	put(brackets.slice(1));
}

function scalar(value: unknown): string {
	if (isNumberText(value)) {
		const { numberText } = value;
		return JSON_NUMBER.test(numberText)
			? numberText
			: JSON.stringify(numberText);
	}
	if (value instanceof Date) return JSON.stringify(value.toISOString());
	if (typeof value === "bigint") return String(value);
	return JSON.stringify(value ?? null);
}

function keyText(key: unknown): string {
	if (typeof key === "string") return key;
	return isNumberText(key) ? key.numberText : writeJson(key);
}

function isNumberText(value: unknown): value is NumberText {
	return typeof value === "object" && value !== null && "numberText" in value;
}
