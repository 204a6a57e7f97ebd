// What a poll costs the processor, against the bare SDK call in the same worker. A poll here finds its configuration unchanged, as most do.
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CDPSession } from "playwright";
import { build } from "vite";
import { findBrowser } from "../scripts/browser/find.ts";
import { launch, openStage } from "../scripts/browser/launch.ts";
import { saveProfile } from "../scripts/browser/wire.ts";
import { bundle } from "../scripts/bundle.ts";
import { fromRoot } from "../scripts/paths.ts";
import { measureInTurns, median, print, printRatios } from "./figures.ts";
import type { PollBench } from "./poll-worker.ts";
import { startService } from "./service.ts";

const ROUNDS = 15;
const TIMES = 150;

const extension = await buildExtension();
const service = await startService();
const { context, close } = await launch({
	program: await findBrowser(),
	headless: true,
	extension,
});
try {
	const worker =
		context.serviceWorkers()[0] ??
		(await context.waitForEvent("serviceworker"));
	const stage = await openStage(context);
	await saveProfile(stage, {
		application: "shop",
		environment: "test",
		configurationProfile: "settings",
		endpoint: service.url,
	});
	const browser = await context.browser()?.newBrowserCDPSession();
	if (!browser) throw new Error("The browser is closed.");
	const poll = () => worker.evaluate(polls, TIMES);
	const call = () =>
		worker.evaluate(calls, { times: TIMES, endpoint: service.url });
	// The first ones are compiled while they run.
	await poll();
	await call();
	const figures = await measureInTurns(
		[
			{ name: "bare SDK call", measure: () => cpuOf(browser, call) },
			{ name: "poll", measure: () => cpuOf(browser, poll) },
		],
		ROUNDS,
	);
	print("CPU of the extension's process, ms each", figures);
	const of = (name: string) => median(figures.get(name) ?? []);
	printRatios([
		{
			what: "poll / bare SDK call",
			ratio: of("poll") / of("bare SDK call"),
			limit: 1.15,
		},
	]);
} finally {
	await close();
	service.stop();
}

/** The built extension with the benchmark's worker in the place of its own. */
async function buildExtension(): Promise<string> {
	await bundle();
	const folder = fromRoot(".cache/bench/poll");
	await rm(folder, { recursive: true, force: true });
	await cp(fromRoot("dist"), folder, { recursive: true });
	await build({
		root: fromRoot(),
		configFile: false,
		logLevel: "warn",
		build: {
			outDir: folder,
			emptyOutDir: false,
			copyPublicDir: false,
			target: "chrome123",
			modulePreload: false,
			lib: {
				entry: fromRoot("bench/poll-worker.ts"),
				formats: ["es"],
				fileName: () => "bench-worker.js",
			},
		},
	});
	const path = join(folder, "manifest.json");
	const manifest = JSON.parse(await readFile(path, "utf8"));
	manifest.background.service_worker = "bench-worker.js";
	await writeFile(path, JSON.stringify(manifest));
	return folder;
}

async function cpuOf(
	browser: CDPSession,
	work: () => Promise<unknown>,
): Promise<number> {
	const before = await rendererSeconds(browser);
	await work();
	const after = await rendererSeconds(browser);
	return ((after - before) * 1_000) / TIMES;
}

// The other renderers show still pages.
async function rendererSeconds(browser: CDPSession): Promise<number> {
	const { processInfo } = await browser.send("SystemInfo.getProcessInfo");
	return processInfo
		.filter(({ type }) => type === "renderer")
		.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

// The two below run in the worker.

function polls(times: number): Promise<void> {
	return (globalThis as unknown as { bench: PollBench }).bench.poll(times);
}

function calls(options: { times: number; endpoint: string }): Promise<void> {
	const { bench } = globalThis as unknown as { bench: PollBench };
	return bench.call(options.times, options.endpoint);
}
