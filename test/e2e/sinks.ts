// Collects as text every place where a secret could appear.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext } from "playwright/test";
import { readStorage } from "../../scripts/browser/storage.ts";
import type { Aws } from "./aws.ts";
import type { Extension, View } from "./extension.ts";

export interface Listener {
	/** What was written to the console of pages and workers. */
	readonly console: string[];
	/** What the background has said to the views. */
	readonly messages: string[];
}

/** From before the first page is opened. */
export async function listen(context: BrowserContext): Promise<Listener> {
	const heard: Listener = { console: [], messages: [] };
	context.on("console", (message) => heard.console.push(message.text()));
	context.on("weberror", (error) => heard.console.push(String(error.error())));
	for (const worker of context.serviceWorkers())
		worker.on("console", (message) => heard.console.push(message.text()));
	await context.exposeBinding("onPortMessage", (_, text: string) => {
		heard.messages.push(text);
	});
	await context.addInitScript(overhear);
	return heard;
}

interface Port {
	readonly onMessage: {
		addListener(listener: (message: unknown) => void): void;
	};
}

interface Api {
	readonly runtime?: { connect?: (info?: object) => Port };
}

// Runs in each page, before its own scripts: its ports tell what they hear.
function overhear(): void {
	const scope = globalThis as unknown as {
		onPortMessage(text: string): void;
		readonly browser?: Api;
		readonly chrome?: Api;
	};
	for (const api of [scope.browser, scope.chrome]) {
		const connect = api?.runtime?.connect?.bind(api.runtime);
		if (!api?.runtime || !connect) continue;
		const connectAloud = (info?: object) => {
			const port = connect(info);
			port.onMessage.addListener((message) =>
				scope.onPortMessage(JSON.stringify(message)),
			);
			return port;
		};
		Object.assign(api.runtime, { connect: connectAloud });
	}
}

export interface Gathered {
	/** By the sink's name. */
	readonly open: ReadonlyMap<string, string>;
	/** storage.session: where secrets are meant to be. */
	readonly memory: string;
}

export async function gather(
	{ stage }: Extension,
	aws: Aws,
	sources: {
		readonly heard: Listener;
		readonly views: readonly View[];
		readonly copied: readonly string[];
		readonly urls: readonly string[];
	},
): Promise<Gathered> {
	const { memory, ...kept } = await readStorage(stage);
	const pages = await Promise.all(
		sources.views.map(async (view) => [
			await view.content(),
			await view.evaluate(() =>
				[...document.querySelectorAll("input, textarea")]
					.map((field) => (field as HTMLInputElement).value)
					.join("\n"),
			),
		]),
	);
	return {
		memory,
		open: new Map([
			...Object.entries(kept),
			["documents", pages.flat().join("\n")],
			["console", sources.heard.console.join("\n")],
			["messages", sources.heard.messages.join("\n")],
			["clipboard", sources.copied.join("\n")],
			[
				"addresses",
				[...sources.urls, ...aws.calls.map(({ url }) => url.href)].join("\n"),
			],
		]),
	};
}

/** The files of the browser's profile that hold one of the texts, as UTF-8 or as UTF-16. */
export async function filesWith(
	folder: string,
	texts: readonly string[],
): Promise<readonly string[]> {
	const entries = await readdir(folder, {
		recursive: true,
		withFileTypes: true,
	});
	const needles = texts.flatMap((text) => [
		Buffer.from(text),
		Buffer.from(text, "utf16le"),
	]);
	const found: string[] = [];
	for (const entry of entries) {
		if (!entry.isFile()) continue;
		const path = join(entry.parentPath, entry.name);
		const bytes = await readFile(path);
		if (needles.some((needle) => bytes.includes(needle))) found.push(path);
	}
	return found;
}
