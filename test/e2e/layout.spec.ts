import type { Locator, Page } from "playwright/test";
import { extensionUrl } from "../../scripts/browser/launch.ts";
import {
	addProfile,
	button,
	compareNewest,
	configuration,
	expect,
	showHistory,
	tab,
	test,
	versions,
} from "./test.ts";

const LEAST = 120;
const ROW = 20;

const PANEL = "src/devtools/panel.html";
const SURFACES = [
	[
		"panel",
		PANEL,
		[
			[1400, 272],
			[1400, 800],
			[554, 786],
		],
	],
	[
		"narrow panel",
		PANEL,
		[
			[400, 700],
			[320, 700],
		],
	],
	["popup", "src/popup/index.html", [[570, 520]]],
	["page", "src/page/index.html", [[1440, 860]]],
] as const;

interface Section {
	readonly open: readonly string[];
	readonly close: readonly string[];
	/** The popup has none. */
	readonly isLarge?: boolean;
}

/** Opened by a click on the newest version. */
const COMPARE = "comparison";

/** Tabs. */
const DEPLOYMENTS = "Deployments";
const HISTORY = "History";

const SECTIONS: Readonly<Record<string, Section>> = {
	deployments: {
		open: [DEPLOYMENTS],
		close: [HISTORY],
		isLarge: true,
	},
	"deployments and hosted versions": {
		open: [DEPLOYMENTS, "Show hosted versions"],
		close: ["Hide hosted versions", HISTORY],
		isLarge: true,
	},
	comparison: { open: [COMPARE], close: ["Close"] },
	"comparison and deployments": {
		open: [COMPARE, DEPLOYMENTS],
		close: [HISTORY, "Close"],
		isLarge: true,
	},
	find: { open: ["Find"], close: ["Close find"] },
};

for (const [surface, path, sizes] of SURFACES)
	test(`whatever is opened, the configuration keeps its room: ${surface}`, async ({
		emulator,
		extension,
	}) => {
		const document = (value: number) =>
			JSON.stringify({
				value,
				long: "long ".repeat(200),
				list: Array.from({ length: 40 }, (_, id) => ({ id })),
			});
		await addProfile({ emulator, extension }, "settings.json", document(1));
		const page = await extension.context.newPage();
		await page.goto(extensionUrl(path));
		await showHistory(page);
		await expect(versions(page)).toHaveCount(1);
		for (const value of [2, 3, 4, 5, 6]) {
			await emulator.deploy("shop/test/settings.json", document(value));
			await expect(versions(page)).toHaveCount(value);
		}
		for (const [width, height] of sizes) {
			await page.setViewportSize({ width, height });
			await page.reload();
			await checkSections(page, surface, `${width} × ${height}`);
			await emulator.addFault({ fault: "html" });
			await button(page, "Poll now").click();
			await expect(page.getByRole("alert")).toBeVisible();
			await page.getByRole("alert").getByText("Details").click();
			await checkRoom(page, `${width} × ${height}, a fault told in full`);
			await compareNewest(page);
			await checkRoom(page, `${width} × ${height}, a fault and a comparison`);
			await emulator.clearFaults();
			await button(page, "Poll now").click();
			await expect(page.getByRole("alert")).toHaveCount(0);
		}
	});

/** Opens and closes every section, a value and an older version. */
async function checkSections(
	page: Page,
	surface: string,
	size: string,
): Promise<void> {
	await checkRoom(page, `${size}, nothing opened`);
	for (const [name, { open, close, isLarge }] of Object.entries(SECTIONS)) {
		if (isLarge && surface === "popup") continue;
		for (const opener of open)
			if (opener === COMPARE) await compareNewest(page);
			else await control(page, opener).click();
		await expect(control(page, close.at(-1) ?? "")).toBeInViewport();
		if (name.includes("deployments"))
			await expect(
				page.getByRole("list", { name: "Deployments" }),
			).toBeVisible();
		await checkRoom(page, `${size}, ${name}`);
		for (const closer of close) await control(page, closer).click();
		if (close[0] !== HISTORY)
			await expect(control(page, close[0] ?? "")).toHaveCount(0);
	}
	await configuration(page)
		.getByRole("treeitem", { name: /^"long"/ })
		.click();
	await page.keyboard.press("Enter");
	await checkRoom(page, `${size}, a value opened`);
	await button(page, "Close value").click();
	await showHistory(page);
	await versions(page).last().getByRole("button").first().click();
	await checkRoom(page, `${size}, an older version`);
}

function control(page: Page, name: string): Locator {
	return name === DEPLOYMENTS || name === HISTORY
		? tab(page, name)
		: button(page, name);
}

async function checkRoom(page: Page, name: string): Promise<void> {
	await expect(configuration(page).locator(".scroller").first()).toBeVisible();
	const { region, rows } = await visibleHeights(page);
	expect.soft(region, `the region: ${name}`).toBeGreaterThan(LEAST - 1);
	expect.soft(rows, `its rows: ${name}`).toBeGreaterThan(ROW);
}

/** How much of the configuration, and of its rows, nothing cuts off. */
function visibleHeights(
	page: Page,
): Promise<{ readonly region: number; readonly rows: number }> {
	return configuration(page).evaluate((region) => {
		const heightOf = (element: Element | null) => {
			if (!element) return 0;
			let { top, bottom } = element.getBoundingClientRect();
			for (let up = element.parentElement; up; up = up.parentElement) {
				const box = up.getBoundingClientRect();
				const isClipped = getComputedStyle(up).overflowY !== "visible";
				if (isClipped) top = Math.max(top, box.top);
				if (isClipped) bottom = Math.min(bottom, box.bottom);
			}
			return Math.min(bottom, innerHeight) - Math.max(top, 0);
		};
		return {
			region: heightOf(region),
			rows: heightOf(region.querySelector(".scroller")),
		};
	});
}
