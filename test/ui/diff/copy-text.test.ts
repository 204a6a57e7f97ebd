import { applyPatch } from "diff";
import { describe, expect, test } from "vitest";
import { diffStructure } from "../../../src/document/diff/json/structure-diff.ts";
import { runToEnd } from "../../../src/document/diff/text/cooperative-task.ts";
import { readYaml } from "../../../src/document/formats/yaml.ts";
import { jsonPatchError, toCopyText } from "../../../src/ui/diff/copy-text.ts";
import type { CopyFormat } from "../../../src/ui/diff/messages.ts";
import {
	type ParsedInput,
	parseInput,
} from "../../../src/ui/diff/parse-input.ts";
import { unifiedPatchError } from "../../../src/ui/diff/text-comparison.ts";

function write(original: string, modified: string, format: CopyFormat): string {
	const read = (text: string) =>
		parseInput({
			body: new TextEncoder().encode(text),
			contentType: "application/json",
		});
	const [left, right] = [read(original), read(modified)];
	if (!left.tree || !right.tree) expect.fail("not JSON");
	const structure = runToEnd(diffStructure(left.tree, right.tree));
	return toCopyText(
		{ original: left, modified: right, structure },
		format,
		"flags.json",
	);
}

describe("the copied changes", () => {
	test("as a patch names the file and keeps line ends as they are", () => {
		expect(write("{\r\n}\r\n", "{\n}\n", "patch")).toContain("-{\r\n");
	});

	test("as JSON Patch keeps numbers as written", () => {
		expect(write('{"a":1}', '{"a":9007199254740993}', "json-patch")).toBe(
			'[\n  {"op":"replace","path":"/a","value":9007199254740993}\n]\n',
		);
	});

	test("in words has one line for each change", () => {
		expect(write('{"a":{"b":30}}', '{"a":{"b":45}}', "sentences")).toBe(
			"a.b changed from 30 to 45\n",
		);
	});

	test("in words says that only formatting changed", () => {
		expect(write('{"a":1}', '{ "a": 1 }', "sentences")).toBe(
			"Nothing but formatting changed.\n",
		);
	});
});

describe("a copied patch applies to the copied bytes", () => {
	const bytes = (...parts: readonly (string | number)[]) =>
		Uint8Array.from(
			parts.flatMap((part) =>
				typeof part === "number" ? [part] : [...new TextEncoder().encode(part)],
			),
		);
	const readBytes = (body: Uint8Array, contentType = "application/json") =>
		parseInput({ body, contentType });
	const patchOf = (original: Uint8Array, modified: Uint8Array) =>
		toCopyText(
			{ original: readBytes(original), modified: readBytes(modified) },
			"patch",
			"flags.json",
		);

	test.each([
		["\ufeff{}\n", "{}\n"],
		["{}\n", "\ufeff{}\n"],
		["\ufeff{}", "\ufeff[]"],
		["\ufeffa\r\nb\r\n", "\ufeffa\nb\n"],
		["\ufeff", "x"],
		["a\ufeffb\n", "ab\n"],
	])("with its byte order mark: %j → %j", (original, modified) => {
		const patch = patchOf(bytes(original), bytes(modified));
		expect(
			unifiedPatchError({ bytes: bytes(original) }, { bytes: bytes(modified) }),
		).toBeUndefined();
		expect(applyPatch(original, patch, { autoConvertLineEndings: false })).toBe(
			modified,
		);
	});

	test("or is refused with the reason", () => {
		const good = { bytes: bytes("{}\n") };
		for (const body of [
			bytes("{", 0xff, "}"),
			bytes(0xff, 0xfe, "{", 0, "}", 0),
			bytes("{", 0, "}"),
			bytes("caf", 0xe9),
		]) {
			expect(unifiedPatchError({ bytes: body }, good)).toBe(
				"A patch is text in UTF-8, and the first version is not.",
			);
			expect(unifiedPatchError(good, { bytes: body })).toBe(
				"A patch is text in UTF-8, and the second version is not.",
			);
		}
	});

	const troubleOf = (original: ParsedInput, modified: ParsedInput) => {
		if (!original.tree || !modified.tree) expect.fail("no document");
		const structure = runToEnd(diffStructure(original.tree, modified.tree));
		return jsonPatchError({ original, modified, structure });
	};
	const readYamlSubject = (text: string) =>
		parseInput({
			body: bytes(text),
			contentType: "application/x-yaml",
			extended: readYaml(text),
		});

	test("as JSON Patch is refused when JSON cannot express a value", () => {
		expect(
			troubleOf(readBytes(bytes('{"a":"', 0xff, '"}')), readBytes(bytes("{}"))),
		).toContain("bytes that are not UTF-8");
		const lines = readBytes(bytes("1\n2"), "application/x-ndjson");
		expect(troubleOf(lines, readBytes(bytes("[1]")))).toContain("one document");
		for (const [modified, value] of [
			["a: !Ref x", '!Ref "x"'],
			["a: 0x1F", "0x1F"],
			["a: [.inf]", "[.inf]"],
			["a: !!set {b}", '!!set {"b":null}'],
		] as const)
			expect(
				troubleOf(readYamlSubject("a: 1"), readYamlSubject(modified)),
			).toBe(`JSON has no value like ${value}.`);
		expect(
			troubleOf(
				readYamlSubject("1: a\n'1': b"),
				readYamlSubject("1: c\n'1': b"),
			),
		).toContain("keys that occur more than once");
		expect(
			troubleOf(
				readYamlSubject("a: !Ref x\nb: 0x1F"),
				readYamlSubject("a: x\nb: 0x1F"),
			),
		).toBeUndefined();
		expect(
			troubleOf(readBytes(bytes("\ufeff{}")), readBytes(bytes("[]"))),
		).toBeUndefined();
	});
});
