import type { Locator, Page } from "playwright/test";
import { extensionUrl } from "../../scripts/browser/launch.ts";
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

function view(page: Page, name: string): Locator {
	return configuration(page).getByRole("button", { name, exact: true });
}

function item(page: Page, name: RegExp): Locator {
	return configuration(page).getByRole("treeitem", { name });
}

function clipboard(page: Page): Promise<string> {
	return page.evaluate(() => navigator.clipboard.readText());
}

const FLAGS = {
	newCheckout: { enabled: false, limit: 3 },
	darkMode: { enabled: true, theme: "night" },
	search: { enabled: true, _variant: "fast", engines: ["a", "b"] },
};

test("flags list enabled ones first with attributes and variants, and can be filtered, sorted, limited to changes and copied", async ({
	emulator,
	extension,
}) => {
	await extension.context.grantPermissions(["clipboard-read"]);
	const before = { ...FLAGS, darkMode: { enabled: false, theme: "night" } };
	await addProfile(
		{ emulator, extension },
		"flags.json",
		JSON.stringify(before),
	);
	const first = await extension.openPopup();
	await expect(shownVersion(first)).toHaveText("v1");
	await emulator.deploy("shop/test/flags.json", JSON.stringify(FLAGS));
	await expect(shownVersion(first)).toHaveText("v2");
	await first.close();

	const popup = await extension.openPopup();
	const flags = configuration(popup)
		.getByRole("list", { name: "Feature flags" })
		.getByRole("listitem");
	const names = flags.locator(".name");
	await expect(names).toHaveText(["darkMode", "search", "newCheckout"]);
	await expect(flags.nth(1)).toContainText("variant fast");
	await expect(flags.nth(1)).toContainText('engines: ["a","b"]');
	await expect(flags.nth(2)).toContainText("limit: 3");
	await expect(configuration(popup)).toContainText("2 of 3 enabled");

	// What changed is known from the history, also in a view that has just been opened.
	await view(popup, "Only what changed").click();
	await expect(names).toHaveText(["darkMode"]);
	await view(popup, "Only what changed").click();

	const filter = popup.getByRole("searchbox", { name: "Filter flags" });
	await popup.keyboard.press("Control+f");
	await expect(filter).toBeFocused();
	await filter.fill("limit");
	await expect(names).toHaveText(["newCheckout"]);
	await filter.fill("");
	await view(popup, "Flags").focus();
	await popup.keyboard.press("/");
	await expect(filter).toBeFocused();

	await popup
		.getByRole("combobox", { name: "Sort flags" })
		.selectOption({ label: "As written" });
	await expect(names).toHaveText(["newCheckout", "darkMode", "search"]);
	await button(popup, "Copy flag darkMode").click();
	await expect(status(popup).filter({ hasText: "Copied" })).toBeVisible();
	await expect
		.poll(() => clipboard(popup))
		.toBe('{\n  "enabled": true,\n  "theme": "night"\n}');
});

const TEXT = '{"café": ["naïve", 1]}';
const LITTLE = Buffer.from(TEXT, "utf16le");
const BIG = Buffer.from(LITTLE).swap16();
for (const [name, content, words] of [
	[
		"UTF-8 with a byte order mark",
		Buffer.from(`\ufeff${TEXT}`),
		"UTF-8, with a byte order mark",
	],
	[
		"UTF-16 LE with a mark",
		Buffer.concat([Buffer.of(0xff, 0xfe), LITTLE]),
		"UTF-16LE, with a byte order mark",
	],
	[
		"UTF-16 BE with a mark",
		Buffer.concat([Buffer.of(0xfe, 0xff), BIG]),
		"UTF-16BE, with a byte order mark",
	],
	["UTF-16 LE without a mark", LITTLE, "Encoded as UTF-16LE."],
	["UTF-16 BE without a mark", BIG, "Encoded as UTF-16BE."],
] as const)
	test(`${name} is reported and decoded`, async ({ emulator, extension }) => {
		await addProfile({ emulator, extension }, "encoded.bin", content);
		const popup = await extension.openPopup();
		await expect(configuration(popup)).toContainText(words);
		await expect(item(popup, /^"café"/)).toBeVisible();
		await expect(item(popup, /^0: "naïve"/)).toBeVisible();
	});

test("duplicate keys are marked, counted and stepped through", async ({
	emulator,
	extension,
}) => {
	await addProfile(
		{ emulator, extension },
		"twice.bin",
		'{"a": 1, "b": {"c": 1, "\\u0063": 2}, "a": 2}',
	);
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText(
		"4 keys stand more than once",
	);
	await expect(item(popup, /duplicate key/)).toHaveCount(4);
	await expect(configuration(popup).getByText("duplicate key")).toHaveCount(4);
	const selected = configuration(popup).getByRole("treeitem", {
		selected: true,
	});
	await button(popup, "Show the next").click();
	await expect(selected).toHaveAccessibleName(/^"a": 1/);
	await button(popup, "Show the next").click();
	await expect(selected).toHaveAccessibleName(/^"c": 1/);
	expect(await complaints(popup)).toEqual([]);
	// Where grounds are forced away, a line is around what is chosen.
	await popup.emulateMedia({ forcedColors: "active" });
	await expect(selected).toHaveCSS("outline-style", "solid");
	await expect(view(popup, "Tree")).toHaveCSS("outline-style", "solid");
});

const WRAPPED = {
	json: '{"inside": [1, 2]}',
	base64: Buffer.from("hello there, configuration").toString("base64"),
	address: "https://example.com/a?b=c",
	colour: "#1a73e8",
	long: "x".repeat(3000),
	bidi: "admin\u202e\u200b\u0007nimda",
};

test("JSON or Base64 within a string is marked and expanded on demand; copies stay exact", async ({
	emulator,
	extension,
}) => {
	await extension.context.grantPermissions(["clipboard-read"]);
	await addProfile(
		{ emulator, extension },
		"wrapped.json",
		JSON.stringify(WRAPPED),
	);
	const popup = await extension.openPopup();
	const details = configuration(popup).getByRole("region", { name: "Value" });
	await item(popup, /^"json"/)
		.getByRole("button", { name: "JSON" })
		.click();
	await expect(details).toContainText("JSON in a string $.json");
	await expect(
		details.getByRole("treeitem", { name: /"inside"/ }),
	).toBeVisible();
	expect(await complaints(popup)).toEqual([]);
	await button(popup, "Close value").click();
	await expect(details).toHaveCount(0);
	await expect(configuration(popup).getByRole("tree")).toBeFocused();

	await item(popup, /^"base64"/)
		.getByRole("button", { name: "base64" })
		.click();
	await expect(details).toContainText("hello there, configuration");
	await item(popup, /^"long"/)
		.getByRole("button", { name: "show all" })
		.click();
	await expect(details.getByRole("group", { name: "Text" })).toBeVisible();
	await button(popup, "Close value").click();

	const link = item(popup, /^"address"/).getByRole("link");
	await expect(link).toHaveAttribute("href", WRAPPED.address);
	await expect(link).toHaveAttribute("rel", "noopener noreferrer");
	await expect(item(popup, /^"colour"/).locator(".swatch")).toHaveCSS(
		"background-color",
		"rgb(26, 115, 232)",
	);
	await expect(item(popup, /^"bidi"/).locator(".chip")).toHaveText([
		"\\u{202E}",
		"\\u{200B}",
	]);
	for (const [key, value] of Object.entries(WRAPPED)) {
		// Not in the middle, where an address is a link.
		await item(popup, new RegExp(`^"${key}"`)).click({
			position: { x: 40, y: 10 },
		});
		await popup.keyboard.press("Control+c");
		await expect.poll(() => clipboard(popup)).toBe(value);
	}
});

test("the tree expands to a level, summarises collapsed rows and keeps ancestors of visible rows in view", async ({
	emulator,
	extension,
}) => {
	const deep = {
		list: Array.from({ length: 200 }, (_, id) => ({ id, more: { x: [id] } })),
	};
	await addProfile({ emulator, extension }, "deep.json", JSON.stringify(deep));
	const popup = await extension.openPopup();
	const rows = configuration(popup).getByRole("treeitem");
	await configuration(popup)
		.getByRole("combobox", { name: "Expand to level" })
		.selectOption("1");
	await expect(rows).toHaveCount(2);
	await expect(rows.last()).toHaveAccessibleName('"list": 200 items');
	await expect(rows.last()).toContainText("200 items");
	await configuration(popup)
		.getByRole("combobox", { name: "Expand to level" })
		.selectOption("3");
	await expect(item(popup, /^"more": 1 key/).first()).toBeVisible();
	await button(popup, "Expand all").click();
	const tree = configuration(popup).getByRole("tree");
	await tree.focus();
	await popup.keyboard.press("End");
	await expect(item(popup, /^0: 199/)).toBeVisible();
	// Each element has five rows: which of them is the topmost depends on the height of the window.
	const shown: (readonly string[])[] = [];
	for (let row = 0; row < 5; row += 1) {
		await tree.evaluate((scroller) => scroller.scrollBy(0, -60));
		await frame(popup);
		await frame(popup);
		shown.push(
			await configuration(popup)
				.locator(".ancestors .line")
				.filter({ visible: true })
				.allTextContents(),
		);
	}
	expect(shown).toContainEqual([
		"$",
		'"list": ',
		expect.stringMatching(/^19\d: $/),
	]);
	expect(await complaints(popup)).toEqual([]);
});

test("the topmost visible row stays in place in a new version", async ({
	emulator,
	extension,
}) => {
	const list = (value: number) =>
		Array.from({ length: 300 }, (_, id) => ({ [`item ${id}`]: value }));
	const old = JSON.stringify({ list: list(0) });
	const fresh = JSON.stringify({ first: Array(20).fill(0), list: list(1) });
	await addProfile({ emulator, extension }, "top.json", old);
	const popup = await extension.openPopup();
	await button(popup, "Expand all").click();
	const tree = configuration(popup).getByRole("tree");
	await tree.focus();
	await popup.keyboard.press("Home");
	for (let page = 0; page < 12; page += 1)
		await popup.keyboard.press("PageDown");
	// Where the last key led is on show with a frame after it.
	await frame(popup);
	await frame(popup);
	const selected = configuration(popup).getByRole("treeitem", {
		selected: true,
	});
	const name = await selected.getAttribute("aria-label");
	expect(name).not.toBeNull();
	const before = await selected.boundingBox();
	await emulator.deploy("shop/test/top.json", fresh);
	await expect(item(popup, /: 1\b/).first()).toBeVisible();
	await expect(selected).toHaveAccessibleName(
		new RegExp(`^${(name ?? "").replace(/\d$/, "")}`),
	);
	const after = await selected.boundingBox();
	expect(after?.y).toBe(before?.y);
});

test("Find can be limited to keys, values or paths; matches show beside the scrollbar; an accessor leads to its value", async ({
	emulator,
	extension,
}) => {
	const document = {
		sale: { price: "sale", other: [1, { sale: true }] },
		Sale: 2,
	};
	await addProfile(
		{ emulator, extension },
		"find.json",
		JSON.stringify(document),
	);
	const popup = await extension.openPopup();
	await expect(item(popup, /^"Sale"/)).toBeVisible();
	await popup.keyboard.press("Meta+f");
	const field = popup.getByRole("textbox", { name: "Find", exact: true });
	const said = popup.getByRole("search").getByRole("status");
	for (const [typed, words] of [
		["sale", "4 matches"],
		["key:sale", "3 matches"],
		["value:sale", "1 match"],
		["path:sale", "7 matches"],
		["nowhere", "No matches"],
	] as const) {
		await field.fill(typed);
		await expect(said).toHaveText(words);
	}
	await field.fill("sale");
	await expect(configuration(popup).locator("canvas.marks")).toBeVisible();
	await button(popup, "Match case").click();
	await expect(said).toHaveText("3 matches");
	await button(popup, "Match case").click();
	await expect(said).toHaveText("4 matches");
	const selected = configuration(popup).getByRole("treeitem", {
		selected: true,
	});
	for (const path of [
		"sale.other[1].sale",
		"$.sale.other[1]",
		"/sale/other/0",
	]) {
		await typeAndEnter(field, path);
		await expect(selected).toHaveAccessibleName(
			path.startsWith("$")
				? /^1: 1 key/
				: path.startsWith("/")
					? /^0: 1/
					: /^"sale": true/,
		);
	}
	await button(popup, "Regular expression").click();
	await field.fill("(");
	await expect(said).toContainText("Unterminated group");
	expect(await complaints(popup)).toEqual([]);
});

/** In one go: nothing has been found yet when the key is pressed. */
function typeAndEnter(field: Locator, text: string): Promise<void> {
	return field.evaluate((element, typed) => {
		const input = element as HTMLInputElement;
		input.value = typed;
		input.dispatchEvent(new InputEvent("input", { bubbles: true }));
		input.dispatchEvent(
			new KeyboardEvent("keydown", { key: "Enter", bubbles: true }),
		);
	}, text);
}

for (const [file, content, words] of [
	[
		"text.ion",
		"$ion_1_0 {name: 'shop', big: 9007199254740993}",
		'"big": 9007199254740993',
	],
	["many.yaml", "a: 1\n---\nb: 2\n", '"b": 2'],
	["merged.yaml", "base: &b {x: 1}\nother:\n  <<: *b\n  y: 2\n", '"y": 2'],
] as const)
	test(`${file} is text at first and a tree on demand`, async ({
		emulator,
		extension,
	}) => {
		await addProfile({ emulator, extension }, file, content);
		const popup = await extension.openPopup();
		await expect(
			configuration(popup).getByRole("group", { name: "Text" }),
		).toContainText(content.split("\n")[0] ?? "");
		await view(popup, "Tree").click();
		await expect(item(popup, new RegExp(`^${words}`))).toBeVisible();
	});

for (const [file, content] of [
	["page.xml", '<?xml version="1.0"?>\n<a b="c">d</a>'],
	["app.toml", 'title = "x"\n[owner]\nname = "y"\n'],
	["app.properties", "# comment\na.b = c\n"],
] as const)
	test(`${file} is shown as text with line numbers`, async ({
		emulator,
		extension,
	}) => {
		await addProfile({ emulator, extension }, file, content);
		const popup = await extension.openPopup();
		const text = configuration(popup).getByRole("group", { name: "Text" });
		for (const line of content.split("\n"))
			await expect(text).toContainText(line);
		await expect(text.locator(".gutter").first()).toHaveText("1");
	});

test("binary Ion is detected and explained above its bytes", async ({
	emulator,
	extension,
}) => {
	await addProfile(
		{ emulator, extension },
		"binary.bin",
		Buffer.of(0xe0, 0x01, 0x00, 0xea, 0x21, 0x41),
	);
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText(
		"Amazon Ion in its binary form",
	);
	await expect(configuration(popup)).toContainText("e0 01 00 ea 21 41");
});

test("each profile remembers its view", async ({ emulator, extension }) => {
	const one = await addProfile({ emulator, extension }, "one.json", '{"a":1}');
	const two = await addProfile({ emulator, extension }, "two.json", '{"b":2}');
	const popup = await extension.openPopup();
	const chooser = popup.getByRole("combobox", { name: "Profile" });
	await chooser.selectOption(one);
	await view(popup, "Raw").click();
	await chooser.selectOption(two);
	await view(popup, "Formatted").click();
	await popup.close();
	const again = await extension.openPopup();
	for (const [id, name] of [
		[one, "Raw"],
		[two, "Formatted"],
	] as const) {
		await again.getByRole("combobox", { name: "Profile" }).selectOption(id);
		await expect(view(again, name)).toHaveAttribute("aria-pressed", "true");
	}
});

test("binary data is copied as Base64 or hex, the hash and the path by a click; a refused copy is offered as text", async ({
	emulator,
	extension,
}) => {
	await extension.context.grantPermissions(["clipboard-read"]);
	await addProfile(
		{ emulator, extension },
		"bytes.bin",
		Buffer.of(0, 0x41, 255),
	);
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("00 41 ff");
	await expect(configuration(popup).locator(".ascii")).toHaveText("·A·");
	for (const [name, text] of [
		["Copy as Base64", "AEH/"],
		["Copy as hex", "0041ff"],
	] as const) {
		await button(popup, "Copy configuration").click();
		await button(popup, name).click();
		await expect(
			status(popup).filter({ hasText: "Copied 3 bytes" }),
		).toBeVisible();
		await expect.poll(() => clipboard(popup)).toBe(text);
	}

	const id = await addProfile({ emulator, extension }, "a.json", '{"k":[7]}');
	await popup.getByRole("combobox", { name: "Profile" }).selectOption(id);
	await item(popup, /^0: 7/).click();
	await button(popup, "Copy path").click();
	await expect.poll(() => clipboard(popup)).toBe("$.k[0]");
	await popup.evaluate(() => {
		navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
		document.execCommand = () => false;
	});
	await configuration(popup).getByRole("tree").focus();
	await popup.keyboard.press("Control+c");
	const offered = popup.getByRole("textbox", { name: "Text to copy" });
	await expect(offered).toBeFocused();
	await expect(offered).toHaveValue("7");
	expect(await complaints(popup)).toEqual([]);
	await popup.close();
	const panel = await extension.context.newPage();
	await panel.goto(extensionUrl("src/devtools/panel.html"));
	await panel.getByRole("button", { name: /^SHA-256/ }).click();
	await expect.poll(() => clipboard(panel)).toMatch(/^[0-9a-f]{64}$/);
});

function frame(popup: Page): Promise<unknown> {
	return popup.evaluate(() => new Promise(requestAnimationFrame));
}
