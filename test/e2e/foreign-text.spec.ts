import { extensionUrl } from "../../scripts/browser/launch.ts";
import {
	addProfile,
	button,
	expect,
	showHistory,
	test,
	versions,
} from "./test.ts";

const NAME = "safe\u202Egpj.exe\u200B";
const SHOWN = "safe\\u{202E}gpj.exe\\u{200B}";

test("characters that hide or reorder text are shown as escapes in names and notes", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "settings.json", "{}", {
		name: NAME,
	});
	await addProfile({ emulator, extension }, "other.json", "{}");
	const options = await extension.openOptions();
	const row = options
		.getByRole("navigation", { name: "Profiles" })
		.getByRole("link")
		.first();
	await expect(row.locator(".name")).toHaveText(SHOWN);
	await row.click();
	await expect(options.getByRole("heading", { level: 1 })).toHaveText(SHOWN);
	await button(options, "Delete profile").click();
	await expect(options.getByText(`Delete ${SHOWN} with`)).toBeVisible();
	await button(options, "Keep").click();

	const popup = await extension.openPopup();
	await expect(
		popup.getByRole("combobox", { name: "Profile" }).locator("option").first(),
	).toHaveText(new RegExp(`^${SHOWN.replaceAll(/[\\{}.]/g, "\\$&")}`));
	await expect(popup.getByRole("heading", { level: 1 })).toHaveText(SHOWN);
	await showHistory(popup);
	await button(popup, "More about version 1").click();
	await popup.getByRole("menuitem", { name: "Add note…" }).click();
	await popup.getByLabel("Note", { exact: true }).fill("ok\u2066not\u2069");
	await button(popup, "Save note").click();
	await expect(versions(popup).locator(".note")).toHaveText(
		"ok\\u{2066}not\\u{2069}",
	);
	for (const view of [popup, options])
		await expect(view.locator("body")).not.toContainText(
			/[\u202A-\u202E\u2066-\u2069\u200B]/,
		);
});

test("an escape within right-to-left text keeps the order of its characters", async ({
	emulator,
	extension,
}) => {
	const hebrew = "\u05E9\u05DC\u05D5\u05DD";
	const hidden = `${hebrew} \u200B${hebrew}`;
	await addProfile(
		{ emulator, extension },
		"settings.json",
		JSON.stringify({ hidden }),
		{ name: hidden },
	);
	const page = await extension.context.newPage();
	await page.setViewportSize({ width: 1400, height: 800 });
	await page.goto(extensionUrl("src/devtools/panel.html"));
	for (const chip of [
		page.getByRole("navigation").locator(".escape"),
		page.getByRole("treeitem").locator(".chip"),
	]) {
		await expect(chip).toHaveText("\\u{200B}");
		const lefts = await chip.evaluate(({ firstChild }) => {
			const range = document.createRange();
			return Array.from(firstChild?.textContent ?? "", (_, index) => {
				range.setStart(firstChild as Node, index);
				range.setEnd(firstChild as Node, index + 1);
				return range.getBoundingClientRect().left;
			});
		});
		expect(lefts).toEqual(lefts.toSorted((a, b) => a - b));
	}
});
