import type { Locator } from "playwright/test";
import { extensionUrl } from "../../scripts/browser/launch.ts";
import { complaints } from "./axe.ts";
import { addProfile, button, expect, status, test } from "./test.ts";

const DOCUMENT = (shipping: string, more = "") =>
	`{"checkout":{"freeShippingFrom":${shipping},"guest":true},"banner":"Hello"${more}}`;

test("the values of three environments stand side by side, and what differs is marked", async ({
	emulator,
	extension,
}) => {
	const given = { emulator, extension };
	await extension.context.grantPermissions(["clipboard-read"]);
	for (const [environment, text] of [
		["eu-west-acceptance-tests", DOCUMENT("0", ',"phone":"+41"')],
		["staging", DOCUMENT("49.90")],
		["production", DOCUMENT("49.90", ',"phone":null')],
	] as const) {
		await emulator.deploy(`shop/${environment}/settings.json`, text);
		await addProfile(given, "settings.json", text, { environment });
	}
	const page = await extension.context.newPage();
	await page.setViewportSize({ width: 1400, height: 800 });
	await page.goto(extensionUrl("src/devtools/panel.html"));
	await button(page, "Matrix").click();
	const grid = page.getByRole("grid");
	await expect(grid.getByRole("columnheader")).toContainText([
		"2 of 4 keys differ",
		"eu-west-acceptance-tests",
		"staging",
		"production",
	]);
	const left = (cells: Locator) =>
		cells.evaluateAll((all) =>
			all.map((one) => one.getBoundingClientRect().left),
		);
	const lines = grid.getByRole("row");
	for (const width of [900, 320, 1400]) {
		await page.setViewportSize({ width, height: 800 });
		expect(await left(lines.first().locator("> *"))).toEqual(
			await left(lines.nth(1).locator("> *")),
		);
	}
	const row = (path: string) => grid.getByRole("row").filter({ hasText: path });
	await expect(
		row("checkout.freeShippingFrom").getByRole("gridcell"),
	).toHaveText(["0", "49.90", "49.90"]);
	await expect(row("phone").getByRole("gridcell")).toHaveText([
		'"+41"',
		"missing",
		"null",
	]);
	await expect(grid.locator(".deviates")).toHaveText(["0", '"+41"', "null"]);
	expect(await complaints(page)).toEqual([]);

	await grid.focus();
	await page.keyboard.press("ArrowDown");
	await page.keyboard.press("ArrowRight");
	await expect(page.locator(".matrix-cell")).toContainText("$.phone");
	await expect(page.locator(".matrix-cell")).toContainText("staging");
	expect(await complaints(page)).toEqual([]);

	const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
	await button(page, "Copy as JSON Patch").click();
	await expect(status(page).first()).toContainText(
		"1 operation that turns staging into production",
	);
	expect(JSON.parse(await clipboard())).toEqual([
		{ op: "add", path: "/phone", value: null },
	]);
	await button(page, "Copy as Markdown").click();
	await expect.poll(clipboard).toContain('| `phone` | `"+41"` | _missing_ |');

	await page.getByRole("searchbox", { name: "Filter keys" }).fill("phone");
	await expect(grid.getByRole("row")).toHaveCount(2);
	await page.getByRole("searchbox", { name: "Filter keys" }).fill("");
	await button(page, "Only differences").click();
	await expect(row("banner")).toHaveCount(1);
	await emulator.deploy("shop/staging/settings.json", DOCUMENT("5"));
	await expect(
		row("checkout.freeShippingFrom").getByRole("gridcell"),
	).toHaveText(["0", "5", "49.90"]);
	await grid.focus();
	await page.keyboard.press("Escape");
	await expect(button(page, "Matrix")).toBeFocused();
});
