// A user's regular expression may run forever: only the worker with a time limit may run one.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const UI_FOLDERS = [
	"document",
	"ui",
	"options",
	"page",
	"popup",
	"devtools",
].map((name) => join(import.meta.dirname, "../../src", name));

function sources(): readonly (readonly [name: string, text: string])[] {
	return UI_FOLDERS.flatMap((folder) =>
		readdirSync(folder, { recursive: true, encoding: "utf8" })
			.filter((path) => /\.tsx?$/.test(path))
			.map(
				(path) =>
					[
						path.replace(/^.*[\\/]/, ""),
						readFileSync(join(folder, path), "utf8"),
					] as const,
			),
	);
}

test("only the worker of the search makes a pattern of what a user wrote", () => {
	const importers = sources()
		.filter(([, text]) => text.includes("/user-pattern.ts"))
		.map(([name]) => name);
	expect(importers).toEqual(["regex-worker.ts"]);
});

test("no other file makes a pattern but of escaped text, of a pattern that it was given, or of patterns of its own", () => {
	const makers = sources()
		.filter(([, text]) => /\bRegExp\(/.test(text))
		.map(([name]) => name);
	expect(makers.toSorted()).toEqual([
		"find-in-text.ts",
		"invisible-characters.ts",
		"query.ts",
		"user-pattern.ts",
	]);
});
