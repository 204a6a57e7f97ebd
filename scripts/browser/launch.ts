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
	/** The user data directory, kept afterwards. Without one, Playwright creates a temporary folder and removes it. */
	readonly userDataDir?: string;
	/** The folder of the extension. `null`: none is loaded at start. */
	readonly extension?: string | null;
	/** Default: the system's. */
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

/** A page with the extension's APIs that is not a view: it opens no port by itself. */
export async function openStage(context: BrowserContext): Promise<Page> {
	return toStage(await context.newPage());
}

/** Turns a page into such a page. */
export async function toStage(page: Page): Promise<Page> {
	await page.goto(extensionUrl("manifest.json"));
	return page;
}
