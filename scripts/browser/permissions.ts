// Grants host permissions as a user would on chrome://extensions, where no prompt can be shown.
import type { BrowserContext } from "playwright";
import { EXTENSION_ID } from "./extension-id.ts";

interface DeveloperPrivate {
	addHostPermission(id: string, host: string): Promise<void>;
	removeHostPermission(id: string, host: string): Promise<void>;
}

/** The extension still has to ask, from a click; the browser then says yes without a prompt. */
export function allowHosts(
	context: BrowserContext,
	patterns: readonly string[],
): Promise<void> {
	return change(context, "addHostPermission", patterns);
}

/** As a user who has thought better of it. */
export function withdrawHosts(
	context: BrowserContext,
	patterns: readonly string[],
): Promise<void> {
	return change(context, "removeHostPermission", patterns);
}

async function change(
	context: BrowserContext,
	name: keyof DeveloperPrivate,
	patterns: readonly string[],
): Promise<void> {
	const page = await context.newPage();
	await page.goto("chrome://extensions/");
	await page.evaluate(
		async ({ id, method, hosts }) => {
			const { developerPrivate } = chrome as unknown as {
				developerPrivate: DeveloperPrivate;
			};
			for (const host of hosts) await developerPrivate[method](id, host);
		},
		{ id: EXTENSION_ID, method: name, hosts: patterns },
	);
	await page.close();
}
