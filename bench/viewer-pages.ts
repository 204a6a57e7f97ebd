// Pages of the viewer benchmark: each viewer bundled for production, served on loopback with the documents.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, relative } from "node:path";
import { build } from "vite";
import { compileHints } from "../scripts/build/compile-hints.ts";
import type { BenchDocument } from "./viewer-documents.ts";

export const SUBJECTS = {
	ours: "ours.tsx",
	codemirror: "codemirror.ts",
	monaco: "monaco.ts",
	"react-json-tree": "react-json-tree.ts",
	"react-json-view-lite": "react-json-view-lite.ts",
	"vanilla-jsoneditor": "vanilla-jsoneditor.ts",
	jsoneditor: "jsoneditor.ts",
	pre: "pre.ts",
	"compare-ours": "compare-ours.tsx",
	"compare-monaco": "compare-monaco.ts",
	"compare-merge": "compare-merge.ts",
	engines: "engines.ts",
	store: "store.ts",
} as const;
export type SubjectName = keyof typeof SUBJECTS;

const FOLDER = join(process.cwd(), "bench/viewer");
const OUT = join(process.cwd(), ".cache/bench/viewer");

export async function buildPages(): Promise<void> {
	const entries = Object.entries(SUBJECTS).map(([name, file]) => [
		name,
		join(FOLDER, file),
	]);
	await build({
		root: FOLDER,
		configFile: false,
		logLevel: "error",
		// As in the extension's build; peers are bundled as published.
		plugins: [compileHints(({ moduleIds }) => moduleIds.every(isOurs))],
		oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
		build: {
			outDir: OUT,
			emptyOutDir: true,
			target: "chrome123",
			chunkSizeWarningLimit: 10_000,
			modulePreload: false,
			cssCodeSplit: false,
			rolldownOptions: {
				input: Object.fromEntries(entries),
				output: {
					entryFileNames: "[name].js",
					assetFileNames: "assets/[name][extname]",
				},
			},
		},
	});
}

const OURS =
	/^(src|node_modules\/preact|bench\/viewer\/(ours|compare-ours|subject)\.)/;

/** Modules of the extension and of its page here. The bundler's helpers begin with a zero byte. */
function isOurs(path: string): boolean {
	if (path.startsWith("\0")) return true;
	return OURS.test(relative(process.cwd(), path).replaceAll("\\", "/"));
}

export interface Served {
	readonly origin: string;
	close(): void;
}

const TYPES: Readonly<Record<string, string>> = {
	js: "text/javascript",
	css: "text/css",
};

export async function serve(
	documents: readonly BenchDocument[],
): Promise<Served> {
	const server = createServer((request, response) => {
		const path = new URL(request.url ?? "/", "http://bench").pathname.slice(1);
		const name = decodeURIComponent(path);
		const found = documents.find((document) => document.name === name);
		if (found) response.end(found.text);
		else if (name in SUBJECTS)
			response.setHeader("content-type", "text/html").end(page(name));
		else {
			const type =
				TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
			response.setHeader("content-type", type);
			response.end(name === "favicon.ico" ? "" : readFileSync(join(OUT, name)));
		}
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}

function page(name: string): string {
	return `<!doctype html><meta charset="utf-8"><title>${name}</title><link rel="stylesheet" href="/assets/style.css"><script type="module" src="/${name}.js"></script><body></body>`;
}
