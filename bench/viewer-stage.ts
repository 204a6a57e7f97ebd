// Set-up shared by all parts of the viewer benchmark: browser, pages and documents.
import { type Browser, chromium } from "playwright";
import { findBrowser } from "../scripts/browser/find.ts";
import type { Figures, Verdict } from "./figures.ts";
import { type BenchDocument, createDocuments } from "./viewer-documents.ts";
import { buildPages, type Served, serve } from "./viewer-pages.ts";
import { openStage, type Stage } from "./viewer-probe.ts";

export const ROUNDS = 5;

export interface Bench {
	readonly browser: Browser;
	readonly served: Served;
	readonly documents: readonly BenchDocument[];
}

export interface Measured {
	readonly title: string;
	readonly figures: Figures;
	readonly verdicts: readonly Verdict[];
}

export type Part = (bench: Bench) => Promise<Measured>;

export async function withBench(
	work: (bench: Bench) => Promise<void>,
): Promise<void> {
	const documents = createDocuments();
	await buildPages();
	const program = await findBrowser();
	const browser = await chromium.launch({
		executablePath: program.path,
		args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
	});
	const served = await serve(documents);
	try {
		await work({ browser, served, documents });
	} finally {
		await browser.close();
		served.close();
	}
}

export interface StageName {
	/** A subject's name and the query of its address. */
	readonly address: string;
	readonly document: string;
	/** A second document to compare with the first. */
	readonly other?: string;
}

/** Runs the work in a new page. Errors of its scripts are thrown here. */
export async function onStage<Result>(
	{ browser, served, documents }: Bench,
	{ address, document, other }: StageName,
	work: (stage: Stage) => Promise<Result>,
): Promise<Result> {
	const named = (name: string) => {
		const found = documents.find((candidate) => candidate.name === name);
		if (!found) throw new Error(`There is no document ${name}.`);
		return found;
	};
	const stage = await openStage(browser, {
		served,
		address,
		document: named(document),
		...(other === undefined ? {} : { other: named(other) }),
	});
	try {
		const result = await work(stage);
		const [thrown] = stage.thrown;
		if (thrown) throw thrown;
		return result;
	} finally {
		await stage.close();
	}
}
