import { describe, expect, test } from "vitest";
import { MAX_MARKS } from "../../../src/ui/diff/messages.ts";
import { parseInput } from "../../../src/ui/diff/parse-input.ts";
import { summarizeChange } from "../../../src/ui/diff/summarize.ts";

const summarize = (
	original: string,
	modified: string,
	contentType = "application/json",
) => {
	const read = (text: string) =>
		parseInput({ body: new TextEncoder().encode(text), contentType });
	return summarizeChange(read(original), read(modified));
};

describe("the summary of a version", () => {
	test("counts values that changed and names their nodes", () => {
		const summary = summarize(
			'{"a":1,"b":2,"c":3}',
			'{"a":1,"b":20,"c":30,"d":4}',
		);
		expect(summary.text).toBe("2 changed, 1 added");
		expect(summary.size).toBe(3);
		expect([...summary.nodes].sort()).toEqual([2, 3, 4]);
	});

	test("names the first changed values in document order, and counts the rest", () => {
		const { items, total } = summarize(
			'{"z":{"price":49.90},"a":1,"b":1,"c":1,"d":1,"old":[1]}',
			'{"z":{"price":39.90},"a":2,"b":2,"c":2,"d":2,"new":"x"}',
		);
		expect(items).toEqual([
			{ kind: "changed", path: "z.price", before: "49.90", after: "39.90" },
			{ kind: "changed", path: "a", before: "1", after: "2" },
			{ kind: "changed", path: "b", before: "1", after: "2" },
			{ kind: "changed", path: "c", before: "1", after: "2" },
		]);
		expect(total).toBe(7);
	});

	test("says what a tree shows of the changes, if that is wanted", () => {
		const read = (text: string) =>
			parseInput({
				body: new TextEncoder().encode(text),
				contentType: "application/json",
			});
		const marksOf = (original: string, modified: string) =>
			summarizeChange(read(original), read(modified), { withMarks: true })
				.marks;
		expect(
			marksOf('{"a":{"x":1,"y":2},"l":[1,2]}', '{"a":{"x":3},"l":[1,2,4]}'),
		).toEqual({
			changed: [
				{ node: 2, kind: "changed", was: "1" },
				{ node: 6, kind: "added" },
			],
			removed: [{ parent: 1, key: '"y"', was: "2" }],
			omitted: 0,
		});
		const many = (value: number) =>
			JSON.stringify(
				Object.fromEntries(
					Array.from({ length: MAX_MARKS + 5 }, (_, key) => [`k${key}`, value]),
				),
			);
		const marks = marksOf(many(1), many(2));
		expect(marks?.changed).toHaveLength(MAX_MARKS);
		expect(marks?.omitted).toBe(5);
		expect(summarize('{"a":1}', '{"a":2}')).not.toHaveProperty("marks");
	});

	test("says of flags that they were switched on or off", () => {
		const { items } = summarize(
			'{"gift-cards":{"enabled":false},"old":{"enabled":true},"banner":{"enabled":true,"threshold":1}}',
			'{"gift-cards":{"enabled":true},"banner":{"enabled":true,"threshold":2},"new":{"enabled":false}}',
		);
		expect(items).toEqual([
			{ kind: "changed", path: "gift-cards", before: "off", after: "on" },
			{ kind: "removed", path: "old", before: "on" },
			{ kind: "changed", path: "banner.threshold", before: "1", after: "2" },
			{ kind: "added", path: "new", after: "off" },
		]);
	});

	test("names the first line of each group of changed ones", () => {
		const text = (lines: readonly string[]) => `${lines.join("\n")}\n`;
		const { items, total } = summarize(
			text(["a", "b", "c", "d", "e"]),
			text(["a", "  B", "c", "d", "new", "e"]),
			"text/plain",
		);
		expect(items).toEqual([
			{ kind: "changed", path: "line 2", before: "b", after: "B" },
			{ kind: "added", path: "line 5", after: "new" },
		]);
		expect(total).toBe(2);
	});

	test("clips long values", () => {
		const [item] = summarize(
			JSON.stringify({ a: "x".repeat(200) }),
			JSON.stringify({ a: "y".repeat(200) }),
		).items;
		expect(item?.after?.length).toBeLessThan(60);
	});

	test("says that only formatting changed", () => {
		expect(summarize('{"a":1}', '{\n  "a": 1\n}\n')).toMatchObject({
			text: "formatting only",
			size: 0,
		});
	});

	test("counts lines when there is no document", () => {
		expect(
			summarize("a: 1\nb: 2\n", "a: 1\nb: 3\nc: 4\n", "application/x-yaml")
				.text,
		).toBe("lines: 2 added, 1 removed");
	});

	test("says when nothing changed", () => {
		expect(summarize("{}", "{}").text).toBe("no changes");
	});
});
