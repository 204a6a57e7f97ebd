import type { Page } from "playwright/test";
import { complaints } from "./axe.ts";
import type { View } from "./extension.ts";
import {
	addProfile,
	configuration,
	expect,
	showHistory,
	shownVersion,
	test,
	versions,
} from "./test.ts";

const THEMES = ["light", "dark"] as const;

for (const theme of THEMES) {
	test(`popup with a configuration, ${theme}`, async ({
		emulator,
		extension,
	}) => {
		await addProfile(
			{ emulator, extension },
			"settings.json",
			'{"sale":["spring",1,true,null]}',
		);
		const popup = await extension.openPopup();
		await show(popup, theme);
		await expect(shownVersion(popup)).toHaveText("v1");
		await expect(configuration(popup)).toContainText("spring");
		expect(await complaints(popup)).toEqual([]);
	});

	test(`popup with a fault and an older version, ${theme}`, async ({
		emulator,
		extension,
	}) => {
		await addProfile({ emulator, extension }, "banner.txt", "one");
		const popup = await extension.openPopup();
		await show(popup, theme);
		await expect(configuration(popup)).toContainText("one");
		await emulator.deploy("shop/test/banner.txt", "two");
		await expect(shownVersion(popup)).toHaveText("v2");
		await showHistory(popup);
		expect(await complaints(popup)).toEqual([]);
		await versions(popup).last().getByRole("button").first().click();
		await emulator.addFault({ fault: "error" });
		await expect(popup.getByRole("alert")).toBeVisible();
		expect(await complaints(popup)).toEqual([]);
	});

	test(`popup without a profile, ${theme}`, async ({ extension }) => {
		const popup = await extension.openPopup();
		await show(popup, theme);
		await expect(
			popup.getByRole("button", { name: "Add profile" }),
		).toBeVisible();
		expect(await complaints(popup)).toEqual([]);
	});

	test(`panel with a configuration and a fault, ${theme}`, async ({
		emulator,
		extension,
	}) => {
		await addProfile(
			{ emulator, extension },
			"settings.json",
			'{"sale":"spring"}',
		);
		const panel = await extension.openPanel();
		await show(panel.page(), theme);
		await expect(configuration(panel)).toContainText("spring");
		await expect.poll(() => isDark(panel)).toBe(theme === "dark");
		expect(await complaints(panel)).toEqual([]);
		await emulator.addFault({ fault: "error" });
		await expect(panel.getByRole("alert")).toBeVisible();
		expect(await complaints(panel)).toEqual([]);
	});

	test(`options with a form that cannot be saved, ${theme}`, async ({
		emulator,
		extension,
	}) => {
		await addProfile({ emulator, extension }, "settings.json", "{}");
		const options = await extension.openOptions();
		await show(options, theme);
		await options.getByRole("button", { name: "Add profile" }).click();
		await expect(
			options.getByRole("textbox", { name: "Application" }),
		).toHaveValue("");
		expect(await complaints(options)).toEqual([]);
		await options.getByRole("button", { name: "Save profile" }).click();
		await expect(
			options.getByText("Required: the ID or the name."),
		).toHaveCount(3);
		expect(await complaints(options)).toEqual([]);
	});
}

async function show(page: Page, theme: (typeof THEMES)[number]): Promise<void> {
	await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
}

function isDark(view: View): Promise<boolean> {
	return view.evaluate(() => {
		const canvas = getComputedStyle(document.body).backgroundColor;
		const [red = 255] = (canvas.match(/\d+/g) ?? []).map(Number);
		return red < 128;
	});
}
