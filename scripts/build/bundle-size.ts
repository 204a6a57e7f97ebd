import { readdirSync, readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { parseAst } from "vite";
import { fromRoot } from "../paths.ts";

/** Bytes of the first load of each page, gzip. To raise a budget, make a commit that says what the user gets for it. */
const BUDGETS = [
	{ name: "worker", entry: "service-worker-loader.js", budget: 112_000 },
	{ name: "popup", entry: "src/popup/index.html", budget: 34_000 },
	{ name: "panel", entry: "src/devtools/panel.html", budget: 40_000 },
	{ name: "page", entry: "src/page/index.html", budget: 45_000 },
	{ name: "options", entry: "src/options/index.html", budget: 54_000 },
];
/** The whole extension, including what loads on demand. */
const ZIP_BUDGET = 700_000;
const DIST = fromRoot("dist");

export interface BundleSize {
	readonly name: string;
	readonly files: number;
	readonly bytes: number;
	readonly budget: number;
}

/** Measures the last build in dist/. */
export function measureBundle(): readonly BundleSize[] {
	const pages = BUDGETS.map(({ name, entry, budget }) => {
		const files = firstLoad(entry);
		const bytes = sum(
			files.map((file) => gzipSync(read(file), { level: 9 }).byteLength),
		);
		return { name, files: files.length, bytes, budget };
	});
	return [...pages, zipped("zip", listBuiltFiles(), ZIP_BUDGET)];
}

/** A file with everything it needs to run: scripts and styles of a page, and their static imports. */
function firstLoad(entry: string): readonly string[] {
	const found = new Set<string>();
	const waiting = [entry];
	for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
		if (found.has(file)) continue;
		found.add(file);
		waiting.push(...referencedFiles(file));
	}
	return [...found];
}

function referencedFiles(file: string): readonly string[] {
	const text = read(file).toString("utf8");
	if (file.endsWith(".js"))
		return staticImports(text).map((path) => resolve(file, path));
	if (!file.endsWith(".html")) return [];
	const links = text.matchAll(/(?:src|href|data-next)="([^"]+\.(?:js|css))"/g);
	return [...links].map(([, path = ""]) => resolve(file, path));
}

function staticImports(code: string): readonly string[] {
	return parseAst(code).body.flatMap((node) =>
		"source" in node && node.source ? [node.source.value] : [],
	);
}

function resolve(from: string, path: string): string {
	return path.startsWith("/")
		? path.slice(1)
		: posix.join(posix.dirname(from), path);
}

function listBuiltFiles(): readonly string[] {
	return readdirSync(DIST, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(DIST, join(entry.parentPath, entry.name)))
		.map((path) => path.replaceAll(sep, "/"));
}

function zipped(
	name: string,
	files: readonly string[],
	budget: number,
): BundleSize {
	const entries = Object.fromEntries(
		files.map((file) => [file, new Uint8Array(read(file))]),
	);
	const bytes = zipSync(entries, { level: 9 }).byteLength;
	return { name, files: files.length, bytes, budget };
}

function read(file: string): Buffer {
	return readFileSync(join(DIST, file));
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
