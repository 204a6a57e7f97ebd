import type { Page } from "playwright/test";
import { extensionUrl } from "../../scripts/browser/launch.ts";
import {
	addProfile,
	button,
	compareNewest,
	configuration,
	expect,
	showHistory,
	test,
	versions,
} from "./test.ts";

const SURFACES = {
	popup: { path: "src/popup/index.html", width: 520 },
	panel: { path: "src/devtools/panel.html", width: 1280 },
	"narrow panel": { path: "src/devtools/panel.html", width: 320 },
	page: { path: "src/page/index.html", width: 1280 },
} as const;
const DOCUMENT = (retries: number) =>
	`{\n  "limits": { "retries": ${retries}, "rate": 1.0 },\n  "name": "shop"\n}\n`;

declare global {
	interface Window {
		moved?: string[];
	}
	interface LayoutShift extends PerformanceEntry {
		readonly sources: readonly { readonly node: Node | null }[];
	}
}

for (const [name, { path, width }] of Object.entries(SURFACES))
	test(`nothing shifts in the ${name} while it loads`, async ({
		emulator,
		extension,
	}) => {
		await addProfile({ emulator, extension }, "settings.json", DOCUMENT(3));
		const page = await extension.context.newPage();
		await page.setViewportSize({ width, height: 560 });
		await page.addInitScript(watchWhatMoves);
		await page.goto(extensionUrl(path));
		await showHistory(page);
		await expect(versions(page)).toHaveCount(1);
		await expect(configuration(page)).toContainText('"retries": 3');
		await expect(button(page, "More about the history")).toBeVisible();
		await emulator.deploy("shop/test/settings.json", DOCUMENT(4));
		await expect(versions(page)).toHaveCount(2);
		await expect(configuration(page)).toContainText('"retries": 4');
		await expect(versions(page).first()).toContainText("limits.retries3→4");
		await compareNewest(page);
		await expect(
			configuration(page).getByText("1 changed", { exact: true }),
		).toBeVisible();
		expect(await page.evaluate(() => window.moved)).toEqual([]);
	});

test("every button can be reached at a width of 320 pixels", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "settings.json", DOCUMENT(3));
	const page = await extension.context.newPage();
	await page.setViewportSize({ width: 320, height: 560 });
	await page.goto(extensionUrl("src/devtools/panel.html"));
	await emulator.deploy("shop/test/settings.json", DOCUMENT(4));
	await expect(versions(page)).toHaveCount(2);
	for (const view of ["Tree", "Formatted", "Raw"]) {
		await button(page, view).click();
		await page.keyboard.press("Control+f");
		await expect(button(page, "Next match")).toBeVisible();
		expect(await outOfReach(page)).toEqual([]);
	}
	await compareNewest(page);
	for (const mode of ["Unified", "Values"]) {
		await button(page, mode).click();
		expect(await outOfReach(page)).toEqual([]);
	}
});

/** Notes whatever moves without anybody having asked for it. */
function watchWhatMoves(): void {
	// Rows make room for a new one, and what is said of a version or a profile is longer or shorter of the next.
	const AS_LONG_AS_IT_IS =
		"ol, .facts, .storage-use, .status-text, .place, .summary";
	const moved: string[] = [];
	window.moved = moved;
	new PerformanceObserver((list) => {
		for (const { sources } of list.getEntries() as LayoutShift[])
			for (const { node } of sources) {
				const element = node instanceof Element ? node : node?.parentElement;
				if (element && !element.closest(AS_LONG_AS_IT_IS))
					moved.push(element.outerHTML.slice(0, 200));
			}
	}).observe({ type: "layout-shift", buffered: true });
}

/** Buttons and fields that stand beyond an edge, or behind what cuts them off. */
function outOfReach(page: Page): Promise<readonly string[]> {
	return page.evaluate(() =>
		[...document.querySelectorAll("button, input, select")]
			.filter((element) => element.checkVisibility({ opacityProperty: true }))
			.filter((element) => !element.closest("ol, .scroller"))
			.filter((element) => {
				const { left, right, top, bottom } = element.getBoundingClientRect();
				const [x, y] = [right - 2, (top + bottom) / 2];
				const there = document.elementFromPoint(x, y);
				return (
					left < 0 || right > innerWidth || !there || !element.contains(there)
				);
			})
			.map(({ outerHTML }) => outerHTML.slice(0, 120)),
	);
}
