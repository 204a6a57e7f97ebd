import type { Locator, Page } from "playwright/test";
import { extensionUrl } from "../../scripts/browser/launch.ts";
import { complaints } from "./axe.ts";
import type { Extension, View } from "./extension.ts";
import {
	addProfile,
	button,
	compareNewest,
	compareWith,
	comparisonSides,
	configuration,
	expect,
	shownVersion,
	status,
	test,
	versions,
} from "./test.ts";
import type { TestEmulator } from "./test-emulator.ts";

const OLD = '{"checkout":{"timeoutSeconds":30,"retries":3},"name":"shop"}';
const NEW = '{"checkout":{"timeoutSeconds":45,"retries":3},"name":"shop"}';

interface Given {
	readonly emulator: TestEmulator;
	readonly extension: Extension;
}

/** Wide, with the second of two versions on show beside the first. */
async function openComparison(
	{ emulator, extension }: Given,
	file: string,
	bodies: readonly [string, string],
): Promise<Page> {
	await extension.context.grantPermissions(["clipboard-read"]);
	await addProfile({ emulator, extension }, file, bodies[0]);
	const page = await extension.context.newPage();
	await page.setViewportSize({ width: 1280, height: 700 });
	await page.goto(extensionUrl("src/page/index.html"));
	await expect(versions(page)).toHaveCount(1);
	await emulator.deploy(`shop/test/${file}`, bodies[1]);
	await expect(versions(page)).toHaveCount(2);
	await compareNewest(page);
	return page;
}

function mode(page: View, name: string): Locator {
	return page
		.getByRole("group", { name: "Show the changes" })
		.getByRole("button", { name, exact: true });
}

function changedLines(page: View): Locator {
	return page.getByRole("group", { name: "Changed lines" });
}

/** Sixty members, of which some are others. */
function long(changed: Readonly<Record<number, number>>): string {
	const members = Array.from(
		{ length: 60 },
		(_, index) => `\t"member ${index}": ${changed[index] ?? index}`,
	);
	return `{\n${members.join(",\n")}\n}\n`;
}

test("two versions are compared, and the changes are copied as text", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "settings.json", OLD);
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("30");
	await emulator.deploy("shop/test/settings.json", NEW);
	await expect(shownVersion(popup)).toHaveText("v2");
	await compareNewest(popup);
	await expect(configuration(popup)).toContainText("1 changed");
	await expect(configuration(popup)).toContainText("30");
	await expect(configuration(popup)).toContainText("45");
	await popup.keyboard.press("Escape");
	await expect(comparisonSides(popup)).toHaveCount(0);
});

test("the text comparison shows old left and new right, marks words, folds equal lines and steps through changes", async ({
	emulator,
	extension,
}) => {
	const page = await openComparison({ emulator, extension }, "settings.json", [
		long({ 5: 500, 50: 1 }),
		long({ 5: 567, 50: 2 }),
	]);
	const sides = comparisonSides(page);
	await expect(sides.first()).toContainText(/v1.*[0-9a-f]{8}$/);
	await expect(sides.last()).toContainText(/v2.*[0-9a-f]{8}$/);
	await expect(mode(page, "Values")).toHaveAttribute("aria-pressed", "true");
	await mode(page, "Side by side").click();
	await expect(mode(page, "Side by side")).toHaveAttribute(
		"aria-pressed",
		"true",
	);
	const lines = changedLines(page);
	const [old, fresh] = [lines.locator("del"), lines.locator("ins")];
	await expect(old).toHaveText(['\t"member 5": 500,', '\t"member 50": 1,']);
	await expect(fresh).toHaveText(['\t"member 5": 567,', '\t"member 50": 2,']);
	await expect(old.first().locator("mark")).toHaveText("500");
	await expect(fresh.first().locator("mark")).toHaveText("567");
	const [left, right] = [
		await old.first().boundingBox(),
		await fresh.first().boundingBox(),
	];
	expect(left?.x).toBeLessThan(right?.x ?? 0);
	expect(left?.y).toBe(right?.y);

	const current = lines.locator(".current");
	await expect(current).toContainText("500");
	await page.keyboard.press("F7");
	await expect(current).toContainText('"member 50": 1');
	await button(page, "Next change").click();
	await expect(current).toContainText("500");
	await page.keyboard.press("Shift+F7");
	await expect(current).toContainText('"member 50": 1');

	const fold = lines.getByRole("button", { name: /unchanged lines/ });
	await expect(lines.getByText('"member 20"')).toHaveCount(0);
	await fold.filter({ hasText: "38" }).click();
	await expect(lines.getByText('"member 20"')).toHaveCount(2);

	await mode(page, "Unified").click();
	await expect(
		lines.locator(".current, .is-deleted, .is-inserted").first(),
	).toBeVisible();
	const both = lines.locator("del, ins");
	await expect(both.first()).toHaveText('\t"member 5": 500,');
	await expect(both.nth(1)).toHaveText('\t"member 5": 567,');
	await page.reload();
	await compareNewest(page);
	await expect(mode(page, "Unified")).toHaveAttribute("aria-pressed", "true");
});

test("both halves scroll sideways together to the end of a long line, line numbers stay", async ({
	emulator,
	extension,
}) => {
	const text = (end: string) =>
		`one\n${"on and on ".repeat(60)}${end}\nthree\n`;
	const page = await openComparison({ emulator, extension }, "banner.txt", [
		text("old"),
		text("new"),
	]);
	const lines = changedLines(page);
	const numbers = lines.locator(".gutter").filter({ hasText: "2" });
	await button(page, "Wrap").click();
	for (const name of ["Side by side", "Unified"]) {
		await mode(page, name).click();
		const ends = lines.locator("mark");
		await expect(ends).toHaveText(["old", "new"]);
		await expect(ends.first()).not.toBeInViewport();
		await expect(ends.last()).not.toBeInViewport();
		// How far there is to scroll is known a little after the text is there.
		await expect(async () => {
			await lines.evaluate((element) => element.scrollTo(9999, 0));
			await expect(ends.first()).toBeInViewport({ timeout: 100 });
		}).toPass();
		await expect(ends.last()).toBeInViewport();
		await expect(numbers.first()).toBeInViewport();
		await expect(numbers.last()).toBeInViewport();
		await lines.evaluate((element) => element.scrollTo(0, 0));
	}
});

test("a line with tabs scrolls to its end, and so does the note on a missing final line feed", async ({
	emulator,
	extension,
}) => {
	const text = (end: string) => `one\n${"\tand on".repeat(140)} ${end}`;
	const page = await openComparison({ emulator, extension }, "banner.txt", [
		text("old"),
		text("new"),
	]);
	await button(page, "Wrap").click();
	await mode(page, "Unified").click();
	const lines = changedLines(page);
	const end = lines.locator("mark").first();
	await expect(end).toHaveText("old");
	await expect(async () => {
		await lines.evaluate((element) => element.scrollTo(99_999, 0));
		await expect(end).toBeInViewport({ timeout: 100, ratio: 1 });
		for (const said of await lines.locator(".chip").all())
			await expect(said).toBeInViewport({ timeout: 100, ratio: 1 });
	}).toPass({ timeout: 10_000 });
});

test("tabs have the same width in changed and unchanged lines", async ({
	emulator,
	extension,
}) => {
	const text = (end: string) => `\tone\n\ttwo ${end}\n`;
	const page = await openComparison({ emulator, extension }, "banner.txt", [
		text("old"),
		text("new"),
	]);
	await mode(page, "Unified").click();
	const texts = changedLines(page).locator(".text");
	await expect(texts).toContainText(["one", "two old", "two new"]);
	const starts = await texts.evaluateAll((elements) =>
		elements.map((element) => {
			const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
			while (walker.nextNode())
				if (walker.currentNode.textContent?.startsWith("\t")) break;
			const range = document.createRange();
			range.setStart(walker.currentNode, 1);
			range.setEnd(walker.currentNode, 2);
			return range.getBoundingClientRect().left;
		}),
	);
	expect(new Set(starts).size).toBe(1);
});

test("both halves align in every row, even where one side has no line", async ({
	emulator,
	extension,
}) => {
	const page = await openComparison({ emulator, extension }, "banner.txt", [
		"one\ntwo\nthree\n",
		"one\nnew\ntwo\n",
	]);
	await mode(page, "Side by side").click();
	const lines = changedLines(page);
	await expect(lines.locator(".no-line")).toHaveCount(2);
	const begin = await lines
		.locator(":is(.text, .no-line) + :is(.gutter, .no-line)")
		.evaluateAll((elements) =>
			elements.map((element) => element.getBoundingClientRect().left),
		);
	expect(begin.length).toBeGreaterThan(3);
	expect(Math.max(...begin)).toBeCloseTo(Math.min(...begin), 1);
});

test("the value comparison lists paths added, removed, moved and changed, and equal numbers written differently", async ({
	emulator,
	extension,
}) => {
	const page = await openComparison({ emulator, extension }, "settings.json", [
		'{"list":[{"id":"a","x":1},{"id":"b"},{"id":"c"}],"gone":1,"rate":1.0,"big":9007199254740993}',
		'{"list":[{"id":"c"},{"id":"a","x":2},{"id":"b"}],"rate":1.00,"big":9007199254740992,"new":[true]}',
	]);
	await mode(page, "Values").click();
	const items = page
		.getByRole("list", { name: "Changed values" })
		.getByRole("listitem");
	await expect(items).toHaveCount(6);
	const item = (path: string) => items.filter({ hasText: path });
	await expect(item("list[0]")).toContainText("moved");
	await expect(item("list[0]")).toContainText("from [2] to [0]");
	await expect(item("list[1].x")).toContainText("changed");
	await expect(item("gone")).toContainText("removed");
	await expect(item("new")).toContainText("added");
	await expect(item("rate")).toContainText("the same number");
	await expect(item("big")).toContainText("9007199254740993→9007199254740992");
	await page.keyboard.press("F7");
	await expect(items.first()).toHaveClass(/current/);
});

test("a comparison is copied as a unified patch, as a JSON Patch and in words", async ({
	emulator,
	extension,
}) => {
	const page = await openComparison({ emulator, extension }, "settings.json", [
		`${OLD}\n`,
		`${NEW}\n`,
	]);
	const copy = async (form: string) => {
		await page.evaluate(() => navigator.clipboard.writeText(""));
		await button(page, "Copy changes").click();
		await page
			.getByRole("menu", { name: "Copy changes" })
			.getByRole("menuitem", { name: form, exact: true })
			.click();
		await expect(status(page).filter({ hasText: "Copied the" })).toBeVisible();
		const read = () => page.evaluate(() => navigator.clipboard.readText());
		await expect.poll(read).not.toBe("");
		return read();
	};
	await expect(configuration(page)).toContainText("1 changed");
	expect(await copy("Copy as unified patch (v1 → v2)")).toBe(
		`diff --git a/settings.json b/settings.json\n--- a/settings.json\n+++ b/settings.json\n@@ -1 +1 @@\n-${OLD}\n+${NEW}\n`,
	);
	expect(JSON.parse(await copy("Copy as JSON Patch (v1 → v2)"))).toEqual([
		{ op: "replace", path: "/checkout/timeoutSeconds", value: 45 },
	]);
	expect(await copy("Copy in words")).toBe(
		"checkout.timeoutSeconds changed from 30 to 45\n",
	);
});

test("a change of formatting alone is reported as such", async ({
	emulator,
	extension,
}) => {
	const page = await openComparison({ emulator, extension }, "settings.json", [
		OLD,
		JSON.stringify(JSON.parse(OLD), null, 2),
	]);
	await expect(configuration(page)).toContainText(
		"Nothing but formatting changed.",
	);
});

test("YAML is compared by value, plain text by line", async ({
	emulator,
	extension,
}) => {
	const page = await openComparison({ emulator, extension }, "logging.yaml", [
		"level: info\nsinks:\n  - file\n",
		"level: debug\nsinks:\n  - file\n  - console\n",
	]);
	await expect(configuration(page)).toContainText("1 changed, 1 added");
	await expect(versions(page).first()).toContainText(
		'level"info"→"debug"+1 more',
	);
	await mode(page, "Values").click();
	await expect(
		page.getByRole("list", { name: "Changed values" }),
	).toContainText("sinks[1]");
	const banner = await addProfile(
		{ emulator, extension },
		"banner.txt",
		"one\ntwo\n",
	);
	const chooser = page.getByRole("combobox", { name: "Profile" });
	await chooser.selectOption(banner);
	await expect(versions(page)).toHaveCount(1);
	await emulator.deploy("shop/test/banner.txt", "one\n2\n");
	await expect(versions(page)).toHaveCount(2);
	await compareNewest(page);
	await expect(configuration(page)).toContainText("1 line added, 1 removed");
	await expect(mode(page, "Values")).toBeDisabled();
});

test("the live versions of two profiles are compared, the other one left", async ({
	emulator,
	extension,
}) => {
	const page = await openComparison({ emulator, extension }, "settings.json", [
		OLD,
		NEW,
	]);
	await addProfile({ emulator, extension }, "production.json", OLD);
	await page.keyboard.press("Escape");
	await compareWith(page, "production live");
	const sides = comparisonSides(page);
	await expect(sides.first()).toContainText(/production v1/);
	await expect(sides.last()).toContainText(/settings v2/);
	await expect(configuration(page)).toContainText("1 changed");
	await button(page, "Swap sides").click();
	await expect(sides.first()).toContainText(/settings v2/);
	await sides.first().click();
	await page.keyboard.type("v1");
	expect(await complaints(page)).toEqual([]);
	await page.keyboard.press("Enter");
	await expect(sides.first()).toContainText(/settings v1/);
	await page.keyboard.press("Escape");
	await expect(button(page, "Compare with…")).toBeFocused();
});

test("two environments are compared with two clicks, each in its colour", async ({
	emulator,
	extension,
}) => {
	for (const environment of ["staging", "production"]) {
		const body = environment === "staging" ? NEW : OLD;
		await emulator.deploy(`shop/${environment}/settings.json`, body);
		await addProfile({ emulator, extension }, "settings.json", body, {
			name: `Settings, ${environment}`,
			environment,
		});
	}
	const page = await extension.context.newPage();
	await page.setViewportSize({ width: 1280, height: 700 });
	await page.goto(extensionUrl("src/page/index.html"));
	const chooser = page.getByRole("combobox", { name: "Profile" });
	await chooser.selectOption({ label: "Settings, staging" });
	await expect(configuration(page)).toContainText("45");

	await button(page, "Compare with…").click();
	await page
		.getByRole("dialog")
		.getByRole("option", { name: /production/ })
		.click();

	const sides = comparisonSides(page);
	await expect(sides).toContainText(["production v1", "staging v1"]);
	await expect(configuration(page)).toContainText(
		"checkout.timeoutSeconds30→45",
	);
	await expect(configuration(page).locator(".compare")).toHaveAttribute(
		"style",
		/--original: ?var\(--env-production\).*--modified: ?var\(--env-staging\)/,
	);
	for (const name of ["Values", "Unified", "Side by side"]) {
		await mode(page, name).click();
		expect(await complaints(page)).toEqual([]);
	}
	await button(page, "Copy changes").click();
	await page
		.getByRole("menuitem", {
			name: "Copy as JSON Patch (production v1 → staging v1)",
		})
		.click();
	await expect(status(page).filter({ hasText: "JSON Patch" })).toBeVisible();
});

test("feature flags are compared as flags, binary versions as bytes", async ({
	emulator,
	extension,
}) => {
	const flags = (isOn: boolean, from: number) =>
		JSON.stringify({
			"gift-cards": { enabled: isOn },
			banner: { enabled: true, from },
		});
	const page = await openComparison({ emulator, extension }, "flags.json", [
		flags(false, 49.9),
		flags(true, 39.9),
	]);
	const items = page
		.getByRole("list", { name: "Changed values" })
		.getByRole("listitem");
	await expect(items).toContainText([
		"gift-cardsoff→on",
		"banner · from49.9→39.9",
	]);
	const binary = await addProfile(
		{ emulator, extension },
		"logo.bin",
		Uint8Array.from({ length: 64 }, (_, at) => at % 5),
	);
	await page.getByRole("combobox", { name: "Profile" }).selectOption(binary);
	await expect(versions(page)).toHaveCount(1);
	await emulator.deploy(
		"shop/test/logo.bin",
		Uint8Array.from({ length: 64 }, (_, at) => (at === 40 ? 9 : at % 5)),
	);
	await expect(versions(page)).toHaveCount(2);
	await compareNewest(page);
	await expect(configuration(page)).toContainText(
		"1 byte differs, in 1 row of 16",
	);
	await expect(
		page.getByRole("group", { name: "Changed bytes" }),
	).toContainText("00000020");
	expect(await complaints(page)).toEqual([]);
});

for (const theme of ["light", "dark"] as const)
	test(`axe reports no violation in any layout of a comparison, ${theme}`, async ({
		emulator,
		extension,
	}) => {
		const page = await openComparison(
			{ emulator, extension },
			"settings.json",
			[long({ 5: 500, 50: 1 }), long({ 5: 567, 50: 2 })],
		);
		await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
		for (const name of ["Side by side", "Unified", "Values"]) {
			await mode(page, name).click();
			await expect(configuration(page).locator(".line").first()).toBeVisible();
			expect(await complaints(page)).toEqual([]);
		}
		await button(page, "Copy changes").click();
		await expect(page.getByRole("menu")).toBeVisible();
		expect(await complaints(page)).toEqual([]);
	});
