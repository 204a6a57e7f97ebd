// Fixtures of the tests in real Chromium: an emulator, a browser with the extension, and locators by role and name.

import { test as base, expect, type Locator, type Page } from "playwright/test";
import { readStorage } from "../../scripts/browser/storage.ts";
import { saveProfile } from "../../scripts/browser/wire.ts";
import type {
	ProfileDraft,
	ProfileId,
} from "../../src/core/profile/profile.ts";
import {
	type Browsers,
	createBrowsers,
	createSharedBrowser,
	type Extension,
	type SharedBrowser,
	type View,
} from "./extension.ts";
import { createTestEmulator, type TestEmulator } from "./test-emulator.ts";

export { expect };

export interface Fixtures {
	readonly emulator: TestEmulator;
	/** A browser of the test's own. */
	readonly browsers: Browsers;
	/** Installed just now, in a browser that is no test's own. */
	readonly extension: Extension;
}

export const test = base.extend<Fixtures, { sharedBrowser: SharedBrowser }>({
	sharedBrowser: [
		// biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
		async ({}, use) => {
			const shared = await createSharedBrowser();
			await use(shared);
			await shared.remove();
		},
		{ scope: "worker" },
	],
	// biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
	emulator: async ({}, use) => {
		const emulator = await createTestEmulator();
		await use(emulator);
		await emulator.remove();
	},
	browsers: async ({ emulator }, use) => {
		const browsers = await createBrowsers(emulator.url);
		await use(browsers);
		await browsers.remove();
	},
	extension: async ({ emulator, sharedBrowser }, use, testInfo) => {
		const extension = await sharedBrowser.install(emulator.url);
		await use(extension);
		if (testInfo.status !== testInfo.expectedStatus)
			await testInfo.attach("what the extension has stored", {
				body: JSON.stringify(await readStorage(extension.stage)),
				contentType: "application/json",
			});
		await sharedBrowser.uninstall();
	},
});

/** Deploys `content` as shop/test/NAME and saves a profile for it; resolves with the profile's id. */
export async function addProfile(
	{ emulator, extension }: Pick<Fixtures, "emulator" | "extension">,
	file: string,
	content: string | Uint8Array,
	fields: Partial<ProfileDraft> = {},
): Promise<ProfileId> {
	await emulator.deploy(`shop/test/${file}`, content);
	const name = file.replace(/\.\w+$/, "");
	return saveProfile(extension.stage, {
		name,
		application: "shop",
		environment: "test",
		configurationProfile: name,
		endpoint: emulator.url,
		...fields,
	});
}

export function configuration(view: View): Locator {
	return view.getByRole("region", { name: "Configuration", exact: true });
}

export function versions(view: View): Locator {
	return view
		.getByRole("list", { name: "Version history" })
		.getByRole("listitem");
}

/** In the popup the history is opened by a button; elsewhere it is there. */
export async function showHistory(view: View): Promise<void> {
	if (await isPopup(view)) {
		const opener = button(view, "History");
		if ((await opener.getAttribute("aria-expanded")) === "false")
			await opener.click();
	}
	await expect(
		view.getByRole("list", { name: "Version history" }),
	).toBeVisible();
}

async function isPopup(view: View): Promise<boolean> {
	return (await view.locator("main.popup").count()) > 0;
}

/** The number of the version on show, with a v before it. */
export function shownVersion(view: View): Locator {
	return view.locator(".version-number dd");
}

export function tab(view: View, name: string): Locator {
	return view.getByRole("tab", { name, exact: true });
}

/** Compares the newest version with the one before it. */
export async function compareNewest(view: View): Promise<void> {
	await showHistory(view);
	await versions(view).first().getByRole("button").first().click();
	await expect(comparisonSides(view)).toHaveCount(2);
}

/** Compares the version on show with the first one that the chooser finds. */
export async function compareWith(view: View, filter: string): Promise<void> {
	await button(view, "Compare with…").click();
	const field = view.getByRole("combobox", { name: /^Filter versions/ });
	await field.fill(filter);
	const found = view
		.getByRole("dialog")
		.getByRole("option", { selected: true });
	await expect(found).toBeVisible();
	await field.press("Enter");
	await expect(comparisonSides(view)).toHaveCount(2);
}

/** The buttons that name the two versions of a comparison. */
export function comparisonSides(view: View): Locator {
	return configuration(view).locator(".side");
}

export function button(view: View | Locator, name: string): Locator {
	return view.getByRole("button", { name, exact: true });
}

/** A new form of the options page; the page takes a moment to change, and its forms have fields of the same names. */
export async function startForm(
	options: Page,
	kind: "profile" | "connection",
): Promise<void> {
	await button(options, `Add ${kind}`).click();
	await expect(
		options.getByRole("heading", { name: `New ${kind}` }),
	).toBeVisible();
}

/** Where an action is confirmed. */
export function status(view: View): Locator {
	return view.locator("output");
}
