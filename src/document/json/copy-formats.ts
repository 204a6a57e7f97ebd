import { decodeString, keyOf, valueSource } from "./children.ts";
import { formatJson } from "./format-json.ts";
import { formatPath, type Notation, pathOf } from "./paths.ts";
import { at, isContainer, NONE, STRING, type Tree } from "./tree.ts";

export type CopyFormat = "value" | "source" | "formatted" | "key" | Notation;

const PATHS: readonly Notation[] = [
	"JSONPath",
	"JavaScript",
	"jq",
	"JSON Pointer",
];

/** Those that make sense for a node: members have keys, containers a layout, and the root has no path to speak of. */
export function copyFormats(tree: Tree, node: number): readonly CopyFormat[] {
	const kind = at(tree.kind, node);
	return [
		"value",
		...(kind === STRING ? (["source"] as const) : []),
		...(isContainer(tree, node) ? (["formatted"] as const) : []),
		...(at(tree.key, node) === NONE ? [] : (["key"] as const)),
		...PATHS.filter((notation) => formatPath(pathOf(tree, node), notation)),
	];
}

/** `value`: what a string says, or anything else exactly as in the source. */
export function copyText(tree: Tree, node: number, kind: CopyFormat): string {
	switch (kind) {
		case "value":
			return at(tree.kind, node) === STRING
				? decodeString(valueSource(tree, node))
				: valueSource(tree, node);
		case "source":
			return valueSource(tree, node);
		case "formatted":
			return formatJson(tree, node);
		case "key":
			return keyOf(tree, node);
		default:
			return formatPath(pathOf(tree, node), kind);
	}
}
