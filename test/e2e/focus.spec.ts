import type { Page } from "playwright/test";
import { extensionUrl } from "../../scripts/browser/launch.ts";
import { addConnection, createVault, fill } from "./forms.ts";
import {
	addProfile,
	button,
	comparisonSides,
	configuration,
	expect,
	status,
	test,
	versions,
} from "./test.ts";

const PASSPHRASE = "correct horse battery staple";

/** What has the focus, as its user hears it. */
function focused(page: Page): Promise<string> {
	return page.evaluate(() => {
		const { activeElement } = document;
		if (!activeElement || activeElement === document.body) return "nothing";
		const label = activeElement.getAttribute("aria-label");
		return label ?? activeElement.textContent?.trim().slice(0, 60) ?? "";
	});
}

async function openPanelPage(
	extension: { readonly context: { newPage(): Promise<Page> } },
	size = { width: 1400, height: 800 },
): Promise<Page> {
	const page = await extension.context.newPage();
	await page.setViewportSize(size);
	await page.goto(extensionUrl("src/devtools/panel.html"));
	return page;
}

test("after a save, a copy or a deletion the focus is on the next page, and after an error on the field", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "settings.json", '{"a":1}');
	const options = await extension.openOptions();
	await options.setViewportSize({ width: 1100, height: 500 });
	await expect(options.getByRole("heading", { level: 1 })).toHaveText(
		"settings",
	);
	await button(options, "Duplicate").focus();
	await options.keyboard.press("Enter");
	await expect.poll(() => focused(options)).toBe("Copy of settings");
	await fill(options, { Environment: "nowhere", Name: "copy" });
	await button(options, "Save profile").focus();
	await options.keyboard.press("Enter");
	const alert = options.getByRole("alert").first();
	await expect(alert).toBeInViewport();
	await expect(options.locator(".outcome")).toBeFocused();
	await fill(options, { Application: "" });
	await button(options, "Save profile").focus();
	await options.keyboard.press("Enter");
	await expect(options.locator("#application")).toBeFocused();
	await expect(options.locator("#application-error")).toBeInViewport();
	await button(options, "Discard changes").focus();
	await options.keyboard.press("Enter");
	await expect.poll(() => focused(options)).not.toBe("nothing");
	await button(options, "Delete profile").focus();
	await options.keyboard.press("Enter");
	await button(options, "Keep").focus();
	await options.keyboard.press("Enter");
	await expect(button(options, "Delete profile")).toBeFocused();
	await options.keyboard.press("Enter");
	await button(options, "Yes, delete").focus();
	await options.keyboard.press("Enter");
	await expect.poll(() => focused(options)).toBe("settings");
});

test("closing returns the focus to the opener, and Escape closes only the last thing opened", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "settings.json", '{"a":1}');
	const page = await openPanelPage(extension);
	await expect(versions(page)).toHaveCount(1);
	await emulator.deploy("shop/test/settings.json", '{"a":2}');
	await expect(versions(page)).toHaveCount(2);
	const compare = versions(page).first().getByRole("button").first();
	const closed = comparisonSides(page).first();

	await compare.focus();
	await page.keyboard.press("Enter");
	await expect(closed).toBeVisible();
	await configuration(page).getByRole("button", { name: "Close" }).focus();
	await page.keyboard.press("Enter");
	await expect(closed).toHaveCount(0);
	await expect(compare).toBeFocused();

	await page.keyboard.press("Enter");
	await expect(closed).toBeVisible();
	await button(page, "Show deployments").focus();
	await page.keyboard.press("Enter");
	await expect(page.getByRole("list", { name: "Deployments" })).toBeVisible();
	await page.keyboard.press("Escape");
	await expect(button(page, "Show deployments")).toBeFocused();
	await expect(closed).toBeVisible();
	await page.keyboard.press("?");
	await expect(page.getByRole("dialog")).toBeVisible();
	await page.keyboard.press("Escape");
	await expect(page.getByRole("dialog")).toHaveCount(0);
	await expect(closed).toBeVisible();
	await page.keyboard.press("Escape");
	await expect(closed).toHaveCount(0);
	await expect(compare).toBeFocused();
});

test("a saved note, a deleted version and a dismissed bar leave the focus nearby", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "settings.json", '{"a":1}');
	const page = await openPanelPage(extension);
	for (const [index, content] of ['{"a":2}', '{"a":3}'].entries()) {
		await expect(versions(page)).toHaveCount(index + 1);
		await emulator.deploy("shop/test/settings.json", content);
	}
	await expect(versions(page)).toHaveCount(3);
	const row = versions(page).nth(1).getByRole("button").first();
	await button(page, "More about version 2").click();
	await page.getByRole("menuitem", { name: "Add note…" }).press("Enter");
	await page.getByRole("textbox", { name: "Note" }).fill("before the sale");
	await button(page, "Save note").focus();
	await page.keyboard.press("Enter");
	await expect(page.getByText("before the sale")).toBeVisible();
	await expect(row).toBeFocused();

	await button(page, "More about version 2").click();
	await page
		.getByRole("menuitem", { name: "Show this version" })
		.press("Enter");
	await expect(button(page, "Show live")).toBeVisible();
	await button(page, "Show live").focus();
	await page.keyboard.press("Enter");
	await expect(button(page, "Show live")).toHaveCount(0);
	await expect.poll(() => focused(page)).not.toBe("nothing");

	await button(page, "More about version 2").click();
	await page.getByRole("menuitem", { name: "Delete…" }).press("Enter");
	await button(page, "Delete").focus();
	await page.keyboard.press("Enter");
	await expect(versions(page)).toHaveCount(2);
	await expect.poll(() => focused(page)).toMatch(/^Version 1/);

	await page.getByRole("treeitem").last().click();
	await button(page, "Copy path").focus();
	await page.keyboard.press("Enter");
	await expect(status(page).filter({ hasText: "Copied" })).toBeVisible();
	await emulator.deploy("shop/test/settings.json", '["other"]');
	await expect(versions(page)).toHaveCount(3);
	await expect(configuration(page)).toContainText("other");
	await expect.poll(() => focused(page)).not.toBe("nothing");
});

test("a dismissed bar and a busy form keep the focus on the page", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "bytes.bin", Buffer.of(0, 255));
	const page = await openPanelPage(extension);
	for (const close of [
		() => button(page, "Cancel").press("Enter"),
		() => button(page, "Copy as hex").press("Enter"),
		() => page.keyboard.press("Escape"),
	]) {
		await button(page, "Copy configuration").press("Enter");
		await expect(button(page, "Copy as hex")).toBeVisible();
		await close();
		await expect(button(page, "Copy as hex")).toHaveCount(0);
		await expect.poll(() => focused(page)).not.toBe("nothing");
	}
	const options = await extension.openOptions();
	await createVault(options, PASSPHRASE);
	await expect.poll(() => focused(options)).not.toBe("nothing");
	await button(options, "Lock now").press("Enter");
	await expect(button(options, "Unlock")).toBeVisible();
	await expect.poll(() => focused(options)).not.toBe("nothing");
});

test("after a connection is deleted the focus is on the next page", async ({
	extension,
}) => {
	const options = await extension.openOptions();
	await addConnection(options, "agent", {
		"Agent URL": "http://localhost:2772",
	});
	await button(options, "Delete connection").press("Enter");
	await button(options, "Yes, delete").press("Enter");
	await expect(button(options, "Delete connection")).toHaveCount(0);
	await expect.poll(() => focused(options)).not.toBe("nothing");
});

test("the profile list is one Tab stop, arrow keys move within it", async ({
	emulator,
	extension,
}) => {
	for (const name of ["one", "two", "three"])
		await addProfile({ emulator, extension }, `${name}.json`, "{}");
	const page = await openPanelPage(extension);
	await expect(versions(page)).toHaveCount(1);
	await button(page, "Add profile").focus();
	await page.keyboard.press("Tab");
	await expect.poll(() => focused(page)).toMatch(/^one/);
	await page.keyboard.press("Tab");
	await expect(button(page, "Poll now")).toBeFocused();
	await page.keyboard.press("Shift+Tab");
	await page.keyboard.press("End");
	await expect.poll(() => focused(page)).toMatch(/^three/);
	await page.keyboard.press("Enter");
	await expect(page.getByRole("heading", { level: 1 })).toHaveText("three");
	await page.keyboard.press("Tab");
	await expect(button(page, "Poll now")).toBeFocused();
});
