import type { Locator, Page } from "playwright/test";
import { complaints } from "./axe.ts";
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
  "list": ["a\\"b", { "deep": [true, null] }],
  "when": 1764000000
}`;

function tree(popup: Page): Locator {
	return configuration(popup).getByRole("tree");
}

function item(popup: Page, name: RegExp): Locator {
	return tree(popup).getByRole("treeitem", { name });
}

function selected(popup: Page): Locator {
	return tree(popup).getByRole("treeitem", { selected: true });
}

test("the tree is navigated with the keys of a WAI-ARIA tree view", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "walk.json", DOCUMENT);
	const popup = await extension.openPopup();
	await tree(popup).focus();
	const press = (key: string) => popup.keyboard.press(key);

	await press("Home");
	await expect(selected(popup)).toHaveAttribute("aria-level", "1");
	await press("ArrowRight");
	await expect(selected(popup)).toHaveAccessibleName(/"name": "shop"/);
	await press("ArrowDown");
	await expect(selected(popup)).toHaveAccessibleName(/"limits"/);
	await expect(selected(popup)).toHaveAttribute("aria-expanded", "true");
	await expect(selected(popup)).toHaveAttribute("aria-posinset", "2");
	await expect(selected(popup)).toHaveAttribute("aria-setsize", "4");
	await press("ArrowLeft");
	await expect(selected(popup)).toHaveAttribute("aria-expanded", "false");
	await expect(item(popup, /"rate"/)).toHaveCount(0);
	await press("Enter");
	await press("ArrowRight");
	await expect(selected(popup)).toHaveAccessibleName(/"id": 9007199254740993/);
	await press("ArrowLeft");
	await expect(selected(popup)).toHaveAccessibleName(/"limits"/);
	await press("End");
	await expect(selected(popup)).toHaveAccessibleName(/"when": 1764000000/);
	// At once: what is typed long after another letter is a word of its own.
	await Promise.all([press("l"), press("i")]);
	await expect(selected(popup)).toHaveAccessibleName(/"li/);

	await button(popup, "Collapse all").click();
	await expect(tree(popup).getByRole("treeitem")).toHaveCount(1);
	await tree(popup).focus();
	await press("Home");
	await press("*");
	await expect(item(popup, /"list"/)).toHaveAttribute("aria-expanded", "false");
	await button(popup, "Expand all").click();
	await expect(item(popup, /"deep"/)).toBeVisible();
});

test("expanded and selected rows stay so in a new version", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "stay.json", DOCUMENT);
	const popup = await extension.openPopup();
	await button(popup, "Collapse all").click();
	await tree(popup).focus();
	for (const key of ["Home", "ArrowRight", "ArrowRight", "ArrowDown"])
		await popup.keyboard.press(key);
	await popup.keyboard.press("ArrowRight");
	await expect(item(popup, /"rate"/)).toBeVisible();
	await emulator.deploy(
		"shop/test/stay.json",
		DOCUMENT.replace(
			'"name": "shop",',
			'"first": [1], "name": "shop",',
		).replace("1.0", "2.0"),
	);
	await expect(shownVersion(popup)).toHaveText("v2");
	await expect(item(popup, /"rate": 2\.0/)).toBeVisible();
	await expect(item(popup, /"first"/)).toHaveAttribute(
		"aria-expanded",
		"false",
	);
	await expect(selected(popup)).toHaveAccessibleName(/"limits"/);
});

const COPIES = [
	["Copy value", 'a"b'],
	["Copy value as in the source", '"a\\"b"'],
	["Copy path as JSONPath", "$.list[0]"],
	["Copy path as JavaScript", "list[0]"],
	["Copy path as jq", ".list[0]"],
	["Copy path as JSON Pointer", "/list/0"],
] as const;
const CONTAINER_COPIES = [
	["Copy value", '{ "id": 9007199254740993, "rate": 1.0 }'],
	["Copy formatted value", '{\n  "id": 9007199254740993,\n  "rate": 1.0\n}'],
	["Copy key", "limits"],
] as const;

test("every kind of copy reaches the clipboard and is confirmed", async ({
	emulator,
	extension,
}) => {
	await extension.context.grantPermissions(["clipboard-read"]);
	await addProfile({ emulator, extension }, "copies.json", DOCUMENT);
	const popup = await extension.openPopup();
	const check = async (row: RegExp, name: string, expected: string) => {
		await item(popup, row).click({ button: "right" });
		await popup
			.getByRole("menu", { name: "Copy" })
			.getByRole("menuitem", { name, exact: true })
			.click();
		await expect(status(popup).filter({ hasText: "Copied" })).toBeVisible();
		await expect.poll(() => clipboard(popup)).toBe(expected);
	};
	for (const [name, expected] of COPIES) await check(/^0: "a/, name, expected);
	for (const [name, expected] of CONTAINER_COPIES)
		await check(/"limits"/, name, expected);

	await item(popup, /"rate"/).click();
	await popup.keyboard.press("Control+c");
	await expect.poll(() => clipboard(popup)).toBe("1.0");
	await expect(
		status(popup).filter({ hasText: "Copied the value: 1.0" }),
	).toBeVisible();
	await popup.keyboard.press("Control+Shift+c");
	await expect.poll(() => clipboard(popup)).toBe("$.limits.rate");
	await expect(
		status(popup).filter({ hasText: "Copied the path as JSONPath: $.limits" }),
	).toBeVisible();
});

test("Find counts, steps, filters, goes to a path and stops a runaway regular expression", async ({
	emulator,
	extension,
}) => {
	const long = JSON.stringify({
		list: Array.from({ length: 50 }, (_, index) => ({ name: `item ${index}` })),
		bait: `${"a".repeat(40)}!`,
	});
	await addProfile({ emulator, extension }, "find.json", long);
	const popup = await extension.openPopup();
	await tree(popup).focus();
	await popup.keyboard.press("/");
	const field = popup.getByRole("textbox", { name: "Find", exact: true });
	await field.fill("item 4");
	const said = popup.getByRole("search").getByRole("status");
	await expect(said).toHaveText("11 matches");
	await field.press("Enter");
	await expect(said).toHaveText("1 of 11");
	await expect(selected(popup)).toHaveAccessibleName(/item 4"/);
	await field.press("Shift+Enter");
	await expect(said).toHaveText("11 of 11");
	await button(popup, "Only matching rows").click();
	await expect(item(popup, /item 3"/)).toHaveCount(0);
	await button(popup, "Only matching rows").click();
	await field.fill("$.list[7].name");
	await field.press("Enter");
	await expect(selected(popup)).toHaveAccessibleName(/item 7"/);
	await button(popup, "Regular expression").click();
	await field.fill("value:^item [12]\\d$");
	await expect(said).toHaveText("20 matches");
	await field.fill("(a+)+$");
	await expect(said).toContainText("Stopped after 2 seconds");
	await field.press("Escape");
	await expect(field).toHaveCount(0);
	await expect(tree(popup)).toBeFocused();
});

for (const [file, content] of [
	["tree.json", DOCUMENT],
	["flags.json", '{"a": {"enabled": true, "max": 3}, "b": {"enabled": false}}'],
	["broken.bin", '{"a": 1, "a": 2}'],
	["notes.yaml", "a: 1\nb:\n  - c\n"],
	["bytes.bin", "\u0000\u0001\u0002"],
] as const)
	test(`axe reports no violation in the views of ${file}, light or dark`, async ({
		emulator,
		extension,
	}) => {
		await addProfile({ emulator, extension }, file, content);
		const popup = await extension.openPopup();
		const rows = configuration(popup).locator(".scroller");
		await expect(rows).toBeVisible();
		const views = configuration(popup)
			.getByRole("group", { name: "View" })
			.getByRole("button");
		for (const view of await views.all()) {
			await view.click();
			await expect(rows).toBeVisible();
			await popup.keyboard.press("Control+f");
			for (const colorScheme of ["light", "dark"] as const) {
				await popup.emulateMedia({ colorScheme });
				expect(await complaints(popup)).toEqual([]);
			}
		}
	});

test("axe reports no violation in matches, selected or hovered, light or dark", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "matches.json", DOCUMENT);
	const popup = await extension.openPopup();
	await button(popup, "Expand all").click();
	await popup.keyboard.press("Control+f");
	const field = popup.getByRole("textbox", { name: "Find", exact: true });
	for (const colorScheme of ["light", "dark"] as const)
		for (const words of ["name", "rate", "true", "null", "hop"]) {
			await popup.emulateMedia({ colorScheme });
			await field.fill(words);
			await field.press("Enter");
			await expect(tree(popup).locator("mark").first()).toHaveText(words);
			await item(popup, /"deep"/).hover();
			expect(await complaints(popup)).toEqual([]);
		}
});

function clipboard(page: Page): Promise<string> {
	return page.evaluate(() => navigator.clipboard.readText());
}
