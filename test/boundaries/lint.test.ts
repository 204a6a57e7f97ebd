// The project's own lint rules: each reports what it is for and nothing else.
import { beforeAll, describe, expect, test } from "vitest";
import { type CopiedTree, createCopiedTree } from "./copied-tree.ts";

describe("what the linter refuses", () => {
	let tree: CopiedTree;

	beforeAll(() => {
		tree = createCopiedTree("lint");
	});

	for (const code of [
		"Date.now()",
		"new Date()",
		"Math.random()",
		"performance.now()",
	])
		test(`the core does not call ${code}`, () => {
			tree.write("src/core/probe.ts", `export const value = ${code};\n`);
			expect(tree.lint("src/core/probe.ts")).toContain(
				"The core has no clock and no dice",
			);
		});

	test("elsewhere the time may be asked", () => {
		tree.write("src/background/probe.ts", "export const value = Date.now();\n");
		expect(tree.lint("src/background/probe.ts")).not.toContain("no clock");
	});

	for (const layer of ["storage", "ui", "popup", "devtools", "options"])
		test(`${layer} does not touch storage.session`, () => {
			const path = `src/${layer}/probe.ts`;
			tree.write(
				path,
				'import browser from "webextension-polyfill";\nexport const area = browser.storage.session;\n',
			);
			expect(tree.lint(path)).toContain("only src/background may touch it");
		});

	test("the background may touch storage.session", () => {
		const path = "src/background/probe.ts";
		tree.write(
			path,
			'import browser from "webextension-polyfill";\nexport const area = browser.storage.session;\n',
		);
		expect(tree.lint(path)).not.toContain("storage.session");
	});
});
