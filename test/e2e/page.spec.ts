import type { Page } from "playwright/test";
import { extensionUrl } from "../../scripts/browser/launch.ts";
import type { Extension, View } from "./extension.ts";
import {
	addProfile,
	button,
	configuration,
	expect,
	test,
	versions,
} from "./test.ts";

const ONE = '{"sale":"spring"}';
const TWO = '{"sale":"summer"}';

async function openTab(extension: Extension, view: View): Promise<Page> {
	const opened = extension.context.waitForEvent("page", {
		predicate: (page) => page.waitForURL(/src\/page\//).then(() => true),
	});
	// The popup closes in the middle of the click that opens a tab.
	await button(view, "Open in a tab")
		.dispatchEvent("click")
		.catch(ignoreClosed);
	return opened;
}

function ignoreClosed(error: Error): void {
	if (!error.message.includes("closed")) throw error;
}

function pressed(page: Page, view: string) {
	return configuration(page).getByRole("button", {
		name: view,
		exact: true,
		pressed: true,
	});
}

test("the panel opens its version in a tab, where version, view and title survive a reload", async ({
	emulator,
	extension,
}) => {
	const id = await addProfile({ emulator, extension }, "settings.json", ONE);
	const panel = await extension.openPanel();
	await expect(configuration(panel)).toContainText("spring");
	await emulator.deploy("shop/test/settings.json", TWO);
	await expect(configuration(panel)).toContainText("summer");
	await versions(panel).last().getByRole("button").first().click();
	await expect(configuration(panel)).toContainText("spring");

	const page = await openTab(extension, panel);
	await expect(configuration(page)).toContainText("spring");
	await expect(page).toHaveTitle("settings · Version 1 — AppConfig Inspector");
	await expect(button(page, "Open in a tab")).toHaveCount(0);
	await configuration(page).getByRole("button", { name: "Raw" }).click();
	await expect(page).toHaveURL(
		new RegExp(`#profile=${id}&version=1&view=raw$`),
	);

	await page.reload();
	await expect(configuration(page)).toContainText(
		"You are looking at version 1 of 2",
	);
	await expect(pressed(page, "Raw")).toBeVisible();
	await button(page, "Show live").click();
	await expect(configuration(page)).toContainText("summer");
	await expect(page).toHaveTitle("settings — AppConfig Inspector");
	await expect(page).toHaveURL(new RegExp(`#profile=${id}&view=raw$`));
});

test("the popup opens its profile in a tab, which fills the tab and follows its address", async ({
	emulator,
	extension,
}) => {
	const first = await addProfile({ emulator, extension }, "settings.json", ONE);
	const second = await addProfile(
		{ emulator, extension },
		"banner.txt",
		"Ciao",
	);
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("spring");
	const page = await openTab(extension, popup);
	await page.setViewportSize({ width: 1200, height: 800 });
	await expect(configuration(page)).toContainText("spring");
	const box = await page.getByRole("main").boundingBox();
	expect(box?.width).toBe(1200);

	await page.evaluate((id) => {
		location.hash = `#profile=${id}`;
	}, second);
	await expect(configuration(page)).toContainText("Ciao");
	await expect(page).toHaveTitle("banner — AppConfig Inspector");
	await page.getByRole("combobox", { name: "Profile" }).selectOption(first);
	await expect(configuration(page)).toContainText("spring");
	await expect(page).toHaveURL(new RegExp(`#profile=${first}`));
});

test("webextension-polyfill provides `browser` where it is missing", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "settings.json", ONE);
	const page = await extension.context.newPage();
	await page.addInitScript(() =>
		Object.defineProperty(globalThis, "browser", { value: undefined }),
	);
	const loaded: string[] = [];
	page.on("request", (request) => loaded.push(request.url()));
	await page.goto(extensionUrl("src/page/index.html"));
	await expect(configuration(page)).toContainText("spring");
	await emulator.deploy("shop/test/settings.json", TWO);
	await expect(configuration(page)).toContainText("summer");
	expect(loaded.join()).toContain("polyfill");
});

test("a page with the width for it shows the matrix in a column of its own, beside configuration and history", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "one.json", ONE);
	await addProfile({ emulator, extension }, "two.json", TWO);
	const page = await extension.context.newPage();
	await page.setViewportSize({ width: 1920, height: 1080 });
	await page.goto(extensionUrl("src/page/index.html"));
	await expect(configuration(page)).toContainText("spring");
	await button(page, "Matrix").click();
	const tools = page.getByRole("region", { name: "Tools" });
	await expect(tools).toBeVisible();
	await expect(configuration(page)).toContainText("spring");
	await expect(versions(page)).toHaveCount(1);
	await page.setViewportSize({ width: 1200, height: 800 });
	await expect(tools).toHaveCount(0);
	await expect(configuration(page)).toHaveCount(0);
});
