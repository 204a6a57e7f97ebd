import { keyPartOf, type Setting, type SettingsBlock } from "./key-names.ts";
import { flagIfContinued } from "./pasted-assignments.ts";
import { replaceWithSpaces } from "./pasted-json.ts";

export interface FoundTable {
	readonly blocks: readonly SettingsBlock[];
	/** The same text with spaces where they were. */
	readonly rest: string;
}

const ENTITIES: { readonly [name: string]: string } = {
	amp: "&",
	lt: "<",
	gt: ">",
	quot: '"',
	apos: "'",
};

const TAG =
	/<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;

/** Finds keys in XML. Values with the same parent are one set: `<Credentials><AccessKeyId>…`, `<env name="AWS_ACCESS_KEY_ID" value="…"/>`. */
export function findXml(
	text: string,
	lineOf: (at: number) => number,
): FoundTable {
	const parents: Setting[][] = [[]];
	const open: { readonly name: string; readonly end: number }[] = [];
	const blocks: SettingsBlock[] = [];
	const ranges: [number, number][] = [];
	const close = () => {
		const settings = parents.pop() ?? [];
		if (settings.length > 0) blocks.push({ settings });
	};
	for (const found of text.matchAll(TAG)) {
		const [tag, isEnd, name = "", attributes = "", isEmpty] = found;
		const end = found.index + tag.length;
		ranges.push([found.index, end]);
		const line = lineOf(found.index);
		if (!isEnd) {
			const setting = fromAttributes(attributes, line);
			if (setting) parents.at(-1)?.push(setting);
			if (isEmpty) continue;
			open.push({ name, end });
			parents.push([]);
			continue;
		}
		const start = open.pop();
		const inner = parents.pop() ?? [];
		const part = keyPartOf(name.replace(/^.*:/, ""));
		if (start?.name === name && part && inner.length === 0) {
			const value = decode(text.slice(start.end, found.index)).trim();
			parents.at(-1)?.push({ ...part, value, line });
			ranges.push([start.end, found.index]);
		} else if (inner.length > 0) blocks.push({ settings: inner });
		if (parents.length === 0) parents.push([]);
	}
	while (parents.length > 0) close();
	if (blocks.length === 0) return { blocks, rest: text };
	return {
		blocks,
		rest: replaceWithSpaces(
			text,
			ranges.toSorted((a, b) => a[0] - b[0]),
		),
	};
}

function fromAttributes(attributes: string, line: number): Setting | undefined {
	const read = (name: string) => {
		const [, double, single] =
			new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(
				attributes,
			) ?? [];
		return double ?? single;
	};
	const part = keyPartOf(read("name") ?? read("key") ?? "");
	const value = read("value");
	return part && value !== undefined
		? { ...part, value: decode(value).trim(), line }
		: undefined;
}

function decode(text: string): string {
	const inner = /^\s*<!\[CDATA\[(.*)\]\]>\s*$/s.exec(text)?.[1];
	if (inner !== undefined) return inner;
	return text.replaceAll(
		/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi,
		(whole, decimal, hex, name) => {
			const code = decimal
				? Number(decimal)
				: hex
					? Number.parseInt(hex, 16)
					: 0;
			if (code > 0 && code <= 0x10_ff_ff) return String.fromCodePoint(code);
			return ENTITIES[String(name)] ?? whole;
		},
	);
}

/** Finds keys in CSV: a line of headings that include both keys, and a row for each set, with commas, semicolons or tabs. */
export function findCsv(text: string): FoundTable {
	const lines = text.split("\n");
	const blocks: SettingsBlock[] = [];
	for (let index = 0; index < lines.length; index += 1) {
		const line = lines[index] ?? "";
		const separator = [",", ";", "\t"].find((each) => isHeading(line, each));
		if (!separator) continue;
		const headings = cells(line, separator);
		const rows: [SettingsBlock, number][] = [];
		lines[index] = "";
		for (index += 1; index < lines.length; index += 1) {
			const row = cells(lines[index] ?? "", separator);
			if (row.length < 2) break;
			lines[index] = "";
			rows.push([toBlock(headings, row, index + 1), index]);
		}
		for (const [block, at] of rows)
			blocks.push(flagIfRowContinues(block, lines, at));
		index -= 1;
	}
	return { blocks, rest: lines.join("\n") };
}

function isHeading(line: string, separator: string): boolean {
	if (!line.includes(separator)) return false;
	const parts = new Set(
		cells(line, separator).map((cell) => keyPartOf(cell)?.part),
	);
	return parts.has("accessKeyId") && parts.has("secretAccessKey");
}

function cells(line: string, separator: string): readonly string[] {
	const found: string[] = [];
	let rest = line.trim();
	for (;;) {
		const quoted = /^\s*"((?:[^"]|"")*)"\s*/.exec(rest);
		const end = quoted ? quoted[0].length : rest.indexOf(separator);
		const isLast = quoted ? rest[end] !== separator : end < 0;
		const cell = quoted
			? (quoted[1] ?? "").replaceAll('""', '"')
			: isLast
				? rest
				: rest.slice(0, end);
		found.push(cell.trim());
		if (isLast) return found;
		rest = rest.slice(end + separator.length);
	}
}

function toBlock(
	headings: readonly string[],
	row: readonly string[],
	line: number,
): SettingsBlock {
	const settings = headings.flatMap((heading, index): readonly Setting[] => {
		const part = keyPartOf(heading);
		const value = row[index] ?? "";
		return part ? [{ ...part, value, line }] : [];
	});
	const name =
		row[
			headings.findIndex((each) => /^(user ?name|profile|name)$/i.test(each))
		];
	if (row.length === headings.length)
		return name ? { name, settings } : { settings };
	const problem = `The row in line ${line} has ${row.length} columns and its headings have ${headings.length}: which is which cannot be told.`;
	return { settings: settings.map((setting) => ({ ...setting, problem })) };
}

/** The line below the last row may be the rest of it. */
function flagIfRowContinues(
	block: SettingsBlock,
	lines: readonly string[],
	index: number,
): SettingsBlock {
	return {
		...block,
		settings: block.settings.map((setting) =>
			flagIfContinued(setting, lines, index),
		),
	};
}

/** `--output text` of the AWS CLI: columns sorted by the names of the members, which it does not print. */
const COLUMNS = {
	CREDENTIALS: ["accessKeyId", "expiration", "secretAccessKey", "sessionToken"],
	ACCESSKEY: ["accessKeyId", undefined, "secretAccessKey"],
	ROLECREDENTIALS: [
		"accessKeyId",
		"expiration",
		"secretAccessKey",
		"sessionToken",
	],
} as const;

export function findColumns(text: string): FoundTable {
	const found: [SettingsBlock, number][] = [];
	const lines = text.split("\n").map((raw, index) => {
		const [head = "", ...values] = raw.trim().split("\t");
		const columns = Object.hasOwn(COLUMNS, head)
			? COLUMNS[head as keyof typeof COLUMNS]
			: undefined;
		if (!columns || values.length < columns.length) return raw;
		const settings = columns.flatMap((part, at): readonly Setting[] => {
			const value = values[at] ?? "";
			return part ? [{ part, value: value.trim(), line: index + 1 }] : [];
		});
		found.push([{ settings }, index]);
		return "";
	});
	const blocks = found.map(([block, at]) =>
		flagIfRowContinues(block, lines, at),
	);
	return { blocks, rest: lines.join("\n") };
}
