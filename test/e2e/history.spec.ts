import { readFile } from "node:fs/promises";
import type { Download, Locator, Page } from "playwright/test";
import { extensionUrl } from "../../scripts/browser/launch.ts";
import { complaints } from "./axe.ts";
import type { Extension } from "./extension.ts";
import {
	addProfile,
	button,
	comparisonSides,
	configuration,
	expect,
	showHistory,
	status,
	test,
	versions,
} from "./test.ts";
import type { TestEmulator } from "./test-emulator.ts";

const BODIES = [
	'{"release":1,"limits":{"retries":3,"rate":1.0}}',
	'{"release":2,"limits":{"retries":4,"rate":1.0},"sale":true}',
	'{\n  "release": 2,\n  "limits": { "retries": 4, "rate": 1.0 },\n  "sale": true\n}\n',
] as const;

/** The panel as a page, which a test can drive without DevTools around it. */
async function openHistory(
	{ emulator, extension }: { emulator: TestEmulator; extension: Extension },
	path = "src/devtools/panel.html",
): Promise<Page> {
	await addProfile({ emulator, extension }, "settings.json", BODIES[0]);
	const page = await extension.context.newPage();
	await page.setViewportSize({ width: 1280, height: 640 });
	await page.goto(extensionUrl(path));
	await expect(versions(page)).toHaveCount(1);
	for (const [index, body] of BODIES.entries()) {
		if (index === 0) continue;
		await emulator.deploy("shop/test/settings.json", body);
		await expect(versions(page)).toHaveCount(index + 1);
	}
	return page;
}

function row(page: Page, number: number): Locator {
	return versions(page).filter({ hasText: `Version ${number}` });
}

async function choose(page: Page, opener: string, item: string): Promise<void> {
	const button_ = button(page, opener);
	await button_.focus();
	await button_.press("Enter");
	await page.getByRole("menuitem", { name: item, exact: true }).click();
}

async function contentsOf(download: Download): Promise<string> {
	return readFile(await download.path(), "utf8");
}

test("each row shows what changed since the version before, and the list shows its storage size", async ({
	emulator,
	extension,
}) => {
	const page = await openHistory({ emulator, extension });
	await expect(row(page, 2)).toContainText("release1→2+2 more");
	await expect(row(page, 2)).toContainText(/\d{1,2}:\d{2}\s[AP]M/);
	await expect(row(page, 3)).toContainText("formatting only");
	await expect(row(page, 1).getByText("changed")).toHaveCount(0);
	const bytes = BODIES.reduce((sum, body) => sum + body.length, 0);
	await expect(
		page.getByText(`${bytes} B of 64 MB, 3 of 50 versions`),
	).toBeVisible();
	expect(await complaints(page)).toEqual([]);

	// It is there at once the next time, before anything is compared.
	const popup = await extension.openPopup();
	await showHistory(popup);
	await expect(row(popup, 2)).toContainText("release1→2+2 more");
	expect(await complaints(popup)).toEqual([]);
});

test("changed rows flash once in the live tree, but not in older versions", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "settings.json", BODIES[0]);
	const popup = await extension.openPopup();
	const rows = configuration(popup).getByRole("treeitem");
	await expect(rows).toHaveCount(5);
	await popup.evaluate(() => {
		const seen: string[] = [];
		Object.assign(globalThis, { seen });
		document.addEventListener("animationstart", ({ target, animationName }) => {
			if (animationName === "flash" && target instanceof Element)
				seen.push(target.querySelector(".key")?.textContent ?? "");
		});
	});
	const seen = () =>
		popup.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
	await emulator.deploy("shop/test/settings.json", BODIES[1]);
	await expect
		.poll(async () => (await seen()).toSorted())
		.toEqual(['"release"', '"retries"', '"sale"']);
	const flashing = configuration(popup).locator(".flash");
	await expect(flashing).toHaveCount(0);
	await showHistory(popup);
	await versions(popup).last().getByRole("button").first().click();
	await expect(configuration(popup)).toContainText("version 1 of 2");
	await button(popup, "Show live").click();
	await expect(rows).toHaveCount(6);

	// Of what is inside a closed row, the row; and where motion is unwelcome, nothing moves.
	await popup.emulateMedia({ reducedMotion: "reduce" });
	await button(popup, "Collapse all").click();
	await emulator.deploy("shop/test/settings.json", BODIES[0]);
	await expect(flashing).toHaveCount(1);
	await expect(flashing).toHaveAccessibleName(/^\$: 2 keys/);
	await expect(flashing).toHaveCSS("animation-name", "none");
	await expect(flashing).toHaveCount(0);
	expect(await seen()).toHaveLength(3);
});

test("notes and pins stay with their version; the row's menu works by mouse and keyboard", async ({
	emulator,
	extension,
}) => {
	await extension.context.grantPermissions(["clipboard-read"]);
	const page = await openHistory({ emulator, extension });
	const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
	await row(page, 2).getByRole("button").first().press("Shift+F10");
	const menu = page.getByRole("menu", { name: "Version 2" });
	await expect(menu).toBeVisible();
	expect(await complaints(page)).toEqual([]);
	await menu.getByRole("menuitem", { name: "Add note…" }).press("Enter");
	const dialog = page.getByRole("dialog", { name: "Note on version 2" });
	await expect(dialog.getByRole("textbox", { name: "Note" })).toBeFocused();
	expect(await complaints(page)).toEqual([]);
	await page.keyboard.type("before the sale");
	await page.keyboard.press("Control+Enter");
	await expect(dialog).toHaveCount(0);
	await expect(row(page, 2)).toContainText("before the sale");
	await expect(status(page)).toContainText("The note on version 2 is saved.");

	await choose(page, "More about version 2", "Pin");
	await expect(button(page, "Pin version 2")).toHaveAttribute(
		"aria-pressed",
		"true",
	);
	await choose(page, "More about version 1", "Copy configuration");
	await expect(status(page)).toContainText("bytes of version 1");
	await expect.poll(clipboard).toBe(BODIES[0]);
	await choose(page, "More about version 2", "Copy details");
	await expect(status(page)).toContainText("Copied the details of version 2");
	await expect.poll(clipboard).toContain("Note: before the sale");
	await choose(
		page,
		"More about version 2",
		"Compare with the version before (v1)",
	);
	await expect(comparisonSides(page).first()).toContainText("v1");
	await expect(configuration(page)).toContainText("2 changed, 1 added");
	const [file] = await Promise.all([
		page.waitForEvent("download"),
		choose(page, "More about version 3", "Save as file"),
	]);
	expect(file.suggestedFilename()).toBe("settings-v3.json");
	expect(await contentsOf(file)).toBe(BODIES[2]);

	await page.reload();
	await expect(row(page, 2)).toContainText("before the sale");
	await choose(page, "More about version 2", "Edit note…");
	await page.getByRole("textbox", { name: "Note" }).fill("");
	await button(page, "Save note").click();
	await expect(row(page, 2)).not.toContainText("before the sale");
});

test("the live version can be deleted, the view says so, and a click fetches it again", async ({
	emulator,
	extension,
}) => {
	const page = await openHistory({ emulator, extension });
	await choose(page, "More about version 1", "Delete…");
	const dialog = page.getByRole("dialog");
	await expect(dialog).not.toContainText("AppConfig still serves");
	await button(dialog, "Delete").click();
	await expect(versions(page)).toHaveCount(2);
	await expect(status(page)).toContainText("Version 1 is deleted.");
	await expect(row(page, 2).getByRole("button").first()).toBeFocused();

	await choose(page, "More about version 3", "Delete…");
	await expect(dialog).toContainText("AppConfig still serves version 3");
	expect(await complaints(page)).toEqual([]);
	await button(dialog, "Delete").click();
	await expect(versions(page)).toHaveCount(1);
	await expect(configuration(page)).toContainText("was deleted here");
	await expect(row(page, 2)).toContainText("latest");
	expect(await complaints(page)).toEqual([]);
	await button(page, "Fetch it again").click();
	await expect(versions(page)).toHaveCount(2);
	await expect(configuration(page)).not.toContainText("was deleted here");
	await expect(row(page, 4)).toContainText("live");
});

test("a history is exported as JSON Lines, deleted, and imported back as it was", async ({
	emulator,
	extension,
}) => {
	const page = await openHistory({ emulator, extension });
	await choose(page, "More about version 2", "Pin");
	await choose(page, "More about version 2", "Add note…");
	await page.getByRole("textbox", { name: "Note" }).fill("the sale");
	await button(page, "Save note").click();
	await expect(row(page, 2)).toContainText("the sale");
	const history = "More about the history";
	const [file] = await Promise.all([
		page.waitForEvent("download"),
		choose(page, history, "Export all as JSON Lines"),
	]);
	expect(file.suggestedFilename()).toBe("settings-history.jsonl");
	const lines = (await contentsOf(file)).trimEnd().split("\n");
	expect(lines.map((line) => JSON.parse(line).body)).toEqual(BODIES);

	await choose(page, history, "Delete all…");
	await button(page, "Delete 2, keep pinned").click();
	await expect(versions(page)).toHaveCount(1);
	await choose(page, history, "Delete all…");
	await button(page, "Delete").click();
	await expect(versions(page)).toHaveCount(0);
	await expect(configuration(page)).toContainText("No versions stored");
	expect(await complaints(page)).toEqual([]);

	const take = async (name: string, text: string) => {
		const [chooser] = await Promise.all([
			page.waitForEvent("filechooser"),
			choose(page, history, "Import from JSON Lines…"),
		]);
		const buffer = Buffer.from(text);
		await chooser.setFiles({ name, mimeType: "application/jsonl", buffer });
	};
	await take("broken.jsonl", `${lines[0]}\n{"no": "version"}\n`);
	await expect(status(page)).toContainText("Line 2 is not a version");
	await take("settings-history.jsonl", lines.join("\n"));
	await expect(status(page)).toContainText("Imported 3 versions.");
	await expect(versions(page)).toHaveCount(3);
	await expect(row(page, 2)).toContainText("the sale");
	await expect(button(page, "Pin version 2")).toHaveAttribute(
		"aria-pressed",
		"true",
	);
	await expect(row(page, 2)).toContainText("release1→2+2 more");
	await take("settings-history.jsonl", lines.join("\n"));
	await expect(status(page)).toContainText(
		"Imported 0 versions. 3 were there already.",
	);
	await expect(versions(page)).toHaveCount(3);
});

test("the popup imports in a tab, because a file dialog would close it", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "settings.json", BODIES[0]);
	const popup = await extension.openPopup();
	await showHistory(popup);
	await expect(versions(popup)).toHaveCount(1);
	await button(popup, "More about the history").click();
	await expect(
		popup.getByRole("menuitem", { name: "Import in a tab…" }),
	).toBeVisible();
	expect(await complaints(popup)).toEqual([]);
});
