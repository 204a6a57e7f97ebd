// Paths from the project's folder. They hold for the compiled scripts and for tests that import the sources.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const BINARIES = {
	tsc: "typescript/bin/tsc",
	biome: "@biomejs/biome/bin/biome",
	vitest: "vitest/vitest.mjs",
	playwright: "playwright/cli.js",
};

const root = findRoot(dirname(fileURLToPath(import.meta.url)));

export function fromRoot(...path: readonly string[]): string {
	return join(root, ...path);
}

/** The script of a package's command, to run with this Node, without a shell or npx. */
export function binary(name: keyof typeof BINARIES): string {
	return fromRoot("node_modules", BINARIES[name]);
}

function findRoot(folder: string): string {
	const parent = dirname(folder);
	if (
		existsSync(join(folder, "manifest.json")) &&
		existsSync(join(folder, "package.json"))
	)
		return folder;
	if (parent === folder) throw new Error("The project's folder was not found.");
	return findRoot(parent);
}
