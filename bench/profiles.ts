// What many profiles cost: 100 with 50 versions each, polled every 15 s, against one. Whether they are polled in time, what a
// poll takes of the processor, what an open popup does, and how soon it shows its content.
import { setTimeout as wait } from "node:timers/promises";
import { launchRaw, type RawBrowser } from "../scripts/browser/cdp-browser.ts";
import { findBrowser } from "../scripts/browser/find.ts";
import { extensionUrl, launch, openStage } from "../scripts/browser/launch.ts";
import { bundle } from "../scripts/build/bundle.ts";
import { measureInTurns, median, print, printVerdicts } from "./figures.ts";
import { inPage, keepAwake, seed } from "./profiles-page.ts";
import { type Service, startService } from "./service.ts";

const MANY = 100;
const VERSIONS = 50;
const INTERVAL_SECONDS = 15;
/** A single profile is polled at the shortest interval: 60 polls would take a quarter of an hour otherwise. */
const SINGLE_INTERVAL_SECONDS = 1;
const WATCHED_MS = 45_000;
/** By then each profile has been polled and the browser is at rest. */
const SETTLED_INTERVALS = 1.5;
const POPUP_ROUNDS = 15;
const RESTED_MS = 400;
const POPUP = extensionUrl("src/popup/index.html");
const EMPTY = extensionUrl("manifest.json");

await bundle();
const single = await watch(1, SINGLE_INTERVAL_SECONDS);
const many = await watch(MANY, INTERVAL_SECONDS);
const [popupOfOne, popupOfMany] = await openPopups();
console.log(
	`\n${MANY} profiles of ${VERSIONS} versions, ${many.polls} polls: ${ms(many.perPoll)} of the processor each; one profile: ${ms(single.perPoll)} in ${single.polls} polls.`,
);
printVerdicts([
	{
		what: "longest gap between two polls of a profile, s",
		ours: many.longestGap,
		limit: 17,
	},
	{
		what: "of a core, with the popup open, %",
		ours: many.shareWithPopup * 100,
		limit: 10,
	},
	{
		what: "a poll's time of the processor, ms",
		ours: many.perPoll,
		reference: single.perPoll,
		limit: 1.3,
	},
	{
		what: "popup's content painted, ms",
		ours: popupOfMany,
		reference: popupOfOne,
		limit: 1.3,
	},
]);

interface Watched {
	readonly polls: number;
	/** ms. */
	readonly perPoll: number;
	readonly shareWithPopup: number;
	/** Seconds. */
	readonly longestGap: number;
}

async function watch(count: number, intervalSeconds: number): Promise<Watched> {
	const service = await startService({ intervalSeconds });
	// No debugger is attached to the worker: it would make each fetch slower.
	const browser = await launchRaw(await findBrowser());
	try {
		const stage = await openExtensionPage(browser);
		await browser.evaluate(stage, inPage(seed, seedOf(service, count)));
		await browser.evaluate(stage, inPage(keepAwake, {}));
		const settled = SETTLED_INTERVALS * intervalSeconds * 1_000;
		await wait(settled);
		const alone = await costOf(browser, service);
		const popup = await browser.openPage(POPUP);
		await wait(settled);
		const open = await costOf(browser, service);
		await browser.closePage(popup);
		const watched = {
			polls: alone.polls,
			perPoll: (alone.seconds * 1_000) / alone.polls,
			shareWithPopup: open.seconds / (WATCHED_MS / 1_000),
			longestGap: Math.max(alone.longestGap, open.longestGap),
		};
		console.log(count, watched);
		return watched;
	} finally {
		await browser.close();
		service.stop();
	}
}

async function openExtensionPage(browser: RawBrowser): Promise<string> {
	const page = await browser.openPage(EMPTY);
	const isReady = "Boolean(globalThis.chrome?.runtime?.connect)";
	while (!(await browser.evaluate(page, isReady)));
	return page;
}

async function costOf(browser: RawBrowser, service: Service) {
	service.polls.clear();
	const before = await browser.rendererSeconds();
	await wait(WATCHED_MS);
	const seconds = (await browser.rendererSeconds()) - before;
	const times = [...service.polls.values()];
	const gaps = times.flatMap((all) =>
		all.slice(1).map((at, index) => (at - (all[index] ?? at)) / 1_000),
	);
	return {
		seconds,
		polls: times.reduce((sum, all) => sum + all.length, 0),
		longestGap: Math.max(...gaps),
	};
}

function seedOf(service: Service, count: number) {
	return { endpoint: service.url, count, versions: VERSIONS };
}

/** The next polls are far away. Both browsers run all the time and take turns. */
async function openPopups(): Promise<readonly [number, number]> {
	const service = await startService({ intervalSeconds: 3_600 });
	const program = await findBrowser();
	const browsers = await Promise.all(
		[1, MANY].map(async (count) => {
			const { context, close } = await launch({ program, headless: true });
			const stage = await openStage(context);
			await stage.evaluate(seed, seedOf(service, count));
			const open = async (isFirst = false) => {
				await wait(RESTED_MS);
				const page = await context.newPage();
				await page.addInitScript(watchContent);
				await page.goto(POPUP);
				const at = await page.waitForFunction(
					() => performance.getEntriesByName("content")[0]?.startTime,
				);
				if (isFirst)
					await page.waitForFunction(
						() => localStorage.getItem("popup.frame.2") !== null,
					);
				const time = Number(await at.jsonValue());
				await page.close();
				return time;
			};
			await open(true);
			return { name: `popup, ${count} profiles`, measure: open, close };
		}),
	);
	try {
		const figures = await measureInTurns(
			browsers.map(({ name, measure }) => ({ name, measure: () => measure() })),
			POPUP_ROUNDS,
		);
		print("Content painted, ms from the start of the navigation", figures);
		const [one = Number.NaN, all = Number.NaN] = browsers.map(({ name }) =>
			median(figures.get(name) ?? []),
		);
		return [one, all];
	} finally {
		for (const { close } of browsers) await close();
		service.stop();
	}
}

/** This function runs in the page, before its scripts. It marks the frame after facts and history became usable. */
function watchContent(): void {
	const observer = new MutationObserver(() => {
		const main = document.querySelector("main:not([inert])");
		if (!main?.querySelector(".facts .hash")) return;
		if (!main.querySelector(".history li .row")) return;
		observer.disconnect();
		requestAnimationFrame(() =>
			requestAnimationFrame(() => performance.mark("content")),
		);
	});
	observer.observe(document, {
		childList: true,
		subtree: true,
		attributes: true,
	});
}

function ms(value: number): string {
	return `${value.toPrecision(3)} ms`;
}
