import { keyOf, valueSource } from "../json/children.ts";
import { parseTree } from "../json/json-parser.ts";
import { formatPath, pathOf } from "../json/paths.ts";
import { at, isContainer, NONE, type Tree } from "../json/tree.ts";
import { truncate } from "../text/graphemes.ts";
import { searchTree } from "./find.ts";
import { searchText } from "./find-in-text.ts";
import { literalPattern, type Query } from "./query.ts";

/** A value, or a line of a text, in which something was found. */
export interface BodyMatch {
	/** JSONPath; `line 12` in a text. */
	readonly path: string;
	/** The source of a value, truncated; of a container how it begins. */
	readonly value: string;
}

export interface BodyMatches {
	readonly matches: readonly BodyMatch[];
	/** There were more than `MAX_MATCHES`. */
	readonly isCut: boolean;
}

/** Of one body. */
export const MAX_MATCHES = 100;
/** Characters of a value. */
const MAX_VALUE = 120;
const NOTHING: BodyMatches = { matches: [], isCut: false };

/** What is typed as `key: value` finds values of keys; anything else is looked for in both. */
export interface BodyQuery extends Query {
	/** What the value of a found key has to contain. */
	readonly value?: string;
}

/** A colon alone does not make a key: `https://a.example` and `12:30` are looked for as they are. */
const KEY_AND_VALUE = /^(?:"([^"]+)"\s*:\s*|([^"':\s]+)\s*:\s+)(\S.*)$/;

export function parseBodyQuery(
	typed: string,
	scope: Query["scope"],
): BodyQuery | undefined {
	const text = typed.trim();
	if (text === "") return undefined;
	const pair = scope === "all" ? KEY_AND_VALUE.exec(text) : null;
	const query = { matchCase: false, regex: false };
	if (pair)
		return {
			...query,
			scope: "key",
			text: pair[1] ?? pair[2] ?? "",
			value: pair[3] ?? "",
		};
	return { ...query, scope, text };
}

/** Looks for text in a body: in keys and values where it is JSON, otherwise line by line. */
export function searchBody(text: string, query: BodyQuery): BodyMatches {
	// Without escapes, what is not in the source is in no key and in no value.
	const canSkip = query.scope !== "path" && !text.includes("\\");
	if (canSkip && !literalPattern(query).test(text)) return NOTHING;
	const tree = parseTree(text);
	return tree.problem ? searchLines(text, query) : searchValues(tree, query);
}

function searchValues(tree: Tree, query: BodyQuery): BodyMatches {
	const search = searchTree(tree, query);
	while (!search.work()) {
		// Runs in a worker, which has nothing else to do.
	}
	const matches: BodyMatch[] = [];
	const wanted = query.value?.toLowerCase();
	for (const node of search.nodes) {
		// The match may be in an element of the container, which has a row of its own.
		if (isContainer(tree, node) && !isNamed(tree, node, query)) continue;
		const value = valueSource(tree, node);
		if (wanted !== undefined && !value.toLowerCase().includes(wanted)) continue;
		if (matches.length >= MAX_MATCHES) return { matches, isCut: true };
		matches.push({
			path: formatPath(pathOf(tree, node), "JSONPath"),
			value: shorten(value),
		});
	}
	return { matches, isCut: false };
}

/** Whether the container's own key or path is what was looked for. */
function isNamed(tree: Tree, node: number, query: Query): boolean {
	if (query.scope === "path") return true;
	if (query.scope === "value" || at(tree.key, node) === NONE) return false;
	return literalPattern(query).test(keyOf(tree, node));
}

function searchLines(text: string, query: BodyQuery): BodyMatches {
	if (query.scope === "path") return NOTHING;
	const search = searchText(text, query);
	while (!search.work()) {
		// As above.
	}
	const matches: BodyMatch[] = [];
	let lastLine = 0;
	let line = 1;
	let offset = 0;
	const wanted = query.value?.toLowerCase();
	for (let index = 0; index < search.matches.length; index += 2) {
		const start = search.matches[index] ?? 0;
		for (
			let feed = text.indexOf("\n", offset);
			feed >= 0 && feed < start;
			feed = text.indexOf("\n", offset)
		) {
			line += 1;
			offset = feed + 1;
		}
		if (line === lastLine) continue;
		const end = text.indexOf("\n", start);
		const value = text.slice(offset, end < 0 ? undefined : end).trim();
		if (wanted !== undefined && !value.toLowerCase().includes(wanted)) continue;
		if (matches.length >= MAX_MATCHES) return { matches, isCut: true };
		lastLine = line;
		matches.push({ path: `line ${line}`, value: shorten(value) });
	}
	return { matches, isCut: false };
}

function shorten(text: string): string {
	return text.length > MAX_VALUE ? `${truncate(text, MAX_VALUE)}…` : text;
}
