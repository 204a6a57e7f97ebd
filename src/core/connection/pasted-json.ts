// Finds JSON anywhere in a text. JSON.parse would need to know where it begins and ends, and drops duplicate names silently.
import {
	isWrapper,
	keyPartOf,
	type Setting,
	type SettingsBlock,
} from "./key-names.ts";

type Json =
	| { readonly kind: "object"; readonly members: readonly Member[] }
	| { readonly kind: "array"; readonly items: readonly Json[] }
	| { readonly kind: "value"; readonly text: string; readonly isText: boolean };

/** The number of the line, counted from 1, at which a text stops being JSON. */
export function jsonErrorLine(text: string): number {
	const reader = createReader(text, 0);
	reader.read(0);
	return text.slice(0, reader.at()).split("\n").length;
}

/** Names that occur twice in one object of a JSON text. `depth`: how deep objects are checked, 0 for the outermost only. */
export function duplicateNames(text: string, depth: number): readonly string[] {
	const found: string[] = [];
	const visit = (json: Json | undefined, left: number) => {
		if (json?.kind === "array")
			for (const item of json.items) visit(item, left);
		if (json?.kind !== "object") return;
		const names = new Set<string>();
		for (const { name, value } of json.members) {
			if (names.has(name)) found.push(name);
			names.add(name);
			if (left > 0) visit(value, left - 1);
		}
	};
	visit(createReader(text, 0).read(0), depth);
	return found;
}

interface Member {
	readonly name: string;
	readonly value: Json;
	/** Where the name begins. */
	readonly at: number;
}

export interface FoundJson {
	/** One for each object that contains parts of keys, in their order. */
	readonly blocks: readonly SettingsBlock[];
	/** The same text with spaces where JSON was. */
	readonly rest: string;
	/** The start of an object that never ends. */
	readonly cutAt?: number;
	/** The text is a cached sign-in to IAM Identity Center, which has a token but no keys. */
	readonly isSignIn: boolean;
}

const MAX_DEPTH = 64;
/** After this many brackets that do not begin JSON, the search ends. */
const MAX_ATTEMPTS = 5_000;
export function findJson(
	text: string,
	lineOf: (at: number) => number,
): FoundJson {
	const blocks: SettingsBlock[] = [];
	const ranges: [number, number][] = [];
	let isSignIn = false;
	let cutAt: number | undefined;
	let attempts = 0;
	for (let at = 0; at < text.length; at += 1) {
		const char = text[at];
		if (char !== "{" && char !== "[") continue;
		const reader = createReader(text, at);
		const value = reader.read(0);
		if (!value) {
			if (reader.isAtEnd() && /^\{\s*"/.test(text.slice(at, at + 100))) {
				cutAt = at;
				ranges.push([at, text.length]);
				break;
			}
			attempts += 1;
			if (attempts > MAX_ATTEMPTS) break;
			continue;
		}
		const found = collect(value, lineOf);
		isSignIn ||= found.isSignIn;
		// `[123456789012]` may also be the head of a section.
		if (char === "[" && found.blocks.length === 0) continue;
		blocks.push(...found.blocks);
		ranges.push([at, reader.at()]);
		at = reader.at() - 1;
	}
	return {
		blocks,
		rest: replaceWithSpaces(text, ranges),
		isSignIn,
		...(cutAt === undefined ? {} : { cutAt }),
	};
}

/** Replaces the ranges with spaces; line breaks stay. */
export function replaceWithSpaces(
	text: string,
	ranges: readonly (readonly [number, number])[],
): string {
	let [done, from] = ["", 0];
	for (const [start, end] of ranges) {
		done +=
			text.slice(from, start) +
			text.slice(start, end).replaceAll(/[^\n]/g, " ");
		from = end;
	}
	return done + text.slice(from);
}

function createReader(text: string, start: number) {
	let at = start;
	const skip = () => {
		while (/\s/.test(text[at] ?? "")) at += 1;
	};
	const readText = (): string | undefined => {
		const [raw] = match(/"[^"\\\n]*(?:\\.[^"\\\n]*)*"/y) ?? [];
		if (raw === undefined) return undefined;
		try {
			return JSON.parse(raw) as string;
		} catch {
			// An escape that JSON does not have.
			return undefined;
		}
	};
	const match = (pattern: RegExp) => {
		pattern.lastIndex = at;
		const found = pattern.exec(text);
		if (found) at += found[0].length;
		// An unclosed string extends to the end.
		else if (text[at] === '"' && !/["\n]/.test(text.slice(at + 1)))
			at = text.length;
		return found;
	};

	function read(depth: number): Json | undefined {
		skip();
		if (text[at] === "{") return readObject(depth);
		if (text[at] === "[") return readArray(depth);
		if (text[at] === '"') {
			const value = readText();
			return value === undefined
				? undefined
				: { kind: "value", text: value, isText: true };
		}
		const [literal] =
			match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y) ?? [];
		if (literal === undefined) return undefined;
		return { kind: "value", text: literal, isText: false };
	}
	function readObject(depth: number): Json | undefined {
		const members: Member[] = [];
		const isWhole = readList("}", depth, () => {
			const nameAt = at;
			const name = readText();
			skip();
			if (name === undefined || text[at] !== ":") return false;
			at += 1;
			const value = read(depth + 1);
			if (value) members.push({ name, value, at: nameAt });
			return value !== undefined;
		});
		return isWhole ? { kind: "object", members } : undefined;
	}
	function readArray(depth: number): Json | undefined {
		const items: Json[] = [];
		const isWhole = readList("]", depth, () => {
			const item = read(depth + 1);
			if (item) items.push(item);
			return item !== undefined;
		});
		return isWhole ? { kind: "array", items } : undefined;
	}
	/** Allows a trailing comma, as in JSON with comments. */
	function readList(end: string, depth: number, one: () => boolean): boolean {
		if (depth > MAX_DEPTH) return false;
		at += 1;
		for (;;) {
			skip();
			if (text[at] === end) {
				at += 1;
				return true;
			}
			if (!one()) return false;
			skip();
			if (text[at] === ",") at += 1;
			else if (text[at] !== end) return false;
		}
	}
	return { read, at: () => at, isAtEnd: () => at >= text.length };
}

function collect(json: Json, lineOf: (at: number) => number) {
	const blocks: SettingsBlock[] = [];
	let isSignIn = false;
	const visit = (value: Json, name: string | undefined, depth: number) => {
		if (depth > MAX_DEPTH) return;
		if (value.kind === "array") {
			const settings = pairs(value.items, lineOf);
			if (settings.length > 0) blocks.push({ settings });
			for (const item of value.items) visit(item, name, depth + 1);
		}
		if (value.kind === "value" && value.isText && /^\s*[{[]/.test(value.text)) {
			const inner = createReader(value.text, value.text.search(/[{[]/)).read(0);
			if (inner) visit(inner, name, depth + 1);
		}
		if (value.kind !== "object") return;
		const { members } = value;
		const names = new Set(members.map((member) => member.name));
		isSignIn ||= names.has("startUrl") && names.has("accessToken");
		const settings = members.flatMap((member) => settingsOf(member, lineOf));
		const own = ownName(members) ?? name;
		if (settings.some(({ part }) => isKey(part)))
			blocks.push({ ...(own === undefined ? {} : { name: own }), settings });
		for (const member of members)
			visit(
				member.value,
				isWrapper(member.name) ? own : member.name,
				depth + 1,
			);
	};
	visit(json, undefined, 0);
	return { blocks, isSignIn };
}

function isKey(part: string): boolean {
	return part === "accessKeyId" || part === "secretAccessKey";
}

function settingsOf(
	{ name, value, at }: Member,
	lineOf: (at: number) => number,
): readonly Setting[] {
	const found = keyPartOf(name);
	if (!found) return [];
	if (value.kind === "object") {
		// `terraform output -json`.
		const inner = member(value.members, /^value$/i);
		return inner
			? [{ ...found, value: inner.text.trim(), line: lineOf(inner.at) }]
			: [];
	}
	if (value.kind !== "value") return [];
	if (!value.isText && found.part !== "expiration") return [];
	return [{ ...found, value: value.text.trim(), line: lineOf(at) }];
}

function ownName(members: readonly Member[]): string | undefined {
	const found = members.find(
		({ name, value }) =>
			/^profile(_?name)?$/i.test(name) &&
			value.kind === "value" &&
			value.isText,
	);
	return found?.value.kind === "value" ? found.value.text : undefined;
}

/** `[{"name": "AWS_ACCESS_KEY_ID", "value": "…"}]`: container definitions; `["AWS_ACCESS_KEY_ID=…"]`: `docker inspect`. */
function pairs(
	items: readonly Json[],
	lineOf: (at: number) => number,
): readonly Setting[] {
	return items.flatMap((item): readonly Setting[] => {
		if (item.kind === "value") {
			const [, name = "", value = ""] =
				/^([\w.-]+)=(.*)$/.exec(item.isText ? item.text : "") ?? [];
			const found = keyPartOf(name);
			return found ? [{ ...found, value, line: 0 }] : [];
		}
		if (item.kind !== "object") return [];
		const named = member(item.members, /(^|\w)(name|key|label)$/i);
		const value = member(item.members, /value$/i);
		const found = named && keyPartOf(named.text);
		return found && value
			? [{ ...found, value: value.text.trim(), line: lineOf(value.at) }]
			: [];
	});
}

function member(members: readonly Member[], pattern: RegExp) {
	const found = members.find(
		({ name, value }) =>
			pattern.test(name) && value.kind === "value" && value.isText,
	);
	return found?.value.kind === "value"
		? { text: found.value.text, at: found.at }
		: undefined;
}
