import type { Page } from "playwright/test";
import { extensionUrl } from "../../scripts/browser/launch.ts";
import { command } from "../../scripts/browser/wire.ts";
import { complaints } from "./axe.ts";
import {
	addProfile,
	button,
	comparisonSides,
	configuration,
	expect,
	type Fixtures,
	showHistory,
	test,
	versions,
} from "./test.ts";

const PATH = "shop/test/settings.json";
const PANEL = "src/devtools/panel.html";
const document = (price: string, pageSize: number, more = "") =>
	`{\n  "checkout": { "freeShippingFrom": ${price}, "enabled": true },\n  "search": { "pageSize": ${pageSize} }${more}\n}\n`;

const bar = (page: Page) =>
	page.getByRole("status", { name: "Since you last looked" });

async function openView(
	{ extension }: Pick<Fixtures, "extension">,
	path = PANEL,
): Promise<Page> {
	const page = await extension.context.newPage();
	await page.setViewportSize({ width: 1280, height: 640 });
	await page.goto(extensionUrl(path));
	return page;
}

/** The user looks at version 1; two more come while no view is open. */
async function missTwoVersions(
	fixtures: Pick<Fixtures, "emulator" | "extension">,
): Promise<void> {
	const { emulator, extension } = fixtures;
	const id = await addProfile(fixtures, "settings.json", document("49.90", 48));
	const page = await openView(fixtures);
	await expect(configuration(page)).toContainText("49.90");
	await page.close();
	const bodies = [
		document("39.90", 48),
		document("39.90", 60, ',\n  "sale": true'),
	];
	for (const [index, body] of bodies.entries()) {
		await emulator.deploy(PATH, body);
		await expect
			.poll(async () => {
				await command(extension.stage, "pollNow", { id });
				return (await command(extension.stage, "listVersions", { id })).length;
			})
			.toBe(index + 2);
	}
}

test("what is different since the last look is said on opening, and shown with one click", async ({
	emulator,
	extension,
}) => {
	await missTwoVersions({ emulator, extension });
	const page = await openView({ extension });
	await expect(bar(page)).toContainText(
		/^2 versions since you last looked \(today .+\): 3 keys changed/,
	);
	const changes = bar(page).getByRole("listitem");
	await expect(changes).toHaveCount(3);
	await expect(changes.first()).toHaveText(
		/checkout\.freeShippingFrom49\.90→39\.90v2 · /,
	);
	expect(await complaints(page)).toEqual([]);
	await button(page, "Show changes").click();
	await expect(comparisonSides(page)).toHaveText([/v1/, /v3/]);
	await expect(configuration(page)).toContainText("checkout.freeShippingFrom");
});

test("the changes are dismissed with Esc, and stay so", async ({
	emulator,
	extension,
}) => {
	await missTwoVersions({ emulator, extension });
	const page = await openView({ extension });
	await expect(button(page, "Show changes")).toBeVisible();
	await button(page, "Show changes").click();
	await expect(comparisonSides(page)).toHaveCount(2);
	await page.keyboard.press("Escape");
	await expect(comparisonSides(page)).toHaveCount(0);
	await expect(bar(page)).toContainText("3 keys changed");
	await page.keyboard.press("Escape");
	await expect(bar(page)).toBeEmpty();
	await page.reload();
	await expect(configuration(page)).toContainText("39.90");
	await expect(bar(page)).toBeEmpty();
});

test("a version that arrives while the user looks is told by its first change, below the configuration", async ({
	emulator,
	extension,
}) => {
	await addProfile(
		{ emulator, extension },
		"settings.json",
		document("49.90", 48),
	);
	for (const path of [PANEL, "src/popup/index.html"]) {
		const page = await openView({ extension }, path);
		await expect(configuration(page)).toContainText("freeShippingFrom");
		await showHistory(page);
		const count = await versions(page).count();
		// Closes the history of the popup, which covers the bar.
		await page.keyboard.press("Escape");
		await emulator.deploy(PATH, document(`${count}.50`, 48));
		await expect(bar(page)).toContainText(
			new RegExp(`^v${count + 1}: checkout\\.freeShippingFrom.+→${count}\\.50`),
		);
		expect(await complaints(page)).toEqual([]);
		await button(page, "Show changes").click();
		await expect(comparisonSides(page)).toHaveText([
			new RegExp(`v${count}`),
			new RegExp(`v${count + 1}`),
		]);
		await page.keyboard.press("Escape");
		await button(page, "Dismiss").click();
		await expect(bar(page)).toBeEmpty();
		await page.close();
	}
});

test("where the version of the last look was deleted, the bar says what it compares with", async ({
	emulator,
	extension,
}) => {
	await missTwoVersions({ emulator, extension });
	const page = await openView({ extension });
	await expect(bar(page)).toContainText("3 keys changed");
	await button(page, "More about version 1").click();
	await page.getByRole("menuitem", { name: "Delete…" }).click();
	await page
		.getByRole("dialog")
		.getByRole("button", { name: "Delete" })
		.click();
	await expect(bar(page)).toContainText(
		"Version 1 is no longer kept, so this compares with version 2.",
	);
	await expect(bar(page)).toContainText("2 keys changed");
});

test("changed rows stay marked in the tree until the changes are dismissed", async ({
	emulator,
	extension,
}) => {
	await missTwoVersions({ emulator, extension });
	const page = await openView({ extension });
	const row = (name: string | RegExp) =>
		configuration(page).getByRole("treeitem", { name });
	await expect(
		row('"freeShippingFrom": 39.90, changed, was 49.90'),
	).toBeVisible();
	await expect(row('"pageSize": 60, changed, was 48')).toContainText("was 48");
	await expect(row('"sale": true, added')).toContainText("added");
	expect(await complaints(page)).toEqual([]);
	await emulator.deploy(PATH, document("39.90", 60).replace("enabled", "on"));
	await expect(row('"enabled": removed, was true')).toBeVisible();
	await expect(row('"on": true, added')).toBeVisible();
	await row('"checkout": 2 keys').click();
	await page.keyboard.press("ArrowDown");
	await expect(row(/freeShippingFrom/)).toHaveAttribute(
		"aria-selected",
		"true",
	);
	expect(await complaints(page)).toEqual([]);
	await button(page, "Dismiss").click();
	await expect(row(/, (changed|added|removed)/)).toHaveCount(0);
	await expect(row("enabled")).toHaveCount(0);
});

test("changed flags say what they were", async ({ emulator, extension }) => {
	const flags = (isOn: boolean, limit: number) =>
		JSON.stringify({
			cards: { enabled: isOn, limit },
			sale: { enabled: true },
		});
	await addProfile({ emulator, extension }, "settings.json", flags(false, 5));
	const page = await openView({ extension });
	await expect(configuration(page)).toContainText("1 of 2 enabled");
	await emulator.deploy(PATH, flags(true, 6));
	await expect(bar(page)).toContainText(/^v2: cardsoff→on\+1 more/);
	await expect(
		configuration(page).getByText("was off, limit was 5"),
	).toBeVisible();
	// Its colours change while it lasts.
	await expect(page.locator(".flash")).toHaveCount(0);
	for (const [width, height] of [
		[1280, 640],
		[1280, 272],
		[320, 700],
	] as const) {
		await page.setViewportSize({ width, height });
		for (const colorScheme of ["light", "dark"] as const) {
			await page.emulateMedia({ colorScheme });
			expect(await complaints(page)).toEqual([]);
		}
	}
});
