import type { Browser } from "webextension-polyfill";

interface WithBrowser {
	readonly browser?: Browser;
}

const native = (globalThis as WithBrowser).browser;

/**
 * The browser's own promise-based `browser`, or webextension-polyfill where there is none. The polyfill would return the native
 * one by the same test, but it is 3 kB: it is loaded only when needed. It throws outside an extension.
 */
export const browser: Browser = native?.runtime?.id
	? native
	: (await import("./polyfill.ts")).polyfill;
