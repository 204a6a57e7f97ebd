// How soon the popup shows its content, which is what is known of the live version: label, hash, size, times. Against an empty
// static page of the same extension, and with a stopped worker against a running one.
import { setTimeout as wait } from "node:timers/promises";
import { extensionUrl } from "../scripts/browser/launch.ts";
import { askWorker, stopWorker } from "../scripts/browser/worker.ts";
import { createBenchExtension, EMPTY_PAGE } from "./extension.ts";
import { measureInTurns, median, print, printRatios } from "./figures.ts";

const ROUNDS = 21;
/** By then the worker and closed pages are at rest, as they are when a user opens the popup. */
const RESTED_MS = 400;
const POPUP = extensionUrl("src/popup/index.html");

const { context, stage, close } = await createBenchExtension();
try {
	await openOnce();
	const figures = await measureInTurns(
		[
			{
				name: "empty static page",
				measure: async () => {
					await wait(RESTED_MS);
					return firstContent(extensionUrl(EMPTY_PAGE));
				},
			},
			{
				name: "popup, worker running",
				measure: async () => {
					await askWorker(stage);
					await wait(RESTED_MS);
					return facts(POPUP);
				},
			},
			{
				name: "popup, worker stopped",
				measure: async () => {
					await stopWorker(stage);
					await wait(RESTED_MS);
					return facts(POPUP);
				},
			},
		],
		ROUNDS,
	);
	print("Content painted, ms from the start of the navigation", figures);
	const of = (name: string) => median(figures.get(name) ?? []);
	printRatios([
		{
			what: "popup / empty static page",
			ratio: of("popup, worker running") / of("empty static page"),
			limit: 1.2,
		},
		{
			what: "worker stopped / running",
			ratio: of("popup, worker stopped") / of("popup, worker running"),
			limit: 1.1,
		},
	]);
} finally {
	await close();
}

/** The state from the second opening on: a view was open long enough to store its snapshot. */
async function openOnce(): Promise<void> {
	const page = await context.newPage();
	await page.goto(POPUP);
	await page.waitForFunction(
		() => localStorage.getItem("popup.frame.2") !== null,
	);
	await page.close();
}

/** When they were painted: with the first frame, if they existed before it. */
async function facts(url: string): Promise<number> {
	const page = await context.newPage();
	try {
		await page.addInitScript(watchFacts);
		await page.goto(url);
		await page.waitForFunction(() => performance.getEntriesByName("facts")[0]);
		const first = await page.evaluate(paintedContent);
		const [there, painted] = await page.evaluate(() =>
			["facts there", "facts"].map(
				(name) =>
					performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN,
			),
		);
		return Number(there) < first ? first : Number(painted);
	} finally {
		await page.close();
	}
}

/** This function runs in the page, before its scripts. */
function watchFacts(): void {
	const observer = new MutationObserver(() => {
		if (!document.querySelector(".facts .hash")) return;
		observer.disconnect();
		performance.mark("facts there");
		// The next frame begins when the one with the content has been presented.
		requestAnimationFrame(() =>
			requestAnimationFrame(() => performance.mark("facts")),
		);
	});
	observer.observe(document, { childList: true, subtree: true });
}

async function firstContent(url: string): Promise<number> {
	const page = await context.newPage();
	try {
		// It finds nothing, but the empty page needs it for a fair comparison.
		await page.addInitScript(watchFacts);
		await page.goto(url);
		return await page.evaluate(paintedContent);
	} finally {
		await page.close();
	}
}

/** This function runs in the page: when its content was first painted. */
function paintedContent(): Promise<number> {
	return new Promise((resolve) => {
		new PerformanceObserver((list) => {
			const [paint] = list.getEntriesByName("first-contentful-paint");
			if (paint) resolve(paint.startTime);
		}).observe({ type: "paint", buffered: true });
	});
}
