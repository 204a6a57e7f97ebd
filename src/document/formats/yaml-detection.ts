// Detects YAML in a text without a declared type: every line must have the shape of YAML, and some a shape that prose lacks.

/** Characters that are looked at; the last line may be cut there. */
const LIMIT = 4_000;

const KEY =
	/^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#&*!|>%@`"'{}[\],-][^#{}[\],"']*?|-[^\s#{}[\],"']+?):(?:\s+(?<value>\S.*)|\s*)$/;
const TYPED =
	/^(?:[-+]?[\d.][\d._]*|true|false|null|~|["'[{&*!|>].*)(?:\s+#.*)?$/i;

/** What the lines so far speak for. */
interface Evidence {
	/** Lines that only YAML has: items with keys, typed values, keys with something indented under them. */
	strong: number;
	/** `name: value` */
	keys: number;
	/** `Name: some words`, `two words: value` */
	prose: number;
	/** `- word` */
	items: number;
}

export function looksLikeYaml(head: string): boolean {
	const lines = head.split(/\r?\n/);
	if (head.length >= LIMIT && lines.length > 1) lines.pop();
	const evidence: Evidence = { strong: 0, keys: 0, prose: 0, items: 0 };
	// Lines indented deeper than this belong to a value before: text in blocks, values over several lines.
	let inside: number | undefined;
	let hasOpened = false;
	for (const line of lines) {
		const text = line.trim();
		if (text === "" || text.startsWith("#")) continue;
		if (/^(?:%YAML|%TAG)\s/.test(line)) return true;
		if (/^(?:---|\.\.\.)(?:\s+#.*)?$/.test(line)) {
			evidence.strong += line.startsWith("---") ? 1 : 0;
			inside = undefined;
			hasOpened = false;
			continue;
		}
		const indent = line.search(/\S/);
		if (inside !== undefined && indent > inside) continue;
		inside = undefined;
		if (/^ *\t/.test(line)) return false;
		if (hasOpened && indent > 0) evidence.strong += 1;
		const shape = classifyLine(text, evidence);
		if (!shape) return false;
		hasOpened = shape === "opens";
		if (shape === "block") inside = indent;
	}
	const { strong, keys, prose, items } = evidence;
	if (strong > 0) return keys + items > 0 && prose <= strong + keys;
	return keys >= 2 ? keys > prose : prose === 0 && keys === 0 && items >= 2;
}

/** What a line is: `opens` when its value is on the lines below, `block` when the lines below are text. */
function classifyLine(
	line: string,
	evidence: Evidence,
): "plain" | "opens" | "block" | undefined {
	const item = /^(?:-(?:\s+|$))+/.exec(line);
	const rest = item ? line.slice(item[0].length) : line;
	if (item && rest === "") return "opens";
	const pair = KEY.exec(rest);
	if (!pair) return item ? classifyItem(rest, evidence) : undefined;
	const value = pair.groups?.value;
	const key = rest.slice(0, rest.indexOf(":"));
	const isLoose = /\s/.test(key) && !/^["']/.test(rest);
	if (isLoose || isSentence(key, value)) evidence.prose += 1;
	else {
		evidence.keys += 1;
		if (item || (value && TYPED.test(value))) evidence.strong += 1;
	}
	if (value === undefined) return "opens";
	// A value in brackets or quotes may go on below.
	return /^(?:[&!]\S+\s+)*[|>][-+\d]*(?:\s+#.*)?$/.test(value) ||
		isUnclosed(value)
		? "block"
		: "plain";
}

/** `Note: this is text` */
function isSentence(key: string, value: string | undefined): boolean {
	return (
		value !== undefined &&
		/^[A-Z]/.test(key) &&
		!TYPED.test(value) &&
		value.trim().split(/\s+/).length > 2
	);
}

function classifyItem(text: string, evidence: Evidence): "plain" | "block" {
	if (TYPED.test(text)) evidence.strong += 1;
	if (/\s/.test(text) && !TYPED.test(text)) evidence.prose += 1;
	else evidence.items += 1;
	return isUnclosed(text) ? "block" : "plain";
}

function isUnclosed(value: string): boolean {
	if (/^[[{]/.test(value)) {
		const opened = value.match(/[[{]/g)?.length ?? 0;
		return opened > (value.match(/[\]}]/g)?.length ?? 0);
	}
	if (value.startsWith('"')) return !/^"(?:[^"\\]|\\.)*"/.test(value);
	if (value.startsWith("'")) return !/^'(?:[^']|'')*'/.test(value);
	return false;
}
