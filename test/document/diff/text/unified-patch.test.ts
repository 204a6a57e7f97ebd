import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { runToEnd } from "../../../../src/document/diff/text/cooperative-task.ts";
import { diffLines } from "../../../../src/document/diff/text/line-diff.ts";
import { toUnifiedPatch } from "../../../../src/document/diff/text/unified-patch.ts";

const folder = mkdtempSync(join(tmpdir(), "patch-"));
afterAll(() => rmSync(folder, { recursive: true }));

const patchOf = (original: string, modified: string, name = "flags.json") =>
	toUnifiedPatch(runToEnd(diffLines(original, modified)), name);

const line = fc.constantFrom(
	"a",
	"b",
	"-c",
	"+d",
	"@@",
	" ",
	"",
	"é😀",
	"a\r",
	"\\",
);
const text = fc
	.tuple(fc.array(line, { maxLength: 40 }), fc.boolean())
	.map(([lines, ends]) => lines.join("\n") + (ends ? "\n" : ""));

test("git apply turns the original text into the modified one", () => {
	fc.assert(
		fc.property(text, text, (original, modified) => {
			fc.pre(original !== modified);
			expect(applied(original, patchOf(original, modified))).toBe(modified);
		}),
		{ numRuns: 60 },
	);
});

test("many changes in a long text apply", () => {
	const write = (change: (at: number) => string) =>
		Array.from({ length: 2000 }, (_, at) => `${change(at)}\n`).join("");
	const original = write((at) => `line ${at}`);
	const modified = write((at) =>
		at % 97 === 0 ? `changed ${at}\nmore` : `line ${at}`,
	);
	expect(applied(original, patchOf(original, modified))).toBe(modified);
});

test.each(["my flags.json", 'quo"ted.json', "tab\tin it.json"])(
	"git apply finds a file named %j",
	(name) => {
		expect(applied("a\n", patchOf("a\n", "b\n", name), name)).toBe("b\n");
	},
);

test("a patch has the format of diff -u", () => {
	expect(patchOf("a\nb\nc\n", "a\nB\nc")).toBe(
		[
			"diff --git a/flags.json b/flags.json",
			"--- a/flags.json",
			"+++ b/flags.json",
			"@@ -1,3 +1,3 @@",
			" a",
			"-b",
			"-c",
			"+B",
			"+c",
			"\\ No newline at end of file",
			"",
		].join("\n"),
	);
});

test("the patch is empty when nothing changed", () => {
	expect(patchOf("a\n", "a\n")).toBe("");
});

function applied(original: string, patch: string, name = "flags.json"): string {
	writeFileSync(join(folder, name), original);
	execFileSync("git", ["apply", "--whitespace=nowarn", "-"], {
		cwd: folder,
		input: patch,
		env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() },
	});
	return readFileSync(join(folder, name), "utf8");
}
