import type { BrowserContext, Page } from "playwright/test";
import { addProfile, button, configuration, expect, test } from "./test.ts";

type State = "active" | "idle" | "locked";

/** No headless browser ever finds its user gone: what it would say is put into its mouth, and told as it tells it. */
async function say(context: BrowserContext, state: State): Promise<void> {
	// Of the extensions that were installed before, one each may still be listed.
	const worker = context.serviceWorkers().at(-1);
	await worker?.evaluate((found) => {
		chrome.idle.queryState = async () => found;
		const told = chrome.idle.onStateChanged as unknown as {
			dispatch(state: State): void;
		};
		told.dispatch(found);
	}, state);
}

function hasPermission(options: Page): Promise<boolean> {
	return options.evaluate(() =>
		chrome.permissions.contains({ permissions: ["idle"] }),
	);
}

test("polling pauses while the user is away and goes on afterwards; without the permission the setting stays off and says why", async ({
	emulator,
	extension,
}) => {
	const { context } = extension;
	await addProfile({ emulator, extension }, "settings.json", '"first"');
	const options = await extension.openOptions();
	await options.getByRole("link", { name: "Settings", exact: true }).click();
	const choice = options.getByLabel("When I am away");
	await options.evaluate(() => {
		const { permissions } = chrome;
		const { request } = permissions;
		// Chromium gives this one without a question; others ask.
		permissions.request = async () => {
			permissions.request = request;
			return false;
		};
	});
	await choice.click();
	await expect(options.getByRole("status")).toContainText(
		"Permission to detect idle time was denied",
	);
	await expect(choice).not.toBeChecked();
	expect(await hasPermission(options)).toBe(false);
	await choice.click();
	await expect(choice).toBeChecked();
	expect(await hasPermission(options)).toBe(true);

	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("first");
	const countdown = popup.getByRole("timer", { name: "Next poll" });
	for (const state of ["idle", "locked"] as const) {
		await say(context, state);
		await expect(countdown).toHaveText("away");
		const before = await emulator.events();
		await emulator.deploy("shop/test/settings.json", `"${state}"`);
		await expect(button(popup, "Pause")).toBeVisible();
		expect(await emulator.events()).toEqual(before);
		await say(context, "active");
		await expect(configuration(popup)).toContainText(state);
	}
});
