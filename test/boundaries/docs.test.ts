import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { fromRoot } from "../../scripts/paths.ts";

const DOCUMENTS = [
	"README.md",
	"ARCHITECTURE.md",
	"CONTRIBUTING.md",
	"SECURITY.md",
	"docs/emulator.md",
	"docs/emulator-clients.md",
	"docs/export.md",
	"docs/history-export.md",
];
const PATH =
	/`((?:[\w.-]+\/)+[\w.-]+\.(?:tsx?|css|json|md|mjs|html|svg|grit))`/g;
/** Examples of files that a reader may have, and products of the build. */
const ELSEWHERE =
	/^(?:appconfig|build|dist|shop|storefront|node_modules|\.cache)\//;

it.each(DOCUMENTS)("%s names files that exist", (document) => {
	const text = readFileSync(fromRoot(document), "utf8");
	const missing = [...text.matchAll(PATH)]
		.map(([, path = ""]) => path)
		.filter((path) => !ELSEWHERE.test(path) && !path.includes("RESOURCE"))
		.filter((path) => !/[A-Z]{4}/.test(path))
		.filter(
			(path) => !["", "src/"].some((root) => existsSync(fromRoot(root + path))),
		);
	expect(missing).toEqual([]);
});
