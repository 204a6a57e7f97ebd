// Launches a browser with the built extension.
import { type BrowserContext, chromium, type Page } from "playwright";
import { fromRoot } from "../paths.ts";
import { EXTENSION_ID } from "./extension-id.ts";
import type { BrowserProgram } from "./find.ts";

// Playwright then hands out the popup and DevTools as ordinary pages. It is not documented, so Playwright's version is pinned.
process.env.PW_CHROMIUM_ATTACH_TO_OTHER = "1";

export interface LaunchOptions {
	readonly program: BrowserProgram;
	readonly headless: boolean;
	/** Kept afterwards; without it Playwright makes a new folder, and removes it however the browser or this process ends. */
	readonly userDataDir?: string;
	/** The folder of the extension; null for a browser in which one is installed later. */
	readonly extension?: string | null;
	/** The user's own when absent. */
	readonly theme?: "light" | "dark";
	readonly extraArgs?: readonly string[];
}

export interface Launched {
	readonly context: BrowserContext;
	close(): Promise<void>;
}

export async function launch(options: LaunchOptions): Promise<Launched> {
	const { program, headless, extension = fromRoot("dist") } = options;
	const folder = options.userDataDir ?? "";
	const context = await chromium.launchPersistentContext(folder, {
		executablePath: program.path,
		headless,
		viewport: null,
		colorScheme: options.theme ?? null,
		handleSIGINT: false,
		handleSIGTERM: false,
		handleSIGHUP: false,
		ignoreDefaultArgs: ["--disable-extensions", "--enable-automation"],
		args: [...browserArgs(extension), ...(options.extraArgs ?? [])],
	});
	return { context, close: () => context.close() };
}

export function browserArgs(extension: string | null): readonly string[] {
	return [
		// Chromium's sandbox refuses to work for root.
		...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
		...(extension === null
			? ["--enable-unsafe-extension-debugging"]
			: [
					`--disable-extensions-except=${extension}`,
					`--load-extension=${extension}`,
				]),
		"--no-first-run",
		"--disable-background-networking",
		"--disable-component-update",
		"--disable-sync",
		"--window-size=1400,900",
	];
}

export function extensionUrl(path: string): string {
	return `chrome-extension://${EXTENSION_ID}/${path}`;
}

/** A page of the extension that is no view: it has the extension's APIs and opens no port by itself. */
export async function openStage(context: BrowserContext): Promise<Page> {
	return toStage(await context.newPage());
}

/** Makes it such a page. */
export async function toStage(page: Page): Promise<Page> {
	await page.goto(extensionUrl("manifest.json"));
	return page;
}
