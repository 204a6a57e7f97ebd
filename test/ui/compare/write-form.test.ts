// What is put on the clipboard: a patch of the texts as they are, operations, or words.
import { describe, expect, test } from "vitest";
import { finish } from "../../../src/document/compare/steps.ts";
import { diffStructure } from "../../../src/document/compare/structure-diff.ts";
import type { CopyForm } from "../../../src/ui/compare/messages.ts";
import { readSubject } from "../../../src/ui/compare/reading.ts";
import { writeForm } from "../../../src/ui/compare/write-form.ts";

function write(old: string, fresh: string, form: CopyForm): string {
	const read = (text: string) =>
		readSubject({
			body: new TextEncoder().encode(text),
			contentType: "application/json",
		});
	const [left, right] = [read(old), read(fresh)];
	if (!left.tree || !right.tree) expect.fail("not JSON");
	const structure = finish(diffStructure(left.tree, right.tree));
	return writeForm(
		{ old: left, new: right, structure },
		{ form, name: "flags.json" },
	);
}

describe("a comparison on the clipboard", () => {
	test("as a patch names the file and keeps line ends as they are", () => {
		expect(write("{\r\n}\r\n", "{\n}\n", "patch")).toContain("-{\r\n");
	});

	test("as JSON Patch has numbers as they were written", () => {
		expect(write('{"a":1}', '{"a":9007199254740993}', "json-patch")).toBe(
			'[\n  {"op":"replace","path":"/a","value":9007199254740993}\n]\n',
		);
	});

	test("in words is one line a change", () => {
		expect(write('{"a":{"b":30}}', '{"a":{"b":45}}', "sentences")).toBe(
			"a.b changed from 30 to 45\n",
		);
	});

	test("in words says when nothing but formatting changed", () => {
		expect(write('{"a":1}', '{ "a": 1 }', "sentences")).toBe(
			"Nothing but formatting changed.\n",
		);
	});
});
