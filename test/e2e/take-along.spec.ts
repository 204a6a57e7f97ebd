// The first page, and profiles taken along to another browser.
import { addProfile, button, expect, test } from "./test.ts";

test("the first start opens a page with ways to begin, and the emulator is saved in two clicks", async ({
	browsers,
}) => {
	const { context } = await browsers.start();
	const welcomes = () =>
		context.pages().filter((page) => page.url().includes("welcome/index.html"));
	await expect.poll(welcomes).toHaveLength(1);
	const [page] = welcomes();
	if (!page) throw new Error("there is no such page");
	await page.getByRole("link", { name: "Add the local emulator" }).click();
	await button(page, "Save profile").click();
	await expect(
		page.getByRole("heading", { name: "Local emulator" }),
	).toBeVisible();
	await browsers.close();
	const again = await browsers.start();
	await again.openOptions();
	expect(
		again.context.pages().filter((each) => each.url().includes("welcome")),
	).toEqual([]);
});

test("an export is imported once, and a damaged one changes nothing", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "settings.json", "{}");
	const options = await extension.openOptions();
	await options.getByRole("link", { name: "Export and import" }).click();
	await options
		.context()
		.grantPermissions(["clipboard-read", "clipboard-write"]);
	await button(options, "Copy export").click();
	await expect(options.getByRole("status")).toContainText("Copied the export");
	const text = await options.evaluate(() => navigator.clipboard.readText());
	const field = options.getByLabel("Export to import");
	await field.fill(text);
	await button(options, "Import").click();
	await expect(options.getByRole("status")).toContainText("Added 0 profiles");
	await field.fill(
		text.replace('"region"', '"regio"').replace("settings", "other"),
	);
	await button(options, "Import").click();
	const profiles = options
		.getByRole("navigation", { name: "Profiles" })
		.getByRole("listitem");
	await expect(profiles).toHaveCount(2);
	await field.fill(text.replace('"version": 1', '"version": 99'));
	await button(options, "Import").click();
	await expect(options.getByRole("alert")).toContainText("newer version");
	await expect(profiles).toHaveCount(2);
});
