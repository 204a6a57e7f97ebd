// Grants host permissions as a user would on chrome://extensions, where no prompt can be shown.
import type { BrowserContext } from "playwright";
import { EXTENSION_ID } from "./extension-id.ts";

interface DeveloperPrivate {
	addHostPermission(id: string, host: string): Promise<void>;
	removeHostPermission(id: string, host: string): Promise<void>;
}

/** Afterwards the extension's request, from a click, is granted without a prompt. */
export function allowHosts(
	context: BrowserContext,
	patterns: readonly string[],
): Promise<void> {
	return change(context, "addHostPermission", patterns);
}

/** Revokes them, as a user does on chrome://extensions. */
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
