// The shape of the files: short ones, each beginning with a sentence about what lives in it.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { fromRoot } from "../../scripts/paths.ts";

const LINES_MAX = 250;
/** A suite is a list: it is looked up, not read from top to bottom. */
const TEST_LINES_MAX = 500;

test(`no source file has more than ${LINES_MAX} lines`, () => {
	expect(tooLong(["src", "scripts", "bench"], LINES_MAX)).toEqual([]);
});

test(`no test file has more than ${TEST_LINES_MAX} lines`, () => {
	expect(tooLong(["test"], TEST_LINES_MAX)).toEqual([]);
});

test("every file begins by saying what lives in it", () => {
	const silent = files(["src", "scripts", "bench"]).filter(
		(file) => !/^(#!.*\n)?\/\/ \S/.test(read(file)),
	);
	expect(silent).toEqual([]);
});

function tooLong(folders: readonly string[], max: number): readonly string[] {
	return files(folders)
		.map((file) => ({ file, lines: read(file).split("\n").length - 1 }))
		.filter(({ lines }) => lines > max)
		.map(({ file, lines }) => `${file} has ${lines}`);
}

function files(folders: readonly string[]): readonly string[] {
	return folders.flatMap((folder) =>
		readdirSync(fromRoot(folder), { recursive: true, withFileTypes: true })
			.filter(({ name }) => /\.(m?ts|tsx|mjs)$/.test(name))
			.map(({ parentPath, name }) =>
				relative(fromRoot(), join(parentPath, name)),
			),
	);
}

function read(file: string): string {
	return readFileSync(fromRoot(file), "utf8");
}
