// node scripts/run.mjs icons: renders the PNG icons from src/icons/icon.svg.
import { readFile, writeFile } from "node:fs/promises";
import { chromium } from "playwright";
import { findBrowser } from "./browser/find.ts";
import { fromRoot } from "./paths.ts";
import { encodePng, type Pixels } from "./png.ts";

const SIZES = [16, 32, 48, 128];

const svg = await readFile(fromRoot("src/icons/icon.svg"));
const source = `data:image/svg+xml;base64,${svg.toString("base64")}`;
const { path } = await findBrowser();
const browser = await chromium.launch({
	executablePath: path,
	args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
	const page = await browser.newPage();
	for (const size of SIZES) {
		const pixels = await page.evaluate(draw, { source, size });
		await writeFile(fromRoot(`src/icons/icon-${size}.png`), encodePng(pixels));
	}
} finally {
	await browser.close();
}
console.log(`Rendered ${SIZES.map((size) => `icon-${size}.png`).join(", ")}`);

// This function runs in the page.
async function draw(options: {
	source: string;
	size: number;
}): Promise<Pixels> {
	const { source, size } = options;
	const image = new Image(size, size);
	image.src = source;
	await image.decode();
	const canvas = new OffscreenCanvas(size, size);
	const context = canvas.getContext("2d");
	if (!context) throw new Error("There is no canvas to draw on.");
	context.drawImage(image, 0, 0, size, size);
	const { data } = context.getImageData(0, 0, size, size);
	return { width: size, height: size, rgba: [...data] };
}
