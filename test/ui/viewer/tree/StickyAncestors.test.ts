// The ancestors that stay above the rows in sight.
import { expect, test } from "vitest";
import {
	expandToLevel,
	visibleRows,
} from "../../../../src/document/json/expansion.ts";
import { parseTree } from "../../../../src/document/json/json-parser.ts";
import { formatPath, pathOf } from "../../../../src/document/json/paths.ts";
import {
	ancestorsAt,
	COVERED,
} from "../../../../src/ui/viewer/tree/StickyAncestors.tsx";

const LIST = {
	list: Array.from({ length: 9 }, (_, id) => ({ id, more: { x: [id] } })),
};

function ancestors(document: unknown, top: number): readonly string[] {
	const tree = parseTree(JSON.stringify(document));
	const rows = visibleRows(tree, expandToLevel(Number.POSITIVE_INFINITY));
	return ancestorsAt(tree, rows, top).map((node) =>
		formatPath(pathOf(tree, node), "JSONPath"),
	);
}

test("are those of the first row that they leave in sight, from the outermost on", () => {
	expect(ancestors(LIST, 0)).toEqual([]);
	expect(ancestors(LIST, 1)).toEqual(["$"]);
	expect(ancestors(LIST, 2)).toEqual(["$", "$.list"]);
	expect(ancestors(LIST, 3)).toEqual(["$", "$.list", "$.list[0]"]);
	// Where three would cover all that is left of an element, the next one is the first in sight.
	expect(ancestors(LIST, 5)).toEqual(["$", "$.list"]);
});

test("are never more than there is room for, the nearest ones", () => {
	let deep: unknown = [1, 2, 3, 4, 5, 6, 7, 8];
	for (let level = 0; level < 20; level += 1) deep = { deep };
	const found = ancestors(deep, 22);
	expect(found).toHaveLength(COVERED);
	expect(found.at(-1)).toBe(`$${".deep".repeat(20)}`);
});
