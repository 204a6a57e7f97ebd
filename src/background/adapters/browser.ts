// The extension API as the worker has it: every browser that this runs in returns promises by itself, under one of two names.
import type { Browser } from "webextension-polyfill";

interface Names {
	readonly browser?: Browser;
	readonly chrome?: Browser;
}

const { browser: native, chrome } = globalThis as unknown as Names;

/** Chrome learnt promises with Manifest V3, and the name `browser` long after: webextension-polyfill would add 3 kB to a worker that needs neither. */
export const browser = (native ?? chrome) as Browser;
