import { describe, expect, test } from "vitest";
import {
	expandToLevel,
	isExpanded,
	visibleRows,
} from "../../../../src/document/json/expansion.ts";
import { parseTree } from "../../../../src/document/json/json-parser.ts";
import {
	changeForKey,
	type TreeKeyContext,
	typeAhead,
} from "../../../../src/ui/viewer/tree/tree-keys.ts";

// Nodes: 0 root, 1 a, 2 x, 3 b, 4 y, 5 bc
const tree = parseTree('{"a": {"x": 1}, "b": [2], "bc": 3}');

function context(selected: number, level = 1): TreeKeyContext {
	const expansion = expandToLevel(level);
	const rows = visibleRows(tree, expansion);
	return { tree, rows, expansion, selected, pageRows: 2 };
}

describe("keys of a tree", () => {
	test.each([
		["ArrowDown", 0, 1],
		["ArrowDown", 5, 5],
		["ArrowUp", 1, 0],
		["ArrowUp", 0, 0],
		["PageDown", 0, 3],
		["PageUp", 5, 1],
		["Home", 5, 0],
		["End", 0, 5],
		["ArrowLeft", 5, 0],
	])("%s at node %i selects node %i", (key, selected, expected) => {
		expect(changeForKey(key, context(selected))?.selected).toBe(expected);
	});

	test("Right expands a container, then goes to its first child", () => {
		const { expansion } = changeForKey("ArrowRight", context(1)) ?? {};
		expect(expansion && isExpanded(expansion, 1, 1)).toBe(true);
		expect(changeForKey("ArrowRight", context(1, 2))?.selected).toBe(2);
	});

	test("Left collapses a container, then goes to its parent", () => {
		const { expansion } = changeForKey("ArrowLeft", context(1, 2)) ?? {};
		expect(expansion && isExpanded(expansion, 1, 1)).toBe(false);
		expect(changeForKey("ArrowLeft", context(1))?.selected).toBe(0);
	});

	test("* expands all siblings", () => {
		const { expansion } = changeForKey("*", context(5)) ?? {};
		expect(expansion && isExpanded(expansion, 1, 1)).toBe(true);
		expect(expansion && isExpanded(expansion, 3, 1)).toBe(true);
	});

	test("other keys do nothing", () => {
		expect(changeForKey("F5", context(1))).toBeUndefined();
		expect(changeForKey("Enter", context(5))).toBeUndefined();
	});
});

test("letters go to the next key that begins with them, round at the end", () => {
	expect(typeAhead("b", context(0))).toBe(3);
	expect(typeAhead("b", context(3))).toBe(5);
	expect(typeAhead("b", context(5))).toBe(3);
	expect(typeAhead("bc", context(3))).toBe(5);
	expect(typeAhead("q", context(0))).toBeUndefined();
});
