// The extension API for the pages: `browser`, or Chrome's own name for the same, which answers with promises too.
import type { Browser } from "webextension-polyfill";

interface Scope {
	readonly browser?: Browser;
	readonly chrome: Browser;
}

const scope = globalThis as unknown as Scope;

export const browser: Browser = scope.browser?.runtime?.id
	? scope.browser
	: scope.chrome;
