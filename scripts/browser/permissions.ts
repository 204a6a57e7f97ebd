// Grants a host permission as a user would on the extensions page, for browsers in which no prompt can be seen.
import type { BrowserContext } from "playwright";
import { EXTENSION_ID } from "./extension-id.ts";

interface DeveloperPrivate {
	addHostPermission(id: string, host: string): Promise<void>;
}

/** The extension still has to ask, from a click; the browser then says yes without a prompt. */
export async function allowHost(
	context: BrowserContext,
	pattern: string,
): Promise<void> {
	const page = await context.newPage();
	await page.goto("chrome://extensions/");
	await page.evaluate(
		({ id, host }) => {
			const { developerPrivate } = chrome as unknown as {
				developerPrivate: DeveloperPrivate;
			};
			return developerPrivate.addHostPermission(id, host);
		},
		{ id: EXTENSION_ID, host: pattern },
	);
	await page.close();
}
