// Installs and removes the built extension in a running browser.
import type { Browser, BrowserContext } from "playwright";
import { fromRoot } from "../paths.ts";
import { EXTENSION_ID } from "./extension-id.ts";

/** As "Load unpacked" does. The browser was started with `extension: null`. */
export async function installExtension(
	context: BrowserContext,
	path = fromRoot("dist"),
): Promise<void> {
	const session = await browserOf(context).newBrowserCDPSession();
	await session.send("Extensions.loadUnpacked", { path });
	await session.detach();
}

/** Removes it with its pages, storage, databases, alarms and granted hosts. */
export async function uninstallExtension(
	context: BrowserContext,
): Promise<void> {
	const session = await browserOf(context).newBrowserCDPSession();
	await session.send("Extensions.uninstall", { id: EXTENSION_ID });
	await session.detach();
}

function browserOf(context: BrowserContext): Browser {
	const browser = context.browser();
	if (!browser) throw new Error("The browser is closed.");
	return browser;
}
