import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parseTree } from "../../../src/document/json/json-parser.ts";
import type { Tree } from "../../../src/document/json/tree.ts";
import { type Content, openContent } from "../../../src/ui/content/content.ts";

const SIZES = [4095, 4096, 4097, 8192, 16_383, 16_384, 16_385, 50_000];

beforeAll(() => {
	vi.stubGlobal("requestAnimationFrame", (frame: () => void) => frame());
	vi.stubGlobal("requestIdleCallback", (work: () => void) => work());
});
afterAll(() => void vi.unstubAllGlobals());

/** So many UTF-16 units, the last ones of a string that is closed or cut. */
function textOf(size: number, end: string): string {
	const filler = "x".repeat(90);
	const members = Array.from(
		{ length: 300 },
		(_, id) => `"é${id}":["${filler}", ${id}]`,
	);
	const beginning = `{${members.join().slice(0, size / 2)}`;
	const whole = beginning.slice(0, beginning.lastIndexOf(",") + 1);
	return `${whole}"last":"${"€".repeat(size)}`.slice(0, size - 2) + end;
}

const ENCODINGS: Readonly<Record<string, (text: string) => Uint8Array>> = {
	"UTF-8": (text) => Buffer.from(text),
	"UTF-8 with a mark": (text) => Buffer.from(`\ufeff${text}`),
	"UTF-16": (text) => Buffer.from(text, "utf16le"),
};

async function treeOf(content: Content): Promise<Tree> {
	const { tree, parseRest } = content.json();
	if (!tree.done) await new Promise<void>((done) => parseRest(done));
	return tree;
}

describe.each(Object.entries(ENCODINGS))("in %s", (_name, encode) => {
	test.each(SIZES)("%i units are read as at once", async (size) => {
		for (const end of ['"}', "xx", "\n~"]) {
			const text = textOf(size, end);
			const content = openContent(encode(text), "application/json");
			const whole = parseTree(text);
			expect(await treeOf(content)).toEqual(whole);
			// The view was left, and is there again.
			expect(await treeOf(content)).toEqual(whole);
		}
	});

	test("what breaks in its beginning has all of its text", async () => {
		const text = textOf(50_000, '"}').replace("9]", "~]");
		const content = openContent(encode(text), "application/json");
		expect(await treeOf(content)).toEqual(parseTree(text));
	});
});

test("two views that parse the same source at once share its tree", async () => {
	const text = textOf(50_000, '"}');
	const content = openContent(Buffer.from(text), "application/json");
	const trees = await Promise.all([treeOf(content), treeOf(content)]);
	expect(trees[0]).toBe(trees[1]);
	expect(trees[0]).toEqual(parseTree(text));
});

test("a view that is left while it parses does not stop the next one", async () => {
	const text = textOf(50_000, '"}');
	const content = openContent(Buffer.from(text), "application/json");
	content.json().parseRest(() => {})();
	expect(await treeOf(content)).toEqual(parseTree(text));
});
