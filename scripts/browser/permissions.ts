// Grants a host permission as a user would on the extensions page, for browsers in which no prompt can be seen.
import type { BrowserContext } from "playwright";
import { EXTENSION_ID } from "./extension-id.ts";

interface DeveloperPrivate {
	addHostPermission(id: string, host: string): Promise<void>;
	removeHostPermission(id: string, host: string): Promise<void>;
}

/** The extension still has to ask, from a click; the browser then says yes without a prompt. */
export function allowHost(
	context: BrowserContext,
	pattern: string,
): Promise<void> {
	return change(context, "addHostPermission", pattern);
}

/** As a user who has thought better of it. */
export function withdrawHost(
	context: BrowserContext,
	pattern: string,
): Promise<void> {
	return change(context, "removeHostPermission", pattern);
}

async function change(
	context: BrowserContext,
	name: keyof DeveloperPrivate,
	pattern: string,
): Promise<void> {
	const page = await context.newPage();
	await page.goto("chrome://extensions/");
	await page.evaluate(
		({ id, method, host }) => {
			const { developerPrivate } = chrome as unknown as {
				developerPrivate: DeveloperPrivate;
			};
			return developerPrivate[method](id, host);
		},
		{ id: EXTENSION_ID, method: name, host: pattern },
	);
	await page.close();
}
