import type { Locator, Page } from "playwright/test";
import { extensionUrl } from "../../scripts/browser/launch.ts";
import { complaints } from "./axe.ts";
import type { View } from "./extension.ts";
import {
	addProfile,
	button,
	configuration,
	expect,
	shownVersion,
	status,
	test,
} from "./test.ts";

const DOCUMENT = `{
  "name": "shop",
  "limits": { "id": 9007199254740993, "rate": 1.0 },
  "list": ["a", { "deep": true }]
}`;

const CALLS = [
	["Copy call: AWS CLI", "aws appconfigdata start-configuration-session"],
	["Copy call: SDK for JavaScript", "@aws-sdk/client-appconfigdata"],
	["Copy call: SDK for Python", "import boto3"],
	["Copy call: SDK for Java", "software.amazon.awssdk"],
	["Copy call: SDK for Go", "aws-sdk-go-v2"],
	[
		"Copy call: curl to the Agent",
		"/applications/shop/environments/test/configurations/settings",
	],
] as const;

function menu(view: View): Locator {
	return view.getByRole("menu", { name: "Copy" });
}

function selected(view: View): Locator {
	return configuration(view).getByRole("treeitem", { selected: true });
}

function clipboard(page: Page): Promise<string> {
	return page.evaluate(() => navigator.clipboard.readText());
}

test("bytes, details and every SDK call of a version are copied from one menu", async ({
	emulator,
	extension,
}) => {
	await extension.context.grantPermissions(["clipboard-read"]);
	await addProfile({ emulator, extension }, "settings.json", DOCUMENT);
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("9007199254740993");
	const choose = async (name: string) => {
		await button(popup, "More to copy").click();
		await menu(popup).getByRole("menuitem", { name, exact: true }).click();
		await expect(menu(popup)).toHaveCount(0);
		await expect(status(popup).filter({ hasText: "Copied" })).toBeVisible();
		await expect(button(popup, "More to copy")).toBeFocused();
	};
	await choose("Copy configuration");
	await expect.poll(() => clipboard(popup)).toBe(DOCUMENT);
	await choose("Copy details as text");
	await expect
		.poll(() => clipboard(popup))
		.toContain("Content type: application/json");
	await choose("Copy details as JSON");
	await expect.poll(() => clipboard(popup)).toContain("{");
	const details: unknown = JSON.parse(await clipboard(popup));
	expect(details).toMatchObject({
		application: "shop",
		version: 1,
		sizeBytes: DOCUMENT.length,
	});
	for (const [name, part] of CALLS) {
		await choose(name);
		await expect.poll(() => clipboard(popup)).toContain(part);
		expect(await clipboard(popup)).toContain(emulator.url);
	}
});

test("a menu is operated by keyboard and returns the focus", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "settings.json", DOCUMENT);
	const popup = await extension.openPopup();
	await button(popup, "More to copy").focus();
	await popup.keyboard.press("Enter");
	const focused = menu(popup).locator(":focus");
	await expect(focused).toHaveText("Copy configuration");
	await popup.keyboard.press("ArrowUp");
	await expect(focused).toHaveText("Copy call: curl to the Agent");
	// What arrives meanwhile moves nothing.
	await emulator.deploy("shop/test/settings.json", "{}");
	await expect(shownVersion(popup)).toHaveText("v2");
	await expect(focused).toHaveText("Copy call: curl to the Agent");
	// A letter moves to the next item that starts with it.
	await popup.keyboard.press("c");
	await expect(focused).toHaveText("Copy configuration");
	await popup.keyboard.press("End");
	await expect(focused).toHaveText("Copy call: curl to the Agent");
	await popup.keyboard.press("ArrowDown");
	await expect(focused).toHaveText("Copy configuration");
	expect(await complaints(popup)).toEqual([]);
	await popup.keyboard.press("Escape");
	await expect(menu(popup)).toHaveCount(0);
	await expect(button(popup, "More to copy")).toBeFocused();
});

test("the formatted view is navigated, folded and copied with the tree's keys", async ({
	emulator,
	extension,
}) => {
	await extension.context.grantPermissions(["clipboard-read"]);
	await addProfile({ emulator, extension }, "settings.json", DOCUMENT);
	const panel = await extension.openPanel();
	await configuration(panel).getByRole("button", { name: "Formatted" }).click();
	const { keyboard } = panel.page();
	await configuration(panel).getByRole("tree").focus();
	await keyboard.press("Home");
	await keyboard.press("ArrowDown");
	await keyboard.press("ArrowDown");
	await expect(selected(panel)).toHaveAccessibleName(/^"limits"/);
	await expect(selected(panel)).toHaveAttribute("aria-expanded", "true");
	await keyboard.press("Control+c");
	const copied = () => clipboard(extension.stage);
	await extension.stage.bringToFront();
	await expect.poll(copied).toBe('{ "id": 9007199254740993, "rate": 1.0 }');
	await panel.page().bringToFront();
	await keyboard.press("ArrowLeft");
	await expect(selected(panel)).toHaveAttribute("aria-expanded", "false");
	await expect(configuration(panel).getByText("9007199254740993")).toHaveCount(
		0,
	);
	await keyboard.press("Shift+F10");
	await expect(menu(panel)).toBeVisible();
	expect(await complaints(panel)).toEqual([]);
	await menu(panel)
		.getByRole("menuitem", { name: "Copy path as jq" })
		.press("Enter");
	await expect(menu(panel)).toHaveCount(0);
	await expect(configuration(panel).getByRole("tree")).toBeFocused();
	await extension.stage.bringToFront();
	await expect.poll(copied).toBe(".limits");
});

test("text that the clipboard refuses is offered selected, with its line ends", async ({
	emulator,
	extension,
}) => {
	await extension.context.grantPermissions(["clipboard-read"]);
	await addProfile({ emulator, extension }, "banner.txt", "one\r\ntwo\r\n");
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("one");
	await popup.evaluate(() => {
		navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
		document.execCommand = () => false;
	});
	await button(popup, "Copy configuration").click();
	const dialog = popup.getByRole("dialog", { name: "Couldn't copy" });
	await expect(
		dialog.getByRole("textbox", { name: "Text to copy" }),
	).toBeFocused();
	expect(await complaints(popup)).toEqual([]);
	await popup.keyboard.press("Control+c");
	await expect.poll(() => clipboard(popup)).toBe("one\r\ntwo\r\n");
	await popup.keyboard.press("Escape");
	await expect(dialog).toHaveCount(0);
	await expect(button(popup, "Copy configuration")).toBeFocused();
});

for (const surface of ["popup", "panel", "options"] as const)
	test(`"?" lists the keyboard shortcuts in the ${surface}`, async ({
		emulator,
		extension,
	}) => {
		await addProfile({ emulator, extension }, "settings.json", DOCUMENT);
		const view =
			surface === "panel"
				? await extension.openPanel()
				: surface === "popup"
					? await extension.openPopup()
					: await extension.openOptions();
		const page = "page" in view ? view.page() : view;
		await expect(button(view, "Keyboard shortcuts")).toBeVisible();
		if (surface === "panel")
			await configuration(view).getByRole("tree").focus();
		await page.keyboard.press("?");
		const dialog = view.getByRole("dialog", { name: "Keyboard shortcuts" });
		await expect(dialog).toContainText("Copy the value");
		const isCut = await dialog.evaluate(
			({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
		);
		expect(isCut).toBe(false);
		expect(await complaints(view)).toEqual([]);
		await button(dialog, "Close").click();
		await expect(dialog).toHaveCount(0);
	});

test("in a small window the list of shortcuts scrolls", async ({
	extension,
}) => {
	const popup = await extension.context.newPage();
	await popup.setViewportSize({ width: 320, height: 260 });
	await popup.goto(extensionUrl("src/popup/index.html"));
	await button(popup, "Keyboard shortcuts").click();
	const dialog = popup.getByRole("dialog", { name: "Keyboard shortcuts" });
	const last = dialog.getByText("in a comparison");
	await expect(last).not.toBeInViewport();
	await dialog.hover();
	await popup.mouse.wheel(0, 4000);
	await expect(last).toBeInViewport({ ratio: 1 });
});
