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
	tab,
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
	await tab(page, "History").focus();
	await page.keyboard.press("ArrowRight");
	await expect(page.getByRole("list", { name: "Deployments" })).toBeVisible();
	await page.keyboard.press("Escape");
	await expect(tab(page, "History")).toBeFocused();
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

/** From the first to the last; each list, toolbar and tree is one of them. */
const TAB_ORDER = [
	/^$/,
	/^Add profile$/,
	/^Search all profiles$/,
	/^Collapse profiles$/,
	/^one/,
	/^Resize profiles$/,
	/^Poll now$/,
	/^SHA-256/,
];

test("Tab goes from the profiles to the toolbar and the facts, and arrow keys move within each", async ({
	emulator,
	extension,
}) => {
	for (const name of ["one", "two", "three"])
		await addProfile({ emulator, extension }, `${name}.json`, "{}");
	const page = await openPanelPage(extension);
	await expect(versions(page)).toHaveCount(1);
	await page.getByRole("combobox", { name: "Profile" }).focus();
	for (const name of TAB_ORDER.slice(1)) {
		await page.keyboard.press("Tab");
		await expect.poll(() => focused(page)).toMatch(name);
	}
	await button(page, "Poll now").focus();
	await page.keyboard.press("ArrowRight");
	await expect(button(page, "Pause")).toBeFocused();
	await page.keyboard.press("End");
	await expect(button(page, "More")).toBeFocused();
	await page.keyboard.press("Shift+Tab");
	await page.keyboard.press("Shift+Tab");
	await page.keyboard.press("End");
	await expect.poll(() => focused(page)).toMatch(/^three/);
	await page.keyboard.press("Enter");
	await expect(page.getByRole("heading", { level: 1 })).toHaveText("three");
	await page.keyboard.press("Tab");
	await page.keyboard.press("Tab");
	await expect(button(page, "More")).toBeFocused();
});

test("F6 goes round the panes, back to where the focus was in each", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "one.json", '{"a":1,"b":2}');
	await addProfile({ emulator, extension }, "two.json", "{}");
	const page = await openPanelPage(extension);
	await expect(versions(page)).toHaveCount(1);
	await page.keyboard.press("F6");
	await expect.poll(() => focused(page)).toMatch(/^one/);
	await page.keyboard.press("F6");
	await expect(page.getByRole("tree", { name: "Configuration" })).toBeFocused();
	await page.keyboard.press("F6");
	await expect(tab(page, "History")).toBeFocused();
	await page.keyboard.press("F6");
	await page.keyboard.press("End");
	await expect.poll(() => focused(page)).toMatch(/^two/);
	await page.keyboard.press("Shift+F6");
	await page.keyboard.press("F6");
	await expect.poll(() => focused(page)).toMatch(/^two/);
});

test("a separator resizes by arrow keys, collapses by Enter, and its size is remembered", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "one.json", "{}");
	const page = await openPanelPage(extension);
	const splitter = page.getByRole("separator", { name: "Resize profiles" });
	const value = () => splitter.getAttribute("aria-valuenow").then(Number);
	const initial = await value();
	await splitter.focus();
	await page.keyboard.press("ArrowRight");
	expect(await value()).toBe(initial + 8);
	await page.reload();
	await expect(versions(page)).toHaveCount(1);
	expect(await value()).toBe(initial + 8);
	await splitter.focus();
	await page.keyboard.press("Home");
	expect(await value()).toBe(160);
	await page.keyboard.press("Enter");
	await expect(
		page.getByRole("navigation", { name: "Profiles, collapsed" }),
	).toBeVisible();
	await button(page, "Show profiles").click();
	await expect(
		page.getByRole("navigation", { name: "Profiles", exact: true }),
	).toBeVisible();
	await splitter.dblclick();
	expect(await value()).toBe(initial);
});
