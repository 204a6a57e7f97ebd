// npm run bench:viewer: the viewer beside its peers, in one run, in real Chromium; medians of five.
import { type Browser, chromium } from "playwright";
import { findBrowser } from "../scripts/browser/find.ts";
import {
	measureInTurns,
	median,
	print,
	printRatios,
	type Ratio,
} from "./figures.ts";
import { type BenchDocument, createDocuments } from "./viewer-documents.ts";
import { buildPages, type Served, serve } from "./viewer-pages.ts";
import {
	act,
	cpuOf,
	longestTask,
	openStage,
	SHOW,
	type Stage,
	scroll,
	settle,
} from "./viewer-probe.ts";

const ROUNDS = 5;
const FRAMES = 60;
const JUMPS = 20;

interface Bench {
	readonly browser: Browser;
	readonly served: Served;
	readonly documents: readonly BenchDocument[];
}

type Figures = ReadonlyMap<string, readonly number[]>;

const documents = createDocuments();
await buildPages();
const program = await findBrowser();
const browser = await chromium.launch({
	executablePath: program.path,
	args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
const served = await serve(documents);
try {
	await run({ browser, served, documents });
} finally {
	await browser.close();
	served.close();
}

async function run(bench: Bench): Promise<void> {
	const paints = await measurePaints(bench);
	print("First paint, ms, bytes at hand", paints);
	const shapes = await measureShapes(bench);
	print("First paint of the tree and all that follows it, CPU ms", shapes);
	const expands = await measureExpands(bench);
	print("Expand all, 2 MB, CPU ms", expands);
	const scrolls = await measureScrolls(bench);
	print("Everything open, 2 MB: CPU ms of a frame, or of a jump", scrolls);
	const searches = await measureSearches(bench);
	print("Search over 2 MB, all matches counted, CPU ms", searches);
	const sizes = await measureSizes(bench);
	print("Ours at 2 MB, all expanded", sizes);
	const of = (figures: Figures, name: string) =>
		median(figures.get(name) ?? []);
	const ratio = (
		[figures, ours, theirs]: readonly [Figures, string, string],
		limit: number,
	): Ratio => ({
		what: `${ours} / ${theirs}`,
		ratio: of(figures, ours) / of(figures, theirs),
		limit,
	});
	printRatios([
		ratio([paints, "ours, tree, 2 MB", "codemirror, 2 MB"], 0.3),
		ratio([paints, "ours, tree, 2 MB", "react-json-tree, 2 MB"], 1),
		ratio([paints, "ours, tree, 2 MB", "ours, tree, 10 KB"], 1.5),
		ratio([paints, "ours, raw, 2 MB", "codemirror, 2 MB"], 0.5),
		ratio([paints, "ours, formatted, 2 MB", "codemirror, 2 MB"], 1),
		ratio([expands, "ours", "react-json-view-lite"], 1 / 300),
		ratio([scrolls, "ours, frame", "codemirror, frame"], 0.8),
		ratio([scrolls, "ours, jump", "codemirror, jump"], 0.25),
		ratio([searches, "ours", "codemirror"], 1 / 20),
		...[...shapes.keys()].map((name) => ratio([shapes, name, "2 MB"], 3)),
		{ what: "DOM elements", ratio: of(sizes, "DOM elements"), limit: 400 },
		{
			what: "longest task after first paint, ms",
			ratio: of(sizes, "longest task after first paint, ms"),
			limit: 50,
		},
		{
			what: "heap / document",
			ratio: of(sizes, "heap, bytes") / of(sizes, "document, bytes"),
			limit: 4,
		},
	]);
}

function measurePaints(bench: Bench): Promise<Figures> {
	const at2MB = [
		["ours, tree", "ours"],
		["ours, raw", "ours?view=raw"],
		["ours, formatted", "ours?view=pretty"],
		["codemirror", "codemirror"],
		["monaco", "monaco"],
		["react-json-tree", "react-json-tree"],
		["react-json-view-lite", "react-json-view-lite"],
		["vanilla-jsoneditor, tree", "vanilla-jsoneditor"],
		["vanilla-jsoneditor, text", "vanilla-jsoneditor?text"],
		["jsoneditor", "jsoneditor"],
		["pre", "pre"],
	] as const;
	const ours = ["10 KB", "200 KB", "1 MB"].map(
		(name) => ["ours, tree", "ours", name] as const,
	);
	const all = [...at2MB.map((each) => [...each, "2 MB"] as const), ...ours];
	return measureInTurns(
		all.map(([name, address, size]) => ({
			name: `${name}, ${size}`,
			measure: () => onStage(bench, address, size, (stage) => act(stage, SHOW)),
		})),
		ROUNDS,
	);
}

function measureShapes(bench: Bench): Promise<Figures> {
	const names = bench.documents
		.map(({ name }) => name)
		.filter((name) => !/KB$|^1 MB/.test(name));
	return measureInTurns(
		names.map((name) => ({
			name,
			measure: () =>
				onStage(bench, "ours", name, async (stage) => {
					const start = await cpuOf(stage, SHOW);
					const rest = await cpuOf(stage, "undefined");
					await settle(stage);
					return start + rest;
				}),
		})),
		ROUNDS,
	);
}

async function measureExpands(bench: Bench): Promise<Figures> {
	const expand = (address: string) => () =>
		onStage(bench, address, "2 MB", async (stage) => {
			await act(stage, SHOW);
			await settle(stage);
			return cpuOf(stage, "window.subject.expandAll()");
		});
	const ours = await measureInTurns(
		[{ name: "ours", measure: expand("ours") }],
		ROUNDS,
	);
	// A million elements take it a quarter of a minute: once is enough.
	const theirs = await measureInTurns(
		[{ name: "react-json-view-lite", measure: expand("react-json-view-lite") }],
		1,
	);
	return new Map([...ours, ...theirs]);
}

function measureScrolls(bench: Bench): Promise<Figures> {
	const candidates = (["ours", "codemirror"] as const).flatMap((address) =>
		(
			[
				["frame", FRAMES, 97],
				["jump", JUMPS, "anywhere"],
			] as const
		).map(([name, frames, by]) => ({
			name: `${address}, ${name}`,
			measure: () =>
				onStage(bench, address, "2 MB", async (stage) => {
					await act(stage, SHOW);
					await settle(stage);
					await act(stage, "window.subject.expandAll?.()");
					await settle(stage);
					return (await cpuOf(stage, scroll(frames, by))) / frames;
				}),
		})),
	);
	return measureInTurns(candidates, ROUNDS);
}

function measureSearches(bench: Bench): Promise<Figures> {
	return measureInTurns(
		["ours", "codemirror", "monaco"].map((address) => ({
			name: address,
			measure: () =>
				onStage(bench, address, "2 MB", async (stage) => {
					await act(stage, SHOW);
					await settle(stage);
					await act(stage, "window.subject.openSearch?.()");
					await settle(stage);
					return cpuOf(stage, 'window.subject.search("true")');
				}),
		})),
		ROUNDS,
	);
}

async function measureSizes(bench: Bench): Promise<Figures> {
	const figures = new Map<string, number[]>();
	const note = (name: string, value: number) =>
		figures.set(name, [...(figures.get(name) ?? []), value]);
	for (let round = 0; round < ROUNDS; round += 1)
		await onStage(bench, "ours", "2 MB", async (stage) => {
			const { page, session } = stage;
			const before = await heap(stage);
			await act(stage, SHOW);
			note("longest task after first paint, ms", await longestTask(stage));
			await act(stage, "window.subject.expandAll()");
			await settle(stage);
			const elements = await page.locator("*").count();
			note("DOM elements", elements);
			note("heap, bytes", (await heap(stage)) - before);
			note("document, bytes", await page.evaluate("window.bytes.length"));
			void session;
		});
	return figures;
}

/** What the page's script holds, array buffers included, once garbage is gone. */
async function heap({ session }: Stage): Promise<number> {
	await session.send("HeapProfiler.collectGarbage");
	const usage = await session.send("Runtime.getHeapUsage");
	return usage.usedSize + usage.backingStorageSize;
}

async function onStage<T>(
	{ browser, served, documents }: Bench,
	address: string,
	name: string,
	work: (stage: Stage) => Promise<T>,
): Promise<T> {
	const document = documents.find((candidate) => candidate.name === name);
	if (!document) throw new Error(`There is no document ${name}.`);
	const stage = await openStage(browser, { served, address, document });
	try {
		return await work(stage);
	} finally {
		await stage.close();
	}
}
