// Writes the path of a node in four notations, and parses each of them.
import { childrenOf, keyOf } from "./children.ts";
import { ARRAY, at, NONE, OBJECT, type Tree } from "./tree.ts";

/** Keys of objects, positions in arrays. */
export type Path = readonly (string | number)[];
export type Notation = "JSONPath" | "JavaScript" | "jq" | "JSON Pointer";

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
/** jq's own: no dollar sign. */
const JQ_IDENTIFIER = /^[A-Za-z_]\w*$/;

export function pathOf(tree: Tree, node: number): Path {
	const path: (string | number)[] = [];
	for (let up = node; at(tree.parent, up) !== NONE; up = at(tree.parent, up))
		path.push(at(tree.key, up) === NONE ? at(tree.index, up) : keyOf(tree, up));
	return path.reverse();
}

export function formatPath(path: Path, notation: Notation): string {
	switch (notation) {
		case "JSONPath":
			return `$${path.map(toJsonPath).join("")}`;
		case "JavaScript":
			return toJavaScript(path);
		case "jq":
			return toJq(path);
		case "JSON Pointer":
			return path.map(toPointer).join("");
	}
}

// RFC 9535 §2.5.1.1: a shorthand name is like an identifier, but has no dollar sign.
function toJsonPath(segment: string | number): string {
	if (typeof segment === "number") return `[${segment}]`;
	return JQ_IDENTIFIER.test(segment) ? `.${segment}` : `[${quote(segment)}]`;
}

// RFC 9535 §2.3.1: single quotes; what JSON escapes is escaped, but for the quotes, which change places.
function quote(key: string): string {
	const inside = JSON.stringify(key)
		.slice(1, -1)
		.replaceAll('\\"', '"')
		.replaceAll("'", "\\'");
	return `'${inside}'`;
}

// A first key `$` would read as JSONPath's root.
function toJavaScript(path: Path): string {
	const parts = path.map((segment, depth) =>
		typeof segment === "string" &&
		IDENTIFIER.test(segment) &&
		(depth > 0 || segment !== "$")
			? `.${segment}`
			: `[${JSON.stringify(segment)}]`,
	);
	return parts.join("").replace(/^\./, "");
}

function toJq(path: Path): string {
	const [first, ...rest] = path.map((segment) =>
		typeof segment === "string" && JQ_IDENTIFIER.test(segment)
			? `.${segment}`
			: `[${JSON.stringify(segment)}]`,
	);
	if (first === undefined) return ".";
	return `${first.startsWith("[") ? "." : ""}${first}${rest.join("")}`;
}

// RFC 6901 §3.
function toPointer(segment: string | number): string {
	return `/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** What was typed as a path, in any of the notations; `undefined` when it is none. */
export function parsePath(text: string): Path | undefined {
	if (text.startsWith("/")) return parsePointer(text);
	const trimmed = text.trim();
	const path: (string | number)[] = [];
	const segment =
		/\.?\[(?<index>\d+)\]|\.?\[(?<quoted>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\]|\.?(?<name>[^.[\]"'\s]+)|\.$/y;
	segment.lastIndex = /^\$(?=[.[]|$)/.test(trimmed) ? 1 : 0;
	while (segment.lastIndex < trimmed.length) {
		const { index, quoted, name } = segment.exec(trimmed)?.groups ?? {};
		if (index !== undefined) path.push(Number(index));
		else if (quoted !== undefined) {
			const key = unquote(quoted);
			if (key === undefined) return undefined;
			path.push(key);
		} else if (name !== undefined) path.push(name);
		else return trimmed === "." ? path : undefined;
	}
	return path;
}

function parsePointer(text: string): Path {
	return text
		.slice(1)
		.split("/")
		.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function unquote(text: string): string | undefined {
	const inside = text.slice(1, -1);
	const json = text.startsWith("'")
		? inside.replace(/\\'|"/g, (found) => (found === '"' ? '\\"' : "'"))
		: inside;
	try {
		return String(JSON.parse(`"${json}"`));
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}

/** The node at a path; of duplicate keys the last, which is the one that JSON.parse keeps. */
export function resolvePath(tree: Tree, path: Path): number | undefined {
	if (tree.count === 0) return undefined;
	let node = 0;
	for (const segment of path) {
		const next = childAt(tree, node, segment);
		if (next === undefined) return undefined;
		node = next;
	}
	return node;
}

function childAt(
	tree: Tree,
	node: number,
	segment: string | number,
): number | undefined {
	const kind = at(tree.kind, node);
	let found: number | undefined;
	if (kind === OBJECT) {
		for (const child of childrenOf(tree, node))
			if (keyOf(tree, child) === String(segment)) found = child;
	} else if (kind === ARRAY && /^(?:0|[1-9]\d*)$/.test(String(segment))) {
		const index = Number(segment);
		for (const child of childrenOf(tree, node))
			if (at(tree.index, child) === index) return child;
	}
	return found;
}
