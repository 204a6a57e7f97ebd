import type { Locator, Page } from "playwright/test";
import { extensionUrl } from "../../scripts/browser/launch.ts";
import {
	addProfile,
	button,
	compareNewest,
	configuration,
	expect,
	test,
	versions,
} from "./test.ts";

const PANEL = "src/devtools/panel.html";

async function openPanel(
	extension: { readonly context: { newPage(): Promise<Page> } },
	width: number,
): Promise<Page> {
	const page = await extension.context.newPage();
	await page.setViewportSize({ width, height: 700 });
	await page.goto(extensionUrl(PANEL));
	return page;
}

function view(page: Page, name: string): Locator {
	return configuration(page).getByRole("button", { name, exact: true });
}

test("a truncated value is shown in full by click, by Enter and by scrolling", async ({
	emulator,
	extension,
}) => {
	const value = `${"some words of a value ".repeat(6)}end`;
	let deep: unknown = { leaf: 7 };
	for (let level = 0; level < 28; level++) deep = { d: deep };
	await addProfile(
		{ emulator, extension },
		"cut.json",
		JSON.stringify({ value, short: "ok", deep }),
	);
	const page = await openPanel(extension, 320);
	const row = configuration(page).getByRole("treeitem", { name: /^"value"/ });
	const details = page.getByRole("region", { name: "Value" });
	await row.getByRole("button", { name: "show all" }).click();
	await expect(details).toContainText("end");
	await button(page, "Close value").click();
	await expect(
		configuration(page).getByRole("treeitem", { name: /^"short"/ }),
	).not.toContainText("show all");
	await row.click({ position: { x: 60, y: 8 } });
	await page.keyboard.press("Enter");
	await expect(details).toContainText("end");
	await page.keyboard.press("Escape");
	await expect(details).toHaveCount(0);
	await expect(configuration(page).getByRole("tree")).toBeFocused();

	await page.keyboard.press("End");
	const leaf = configuration(page).getByText('"leaf"');
	await expect(leaf).toBeInViewport({ ratio: 1 });

	for (const name of ["Formatted", "Raw"]) {
		await view(page, name).click();
		if (name === "Raw") await button(page, "Wrap").click();
		const scroller = configuration(page).locator(".scroller");
		await expect(scroller).toBeVisible();
		await expect
			.poll(() =>
				scroller.evaluate(
					(element) => element.scrollWidth - element.clientWidth,
				),
			)
			.toBeGreaterThan(100);
	}
});

test("Wrap breaks long words and wide characters", async ({
	emulator,
	extension,
}) => {
	const text = [
		"漢字かな交じり文".repeat(40),
		"x".repeat(400),
		"👨‍👩‍👧‍👦".repeat(60),
		"\tтекст ".repeat(40),
	].join("\n");
	await addProfile({ emulator, extension }, "wide.txt", text);
	for (const width of [320, 554, 1400]) {
		const page = await openPanel(extension, width);
		const scroller = configuration(page).locator(".scroller");
		await expect(scroller).toContainText("漢字");
		const beyond = () =>
			scroller.evaluate((element) => {
				const { left } = element.getBoundingClientRect();
				const edge = left + element.clientWidth;
				return [...element.querySelectorAll(".code")].filter((code) => {
					const range = document.createRange();
					range.selectNodeContents(code);
					return range.getBoundingClientRect().right > edge;
				}).length;
			});
		await expect.poll(beyond).toBe(0);
		await page.close();
	}
});

test("right-to-left keys and values keep their places in all views and comparisons", async ({
	emulator,
	extension,
}) => {
	const text = (number: number) =>
		`{\n "مفتاح": "قيمة ${number}",\n "אחד": ["שתיים ${number}", ${number}]\n}`;
	await addProfile({ emulator, extension }, "right.json", text(1));
	const page = await openPanel(extension, 1400);
	await expect(versions(page)).toHaveCount(1);
	await emulator.deploy("shop/test/right.json", text(2));
	await expect(versions(page)).toHaveCount(2);
	for (const name of ["Tree", "Formatted", "Raw"]) {
		await view(page, name).click();
		await expect.poll(() => order(page, "مفتاح", "قيمة")).toBe("kept");
	}
	await compareNewest(page);
	for (const name of ["Side by side", "Unified", "Values"]) {
		await view(page, name).click();
		await expect.poll(() => order(page, "مفتاح", "قيمة")).toBe("kept");
	}
	for (const [file, content] of [
		["lines.yaml", "مفتاح: قيمة\nother: 1\n"],
		["lines-too.txt", "مفتاح = قيمة\n"],
	] as const) {
		const id = await addProfile({ emulator, extension }, file, content);
		await page.getByRole("combobox", { name: "Profile" }).selectOption(id);
		await expect(configuration(page)).toContainText("قيمة");
		await expect.poll(() => order(page, "مفتاح", "قيمة")).toBe("kept");
	}
});

/** Whether one word stands left of another on the first line that has both. */
function order(page: Page, left: string, right: string): Promise<string> {
	return configuration(page).evaluate(
		(region, [left, right]) => {
			const boxOf = (line: Element, word: string) => {
				const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
				for (let node = walker.nextNode(); node; node = walker.nextNode()) {
					const at = (node.textContent ?? "").indexOf(word);
					if (at < 0) continue;
					const range = document.createRange();
					range.setStart(node, at);
					range.setEnd(node, at + word.length);
					return range.getBoundingClientRect();
				}
				return undefined;
			};
			for (const line of region.querySelectorAll(".line")) {
				const [one, other] = [boxOf(line, left), boxOf(line, right)];
				if (one && other) return one.right <= other.left ? "kept" : "swapped";
			}
			return "not there";
		},
		[left, right] as const,
	);
}

test("grapheme clusters are never split", async ({ emulator, extension }) => {
	const family = "👨‍👩‍👧‍👦";
	const document = {
		family: `a ${family} b`,
		flag: "🏳️‍🌈 🇩🇪",
		skin: "👍🏽",
		accent: "e\u0301t",
	};
	await addProfile(
		{ emulator, extension },
		"emoji.json",
		JSON.stringify(document, undefined, 1),
	);
	const page = await openPanel(extension, 554);
	const find = page.getByRole("textbox", { name: "Find", exact: true });
	for (const name of ["Tree", "Formatted", "Raw"]) {
		await view(page, name).click();
		await expect(configuration(page)).toContainText(family);
		await expect(configuration(page).locator(".chip")).toHaveCount(0);
		await page.keyboard.press("Control+f");
		for (const [typed, marked] of [
			["👩", family],
			["👍", "👍🏽"],
			["🇩", "🇩🇪"],
			["et", undefined],
			["e", "e\u0301"],
		] as const) {
			await find.fill(`${typed}`);
			const marks = configuration(page).locator(".scroller mark");
			if (marked)
				await expect(marks.filter({ hasText: marked }).first()).toHaveText(
					marked,
				);
			else await expect(marks).toHaveCount(0);
		}
	}
});

test("the help button covers nothing, however many profiles there are", async ({
	emulator,
	extension,
}) => {
	for (let number = 1; number <= 14; number++)
		await addProfile({ emulator, extension }, `p${number}.json`, "{}");
	const options = await extension.openOptions();
	await options.setViewportSize({ width: 1100, height: 480 });
	const rows = options
		.getByRole("navigation", { name: "Profiles" })
		.getByRole("link");
	await expect(rows).toHaveCount(14);
	await expect(button(options, "Keyboard shortcuts")).toBeVisible();
	for (const row of await rows.all()) {
		await row.scrollIntoViewIfNeeded();
		await row.click({ trial: true });
		const isCovered = await row.evaluate((element) => {
			const help = document.querySelector(".help")?.getBoundingClientRect();
			const box = element.getBoundingClientRect();
			return (
				help !== undefined &&
				box.bottom > help.top &&
				box.top < help.bottom &&
				box.right > help.left
			);
		});
		expect(isCovered).toBe(false);
	}
});
