import { describe, expect, test } from "vitest";
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
