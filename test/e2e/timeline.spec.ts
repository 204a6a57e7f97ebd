import { extensionUrl } from "../../scripts/browser/launch.ts";
import { complaints } from "./axe.ts";
import {
	addProfile,
	comparisonSides,
	configuration,
	expect,
	test,
	versions,
} from "./test.ts";

test("the timeline of a key shows every value that it had, and leads to the comparison", async ({
	emulator,
	extension,
}) => {
	const document = (shipping: string, more: number) =>
		`{"checkout":{"freeShippingFrom":${shipping}},"more":${more}}`;
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
		document("39.90", 2),
	].entries()) {
		await expect(versions(page)).toHaveCount(index + 1);
		await emulator.deploy("shop/test/settings.json", text);
	}
	await expect(versions(page)).toHaveCount(4);
	await configuration(page)
		.getByRole("treeitem", { name: /freeShippingFrom/ })
		.click();
	await page.keyboard.press("Shift+T");
	const timeline = page.getByRole("region", { name: "Timeline" });
	await expect(timeline).toContainText("3 values in 4 versions");
	await expect(timeline.getByRole("listitem")).toContainText([
		"49.90→39.90 −20 %",
		"59.00→49.90 −15 %",
		"59.00",
	]);
	await expect(timeline.locator("svg[role=img]")).toHaveAccessibleName(
		"59.00, then 49.90, then 39.90",
	);
	expect(await complaints(page)).toEqual([]);
	await timeline.getByRole("listitem").nth(1).getByRole("button").click();
	await expect(comparisonSides(page).first()).toContainText("v1");
	await expect(comparisonSides(page).last()).toContainText("v2");
	await page.keyboard.press("Escape");
	await page.keyboard.press("Escape");
	await expect(timeline).toHaveCount(0);
	await expect(versions(page)).toHaveCount(4);
});
