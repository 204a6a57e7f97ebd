// The extension API for the pages: the browser's own `browser`, or webextension-polyfill's where there is none, loaded only then.
import type { Browser } from "webextension-polyfill";

interface WithBrowser {
	readonly browser?: Browser;
}

const native = (globalThis as WithBrowser).browser;

/** The polyfill hands out the native namespace by the same test; asking first spares every popup its 3 kB. Outside an extension it throws. */
export const browser: Browser = native?.runtime?.id
	? native
	: (await import("./polyfill.ts")).polyfill;
