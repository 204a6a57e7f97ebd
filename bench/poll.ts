// CPU time of an unchanged poll, against the bare SDK call in the same worker.
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin } from "vite";
import { launchRaw } from "../scripts/browser/cdp-browser.ts";
import { findBrowser } from "../scripts/browser/find.ts";
import { extensionUrl } from "../scripts/browser/launch.ts";
import { bundle } from "../scripts/build/bundle.ts";
import { patchSdk } from "../scripts/build/patch-sdk.ts";
import { fromRoot } from "../scripts/paths.ts";
import { measureInTurns, median, print, printRatios } from "./figures.ts";
import type { Work } from "./poll-worker.ts";
import { startService } from "./service.ts";

const ROUNDS = 30;
const TIMES = 150;

const service = await startService();
// No debugger is attached to the worker: it would make each fetch slower.
const browser = await launchRaw(await findBrowser(), await buildExtension());
try {
	const page = await browser.openPage(extensionUrl("empty.html"));
	while (!(await browser.evaluate(page, "Boolean(chrome?.runtime?.connect)")));
	await browser.evaluate(page, inPage(saveProfile, service.url));
	const run = (name: Work["name"]) => {
		const work = { name, endpoint: service.url, times: TIMES };
		return browser.evaluate(page, inPage(tellWorker, work));
	};
	const poll = () => run("poll");
	const call = () => run("call");
	// Warm-up.
	await poll();
	await call();
	const figures = await measureInTurns(
		[
			{ name: "bare SDK call", measure: () => cpuOf(call) },
			{ name: "poll", measure: () => cpuOf(poll) },
		],
		ROUNDS,
	);
	print("CPU of the extension's process, ms each", figures);
	const of = (name: string) => median(figures.get(name) ?? []);
	printRatios([
		{
			what: "poll / bare SDK call",
			ratio: of("poll") / of("bare SDK call"),
			limit: 1.25,
		},
	]);
} finally {
	await browser.close();
	service.stop();
}

/** The built extension with the benchmark's worker instead of its own. */
async function buildExtension(): Promise<string> {
	await bundle();
	const folder = fromRoot(".cache/bench/poll");
	await rm(folder, { recursive: true, force: true });
	await cp(fromRoot("dist"), folder, { recursive: true });
	await buildScript(folder, "poll-bare", []);
	// As vite.config.ts has it: the product's worker goes without parts of the SDK.
	await buildScript(folder, "poll-worker", [patchSdk()]);
	await writeFile(join(folder, "empty.html"), "<!doctype html>");
	const path = join(folder, "manifest.json");
	const manifest = JSON.parse(await readFile(path, "utf8"));
	manifest.background.service_worker = "poll-worker.js";
	await writeFile(path, JSON.stringify(manifest));
	return folder;
}

/** The reference is a separate script with the whole SDK. */
async function buildScript(
	outDir: string,
	name: string,
	plugins: Plugin[],
): Promise<void> {
	await build({
		root: fromRoot(),
		configFile: false,
		logLevel: "warn",
		plugins,
		build: {
			outDir,
			emptyOutDir: false,
			copyPublicDir: false,
			target: "chrome123",
			modulePreload: false,
			rolldownOptions: { external: "./poll-bare.js" },
			lib: {
				entry: fromRoot(`bench/${name}.ts`),
				formats: ["es"],
				fileName: () => `${name}.js`,
			},
		},
	});
}

// The other renderers show pages at rest.
async function cpuOf(work: () => Promise<unknown>): Promise<number> {
	const before = await browser.rendererSeconds();
	await work();
	return ((await browser.rendererSeconds()) - before) * (1_000 / TIMES);
}

function inPage<T>(job: (input: T) => unknown, input: T): string {
	return `(${job})(${JSON.stringify(input)})`;
}

// The two functions below run in the page.

interface Api {
	readonly runtime: {
		sendMessage(message: Work): Promise<unknown>;
		connect(info: { name: string }): Port;
	};
}

interface Port {
	readonly onMessage: {
		addListener(listener: (message: { type: string }) => void): void;
	};
	postMessage(message: object): void;
	disconnect(): void;
}

/** Resolves when the worker has finished. */
function tellWorker(work: Work): Promise<unknown> {
	const { chrome } = globalThis as unknown as { chrome: Api };
	return chrome.runtime.sendMessage(work);
}

function saveProfile(endpoint: string): Promise<void> {
	const { chrome } = globalThis as unknown as { chrome: Api };
	const port = chrome.runtime.connect({ name: "view" });
	const profile = {
		name: "settings",
		application: "shop",
		environment: "test",
		configurationProfile: "settings",
		region: "us-east-1",
		endpoint,
	};
	return new Promise((resolve) => {
		port.onMessage.addListener(({ type }) => {
			if (type !== "reply") return;
			port.disconnect();
			resolve();
		});
		const input = { profile };
		port.postMessage({ type: "command", call: 1, name: "saveProfile", input });
	});
}
