// node scripts/run.mjs icons: renders the icons from src/icons/icon.svg, so that the PNG files never drift from it.
import { readFile, writeFile } from "node:fs/promises";
import { chromium } from "playwright";
import { findBrowser } from "./browser/find.ts";
import { fromRoot } from "./paths.ts";

const SIZES = [16, 32, 48, 128];

const svg = await readFile(fromRoot("src/icons/icon.svg"));
const source = `data:image/svg+xml;base64,${svg.toString("base64")}`;
const { path } = await findBrowser();
const browser = await chromium.launch({
	executablePath: path,
	args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
	for (const size of SIZES) {
		const page = await browser.newPage({
			viewport: { width: size, height: size },
		});
		await page.setContent(
			`<body style="margin:0"><img src="${source}" width="${size}" height="${size}" style="display:block">`,
		);
		await page.locator("img").evaluate((img: HTMLImageElement) => img.decode());
		const png = await page.screenshot({ omitBackground: true });
		await writeFile(fromRoot(`src/icons/icon-${size}.png`), png);
		await page.close();
	}
} finally {
	await browser.close();
}
console.log(`Rendered ${SIZES.map((size) => `icon-${size}.png`).join(", ")}`);
