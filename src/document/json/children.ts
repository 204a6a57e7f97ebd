import { scanString } from "./json-scanner.ts";
import { at, NONE, OBJECT, subtreeEnd, type Tree } from "./tree.ts";

export function* childrenOf(tree: Tree, node: number): Generator<number> {
	const end = subtreeEnd(tree, node);
	for (let child = node + 1; child < end; child = subtreeEnd(tree, child))
		yield child;
}

/** The key as it stands in the source, quotes and all; empty where there is none. */
export function keySource(tree: Tree, node: number): string {
	const start = at(tree.key, node);
	if (start === NONE) return "";
	const plain = upToQuote(tree.text, start);
	return plain ?? tree.text.slice(start, scanString(tree.text, start));
}

/** A string without escapes, found faster than by looking at every character. */
function upToQuote(text: string, start: number): string | undefined {
	const source = text.slice(start, text.indexOf('"', start + 1) + 1);
	return source.includes("\\") ? undefined : source;
}

/** The key as JSON.parse reads it. */
export function keyOf(tree: Tree, node: number): string {
	return decodeString(keySource(tree, node));
}

/** The value as it stands in the source; of a container still being read, as far as it goes. */
export function valueSource(tree: Tree, node: number): string {
	const end = at(tree.end, node);
	return tree.text.slice(
		at(tree.start, node),
		end === NONE ? tree.text.length : end,
	);
}

/** The value without white space outside of strings; of its source, at most `limit` characters are read. */
export function compactSource(
	tree: Tree,
	node: number,
	limit = Number.POSITIVE_INFINITY,
): string {
	const source = valueSource(tree, node).slice(0, limit);
	// Extended JSON is compact, and the space after its tags counts.
	if (tree.tag) return source;
	// The last string may lack its end, because of the limit.
	return source.replace(
		/("[^"\\]*(?:\\.[^"\\]*)*"?)|\s+/g,
		(_, token: string | undefined) => token ?? "",
	);
}

/** The YAML tag or the Ion annotations before the value: `!Ref`, `'flag'::`; empty where there are none. */
export function tagOf(tree: Tree, node: number): string {
	const start = tree.tag ? at(tree.tag, node) : NONE;
	return start === NONE
		? ""
		: tree.text.slice(start, at(tree.start, node)).trimEnd();
}

/** What is written before a value that has a tag: a YAML tag stands apart, annotations do not. */
export function tagPrefix(tree: Tree, node: number): string {
	const tag = tagOf(tree, node);
	return tag === "" || tag.endsWith("::") ? tag : `${tag} `;
}

/** The brackets of a container; an Ion s-expression has round ones. */
export function bracketsOf(
	tree: Tree,
	node: number,
): readonly [open: string, close: string] {
	if (at(tree.kind, node) === OBJECT) return ["{", "}"];
	return isExpression(tree, node) ? ["(", ")"] : ["[", "]"];
}

function isExpression(tree: Tree, node: number): boolean {
	return (
		tree.tag !== undefined &&
		tree.text.charCodeAt(at(tree.start, node)) === 0x28
	);
}

/** Of a JSON string with its quotes, what it says. */
export function decodeString(source: string): string {
	if (!source.includes("\\")) return source.slice(1, -1);
	const value: unknown = JSON.parse(source);
	return typeof value === "string" ? value : "";
}
