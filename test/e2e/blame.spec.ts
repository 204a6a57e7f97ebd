import { extensionUrl } from "../../scripts/browser/launch.ts";
import { complaints } from "./axe.ts";
import {
	addProfile,
	button,
	configuration,
	expect,
	test,
	versions,
} from "./test.ts";

test("Blame shows beside each value the version of its last change", async ({
	emulator,
	extension,
}) => {
	const document = (shipping: string, more: number) =>
		`{"checkout":{"freeShippingFrom":${shipping},"currency":"CHF"},"more":${more}}`;
	await addProfile(
		{ emulator, extension },
		"settings.json",
		document("59.00", 1),
	);
	const page = await extension.context.newPage();
	await page.setViewportSize({ width: 1400, height: 800 });
	await page.goto(extensionUrl("src/devtools/panel.html"));
	for (const [index, text] of [
		document("49.90", 1),
		document("49.90", 2),
	].entries()) {
		await expect(versions(page)).toHaveCount(index + 1);
		await emulator.deploy("shop/test/settings.json", text);
	}
	await expect(versions(page)).toHaveCount(3);
	await button(page, "Blame").click();
	const row = (name: RegExp) =>
		configuration(page).getByRole("treeitem", { name });
	await expect(row(/"freeShippingFrom": 49.90.*, v2, /)).toBeVisible();
	await expect(row(/"currency": "CHF".*, v1, /)).toBeVisible();
	await expect(row(/"checkout": .*, v2, /)).toBeVisible();
	await expect(row(/"more": 2.*, v3, /)).toBeVisible();
	expect(await complaints(page)).toEqual([]);
	await row(/freeShippingFrom/).click();
	await page.keyboard.press("Shift+B");
	await expect(button(page, "Blame")).toHaveAttribute("aria-pressed", "false");
	await expect(row(/, v2, /)).toHaveCount(0);
	await expect(row(/freeShippingFrom/)).toHaveAttribute(
		"aria-selected",
		"true",
	);
});
