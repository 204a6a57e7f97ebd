import type { Locator, Page } from "playwright/test";
import {
	addProfile,
	button,
	configuration,
	expect,
	status,
	test,
} from "./test.ts";

function field(page: Page): Locator {
	return page.getByRole("textbox", { name: "Find", exact: true });
}

function said(page: Page): Locator {
	return page.getByRole("search").getByRole("status");
}

function marks(page: Page): Locator {
	return configuration(page).locator(".scroller mark");
}

async function openFind(page: Page, view: string): Promise<void> {
	await configuration(page)
		.getByRole("button", { name: view, exact: true })
		.click();
	await page.keyboard.press("Control+f");
}

test("a regular expression that never ends is stopped in every view, and the page stays responsive", async ({
	emulator,
	extension,
}) => {
	const bait = Array.from({ length: 20 }, () => `${"a".repeat(60)}!`);
	await addProfile(
		{ emulator, extension },
		"bait.json",
		JSON.stringify({ bait, end: "aa" }, undefined, 2),
	);
	const popup = await extension.openPopup();
	for (const view of ["Tree", "Formatted", "Raw"]) {
		await openFind(popup, view);
		const regex = button(popup, "Regular expression");
		if ((await regex.getAttribute("aria-pressed")) === "false")
			await regex.click();
		// An answer is marked before: a pattern must not be run again to mark.
		await field(popup).fill("a+!");
		await expect(said(popup)).toHaveText("20 matches");
		await expect(marks(popup).first()).toHaveText(`${"a".repeat(60)}!`);
		await field(popup).fill("(a+)+$");
		await expect(said(popup)).toHaveText("Searching…");
		await button(popup, "Match case").click();
		await button(popup, "Match case").click();
		await expect(said(popup)).toContainText("Stopped after 2 seconds");
		await expect(marks(popup)).toHaveCount(0);
		await field(popup).fill("^aa$");
		await expect(said(popup)).toHaveText(
			view === "Raw" ? "No matches" : "1 match",
		);
		await field(popup).fill("(a");
		await expect(said(popup)).toContainText("Not a regular expression");
		await field(popup).fill("");
	}
});

const ESCAPES = String.raw`{
  "address": "https:\/\/x.y/?a=1\u0026b=2",
  "drink": "caf\u00E9",
  "face": "\ud83d\ude00!",
  "lines": "one\ntwo",
  "plain": "a=1&b"
}`;

test("a search matches the characters that escapes stand for, and marks the escapes", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "escapes.json", ESCAPES);
	const popup = await extension.openPopup();
	for (const view of ["Tree", "Formatted", "Raw"]) {
		await openFind(popup, view);
		const matchCase = button(popup, "Match case");
		if ((await matchCase.getAttribute("aria-pressed")) === "false")
			await matchCase.click();
		for (const [typed, expected] of [
			["a=1&b", [String.raw`a=1\u0026b`, "a=1&b"]],
			["https://x", [String.raw`https:\/\/x`]],
			[String.raw`1\u0026`, [String.raw`1\u0026`]],
			["é", [String.raw`\u00E9`]],
			["😀!", [String.raw`\ud83d\ude00!`]],
			[String.raw`one\ntwo`, [String.raw`one\ntwo`]],
		] as const) {
			await field(popup).fill(typed);
			await expect(marks(popup)).toHaveText(expected);
		}
	}
});

test("the first match is scrolled to, vertically and sideways, and its collapsed parents expand", async ({
	emulator,
	extension,
}) => {
	const items = Array.from({ length: 3000 }, (_, id) => ({
		id,
		inner: { id },
	}));
	await addProfile(
		{ emulator, extension },
		"far.json",
		JSON.stringify(
			{
				items,
				wide: `${"wide ".repeat(60)}needle`,
				last: { deep: { needle: 1 } },
			},
			undefined,
			1,
		),
	);
	const popup = await extension.openPopup();
	for (const view of ["Tree", "Formatted", "Raw"]) {
		await openFind(popup, view);
		if (view === "Raw") await button(popup, "Wrap").click();
		await field(popup).fill("needle");
		await expect(said(popup)).toHaveText("2 matches");
		await expect(marks(popup).first()).toBeInViewport({ ratio: 1 });
		await field(popup).fill("key:needle");
		if (view !== "Raw")
			await expect(marks(popup).first()).toBeInViewport({ ratio: 1 });
		await field(popup).fill('"id": 2999');
		await field(popup).fill("needle");
		await field(popup).press("Enter");
		await expect(said(popup)).toHaveText("1 of 2");
		await field(popup).press("Enter");
		await expect(said(popup)).toHaveText("2 of 2");
		await expect(marks(popup).last()).toBeInViewport({ ratio: 1 });
		await field(popup).fill("");
	}
});

test("every Enter counts, even before the result, and a regular expression matches in each line of JSON Lines", async ({
	emulator,
	extension,
}) => {
	const lines = ["one", "two", "three"].map((id) => `{"hit":"${id}"}\n`);
	await addProfile({ emulator, extension }, "lines.jsonl", lines.join(""));
	const popup = await extension.openPopup();
	for (const view of ["Tree", "Raw"]) {
		await openFind(popup, view);
		const regex = button(popup, "Regular expression");
		if ((await regex.getAttribute("aria-pressed")) === "false")
			await regex.click();
		await field(popup).evaluate((element) => {
			if (!(element instanceof HTMLInputElement)) return;
			element.value = "^one|two|thre+";
			element.dispatchEvent(new InputEvent("input", { bubbles: true }));
			for (let times = 0; times < 2; times += 1)
				element.dispatchEvent(
					new KeyboardEvent("keydown", { key: "Enter", bubbles: true }),
				);
		});
		await expect(said(popup)).toHaveText(view === "Raw" ? "2 of 2" : "2 of 3");
		await field(popup).fill("");
	}
});

test("from the start of the popup, /, a key, Enter and Ctrl+C copy its value", async ({
	emulator,
	extension,
}) => {
	await extension.context.grantPermissions(["clipboard-read"]);
	await addProfile(
		{ emulator, extension },
		"settings.json",
		'{"checkout":{"freeShippingFrom":39.90},"search":1}',
	);
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("39.90");
	await popup.keyboard.press("/");
	await expect(popup.getByRole("textbox", { name: "Find" })).toBeFocused();
	await popup.keyboard.type("freeShip");
	await popup.keyboard.press("Enter");
	await expect(popup.getByRole("search").getByRole("status")).toHaveText(
		"1 of 1",
	);
	await popup.keyboard.press("Control+c");
	await expect(
		status(popup).filter({ hasText: "Copied the value" }),
	).toBeVisible();
	expect(await popup.evaluate(() => navigator.clipboard.readText())).toBe(
		"39.90",
	);
});
