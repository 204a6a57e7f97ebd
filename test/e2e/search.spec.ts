import { extensionUrl } from "../../scripts/browser/launch.ts";
import { complaints } from "./axe.ts";
import { addProfile, button, expect, test, versions } from "./test.ts";

test("a value is found in all versions of all profiles, and its timeline opens", async ({
	emulator,
	extension,
}) => {
	const given = { emulator, extension };
	const document = (timeout: number) =>
		`{"checkout":{"timeoutSeconds":${timeout}},"name":"shop"}`;
	await addProfile(given, "settings.json", document(30));
	await addProfile(given, "limits.yaml", "timeoutSeconds: 30\n");
	const page = await extension.context.newPage();
	await page.setViewportSize({ width: 1400, height: 800 });
	await page.goto(extensionUrl("src/devtools/panel.html"));
	await expect(versions(page)).toHaveCount(1);
	await emulator.deploy("shop/test/settings.json", document(45));
	await expect(versions(page)).toHaveCount(2);

	await page.keyboard.press("Control+Shift+f");
	const region = page.getByRole("region", { name: "Search" });
	await expect(
		region.getByRole("searchbox", { name: "Search all profiles and versions" }),
	).toBeFocused();
	await page.keyboard.type("timeoutSeconds: 30");
	await expect(region.getByRole("status")).toHaveText(
		"2 results in 2 profiles",
	);
	const results = region.locator(".search-result");
	await expect(results).toContainText([
		/\$\.checkout\.timeoutSeconds30v1/,
		/line 1timeoutSeconds: 30livev1/,
	]);
	expect(await complaints(page)).toEqual([]);
	await button(page, "Only live versions").click();
	await expect(results).toHaveCount(1);
	await button(page, "Only live versions").click();
	await expect(results).toHaveCount(2);
	await results.first().click();
	const timeline = page.getByRole("region", { name: "Timeline" });
	await expect(timeline).toContainText("$.checkout.timeoutSeconds");
	await expect(timeline).toContainText("30→45");
});
