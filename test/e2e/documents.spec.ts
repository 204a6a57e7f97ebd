import type { Locator, Page } from "playwright/test";
import { complaints } from "./axe.ts";
import type { View } from "./extension.ts";
import { addProfile, button, configuration, expect, test } from "./test.ts";

function view(page: View, name: string): Locator {
	return configuration(page).getByRole("button", { name, exact: true });
}

async function find(page: Page, text: string): Promise<Locator> {
	await page.keyboard.press("Control+f");
	await page.getByRole("textbox", { name: "Find", exact: true }).fill(text);
	return page.getByRole("search").getByRole("status");
}

test("a syntax error late in a JSON document is located, and the tree shows everything before it", async ({
	emulator,
	extension,
}) => {
	const members = Array.from(
		{ length: 400 },
		(_, index) => `\t"member ${index}": ${index}`,
	);
	const text = `{\n${members.join(",\n")},\n\t"broken": nul\n}`;
	await addProfile({ emulator, extension }, "broken.bin", text);
	const popup = await extension.openPopup();
	const problem = configuration(popup).getByRole("alert");
	await expect(problem).toContainText("Not valid JSON, line 402, column 15");
	await expect(
		configuration(popup).getByRole("treeitem").first(),
	).toBeVisible();
	expect(await complaints(popup)).toEqual([]);
	await view(popup, "Raw").click();
	await popup.keyboard.press("Control+End");
	await expect(await find(popup, '"broken": nul')).toHaveText("1 match");
});

test("a syntax error at the start of a JSON document is located, whatever its content type", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "short.bin", '{"a": 1,\n"b": nul}');
	const popup = await extension.openPopup();
	const problem = configuration(popup).getByRole("alert");
	await expect(problem).toContainText("Not valid JSON, line 2, column 9");
	// The place itself, with a pointer at it.
	await expect(problem.locator("code")).toHaveText('"b": nul}');
	await expect(problem.locator("mark")).toHaveText("}");
	await expect(
		configuration(popup).getByRole("treeitem", { name: '"a": 1' }),
	).toBeVisible();
});

test("YAML that takes too long to parse is shown as text with the reason", async ({
	emulator,
	extension,
}) => {
	test.setTimeout(60_000);
	const levels = Array.from({ length: 12 }, (_, level) => {
		const items = Array(10).fill(level === 0 ? "x" : `*a${level - 1}`);
		return `a${level}: &a${level} [${items.join(", ")}]`;
	});
	await addProfile(
		{ emulator, extension },
		"bomb.yaml",
		`${levels.join("\n")}\n`,
	);
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("&a0");
	await view(popup, "Tree").click();
	const problem = configuration(popup).getByRole("alert");
	await expect(problem).toContainText("No tree of this YAML", {
		timeout: 20_000,
	});
	expect(await complaints(popup)).toEqual([]);
	await view(popup, "Raw").click();
	await expect(configuration(popup)).toContainText("&a11");
});

test("a document with too many values for a tree is shown as text with the reason", async ({
	emulator,
	extension,
}) => {
	const text = `[${"0,".repeat(2_000_100)}7]`;
	await addProfile({ emulator, extension }, "many.bin", text);
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText(
		"Only the first 2,000,000 values, 1,000,000 levels deep, are read as a tree. Raw shows everything.",
	);
	await expect(
		configuration(popup).getByRole("treeitem").first(),
	).toBeVisible();
	await view(popup, "Raw").click();
	await expect(await find(popup, "7]")).toHaveText("1 match");
});

test("a content type that contradicts the bytes is reported", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "page.txt", '{"is": "JSON"}');
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText(
		"The content type is text/plain, but the content is JSON.",
	);
	await expect(configuration(popup).getByRole("tree")).toBeVisible();
	expect(await complaints(popup)).toEqual([]);
});

test("an invalid UTF-8 byte is reported wherever it is", async ({
	emulator,
	extension,
}) => {
	const text = Buffer.concat([
		Buffer.alloc(200_000, "a line of text\n"),
		Buffer.of(0xff, 0x0a),
	]);
	await addProfile({ emulator, extension }, "late.txt", text);
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("Some bytes are not UTF-8");
});

test("timestamps show their date and how long ago on their row", async ({
	emulator,
	extension,
}) => {
	await addProfile(
		{ emulator, extension },
		"times.json",
		'{"epoch": 1764000000, "iso": "2001-02-03T04:05:06Z", "day": "2001-02-03"}',
	);
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("2025-11-24 16:00:00Z");
	await expect(configuration(popup).getByText(/^\d+ years ago$/)).toHaveCount(
		2,
	);
});

test("a text is filtered to matching lines; a scope is plain text there and leads to the tree", async ({
	emulator,
	extension,
}) => {
	const text = '{\n"key:": "key: of a door",\n"other": 1,\n"timeout": 2\n}';
	await addProfile({ emulator, extension }, "settings.json", text);
	const popup = await extension.openPopup();
	await view(popup, "Raw").click();
	const lines = configuration(popup)
		.getByRole("group", { name: "Text" })
		.locator(".line");
	await expect(lines).toHaveCount(5);
	const said = await find(popup, "key:");
	await expect(said).toHaveText("2 matches");
	await button(popup, "Only matching lines").click();
	await expect(lines).toHaveCount(1);
	await expect(lines).toContainText("of a door");
	await expect(popup.getByRole("search")).toContainText(
		"Here key: is plain text.",
	);
	expect(await complaints(popup)).toEqual([]);
	await popup
		.getByRole("textbox", { name: "Find", exact: true })
		.fill("key:time");
	await expect(said).toHaveText("No matches");
	await button(popup, "Find in the tree").click();
	await expect(said).toHaveText("1 match");
	await expect(configuration(popup).getByRole("tree")).toBeVisible();
});

test("Wrap is remembered per profile", async ({ emulator, extension }) => {
	await addProfile({ emulator, extension }, "banner.txt", "one two");
	const popup = await extension.openPopup();
	await view(popup, "Wrap").click();
	await expect(view(popup, "Wrap")).toHaveAttribute("aria-pressed", "false");
	await popup.close();
	const again = await extension.openPopup();
	await expect(view(again, "Wrap")).toHaveAttribute("aria-pressed", "false");
});
