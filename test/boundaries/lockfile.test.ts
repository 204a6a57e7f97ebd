// `npm ci` refuses a lockfile that lacks a package for another platform, and npm drops packages that a registry lacks.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fromRoot } from "../../scripts/paths.ts";

interface Entry {
	readonly resolved?: string;
	readonly integrity?: string;
	readonly dependencies?: Readonly<Record<string, string>>;
	readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock: { readonly packages: Readonly<Record<string, Entry>> } = JSON.parse(
	readFileSync(fromRoot("package-lock.json"), "utf8"),
);

test("every dependency in the lockfile has its entry, those for other platforms too", () => {
	const missing = Object.entries(lock.packages).flatMap(([path, entry]) =>
		Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
			.filter((name) => !isFound(path, name))
			.map((name) => `${name}, wanted by ${path}`),
	);
	expect(missing).toEqual([]);
});

test("the lockfile names no registry", () => {
	const naming = Object.entries(lock.packages).filter(
		([, { resolved }]) => resolved !== undefined,
	);
	expect(naming).toEqual([]);
});

test("every package in the lockfile has its integrity, those for other platforms too", () => {
	const unchecked = Object.entries(lock.packages)
		.filter(([path, { integrity }]) => path !== "" && !integrity)
		.map(([path]) => path);
	expect(unchecked).toEqual([]);
});

test("npm runs no script of a package when it installs", () => {
	expect(readFileSync(fromRoot(".npmrc"), "utf8").split("\n")).toContain(
		"ignore-scripts=true",
	);
});

// As Node looks: beside the package, then beside each one that holds it.
function isFound(path: string, name: string): boolean {
	const folder = path === "" ? "" : `${path}/`;
	if (lock.packages[`${folder}node_modules/${name}`]) return true;
	if (path === "") return false;
	const end = path.lastIndexOf("/node_modules/");
	return isFound(end === -1 ? "" : path.slice(0, end), name);
}
