// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from "vitest";
import {
	expandToLevel,
	rowOf,
	visibleRows,
} from "../../../../src/document/json/expansion.ts";
import { parseTree } from "../../../../src/document/json/json-parser.ts";
import { openContent } from "../../../../src/ui/content/content.ts";
import {
	type TreeAnnotations,
	TreeAnnotationsProvider,
} from "../../../../src/ui/viewer/tree/annotations.tsx";
import {
	removedAt,
	withRemovedRows,
} from "../../../../src/ui/viewer/tree/change-rows.tsx";
import {
	changeForKey,
	typeAhead,
} from "../../../../src/ui/viewer/tree/tree-keys.ts";
import { Viewer } from "../../../../src/ui/viewer/Viewer.tsx";
import { render, screen, userEvent } from "../../../helpers/render.tsx";

// Nodes: 0 root, 1 a, 2 x, 3 b, 4 c
const TEXT = '{"a": {"x": 1}, "b": 2, "c": {}}';
const tree = parseTree(TEXT);
const REMOVED: TreeAnnotations["removed"] = new Map([
	[
		1,
		[
			{ key: '"old"', was: "80" },
			{ key: '"older"', was: '"x"' },
		],
	],
	[4, [{ key: '"last"', was: "true" }]],
]);

const rowsAt = (level: number) => {
	const expansion = expandToLevel(level);
	const nodes = visibleRows(tree, expansion);
	return { expansion, rows: withRemovedRows(tree, nodes, expansion, REMOVED) };
};

describe("rows of removed values", () => {
	test("follow the row of their container while that is open or empty", () => {
		expect([...rowsAt(2).rows]).toEqual([0, 1, 1, 1, 2, 3, 4, 4]);
		expect([...rowsAt(1).rows]).toEqual([0, 1, 3, 4, 4]);
		expect([...rowsAt(0).rows]).toEqual([0]);
	});

	test("are told from the rows of nodes", () => {
		const { rows } = rowsAt(2);
		const keys = Array.from(
			rows,
			(_, row) => removedAt(rows, row, REMOVED)?.key,
		);
		const none = undefined;
		expect(keys).toEqual([
			none,
			none,
			'"old"',
			'"older"',
			none,
			none,
			none,
			'"last"',
		]);
		expect([1, 2, 4].map((node) => rowOf(rows, node))).toEqual([1, 4, 6]);
	});

	test("are passed over by the keys", () => {
		const press = (key: string, selected: number) =>
			changeForKey(key, { tree, ...rowsAt(2), selected, pageRows: 3 })
				?.selected;
		expect(press("ArrowDown", 1)).toBe(2);
		expect(press("ArrowUp", 2)).toBe(1);
		expect(press("ArrowDown", 4)).toBe(4);
		expect(press("End", 0)).toBe(4);
		const typed = typeAhead("a", {
			tree,
			...rowsAt(2),
			selected: 1,
			pageRows: 3,
		});
		expect(typed).toBeUndefined();
	});
});

describe("a tree with changes", () => {
	beforeEach(() => {
		localStorage.clear();
		// happy-dom has no layout: everything is as large as a panel.
		for (const [name, value] of [
			["clientWidth", 800],
			["clientHeight", 600],
		] as const)
			vi.spyOn(HTMLElement.prototype, name, "get").mockReturnValue(value);
	});

	const content = openContent(
		new TextEncoder().encode(TEXT),
		"application/json",
	);
	const show = (annotations: TreeAnnotations) =>
		render(
			<TreeAnnotationsProvider annotations={annotations}>
				<Viewer content={content} compact={false} preferencesKey="a" />
			</TreeAnnotationsProvider>,
		);
	const names = () =>
		screen
			.getAllByRole("treeitem")
			.map((row) => row.getAttribute("aria-label") ?? row.textContent);
	const CHANGED: TreeAnnotations["changed"] = new Map([
		[2, { kind: "changed", was: "0" }],
		[3, { kind: "added" }],
	]);

	test("names what each value was, and what was removed", () => {
		show({ content, changed: CHANGED, removed: REMOVED });
		expect(names()).toEqual([
			"$: 3 keys",
			'"a": 1 key',
			'"old": removed, was 80',
			'"older": removed, was "x"',
			'"x": 1, changed, was 0',
			'"b": 2, added',
			'"c": {}',
			'"last": removed, was true',
		]);
	});

	test("marks the row of a closed container in which something changed", async () => {
		show({ content, changed: CHANGED, removed: new Map() });
		const [, a] = screen.getAllByRole("treeitem");
		if (a) await userEvent.click(a);
		await userEvent.keyboard("{ArrowLeft}");
		expect(names()).toContain('"a": 1 key, changed');
	});

	test("marks nothing of another content", () => {
		const other = openContent(Uint8Array.of(0x31), "application/json");
		show({ content: other, changed: CHANGED, removed: REMOVED });
		expect(names().join()).not.toMatch(/changed|added|removed/);
	});
});
