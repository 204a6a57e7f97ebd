// npm run screenshots: takes every state of every surface in both themes, and the two pictures of the README.
// Words after it select the pictures whose names contain one of them: npm run screenshots -- page-json compare
// "readme" selects the two of the README.
import { mkdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { type BrowserProgram, findBrowser } from "./browser/find.ts";
import { createScene, type Scene, type Theme } from "./browser/fixture.ts";
import { extensionUrl } from "./browser/launch.ts";
import { takePanel, takePopup } from "./browser/screenshots.ts";
import { bundle } from "./build/bundle.ts";
import { compileEmulator } from "./emulator-process.ts";
import { fromRoot } from "./paths.ts";
import { OPTIONS_STATES } from "./screenshot-options.ts";
import { STATES, type State } from "./screenshot-states.ts";
import type { Surface } from "./screenshot-surfaces.ts";
import { serveWelcome } from "./welcome.ts";

const FOLDER = fromRoot(".cache/screenshots");
const DOCS = fromRoot("docs");
const LABELS = ["spring-sale-2", "spring-sale-3", "checkout-v7"];
const WANTED = process.argv.slice(2);
const SETTINGS = "storefront/development/settings.json";

await Promise.all([bundle(), compileEmulator()]);
for (const folder of [FOLDER, DOCS]) await mkdir(folder, { recursive: true });
const program = await findBrowser();
for (const theme of ["light", "dark"] as const)
	for (const state of [...STATES, ...OPTIONS_STATES])
		await takeState(program, theme, state);
if (WANTED.length === 0 || WANTED.includes("readme"))
	await takeReadmePictures(program);

async function takeState(
	program: BrowserProgram,
	theme: Theme,
	state: State,
): Promise<void> {
	for (const surface of state.surfaces) {
		const name = `${surface.name}-${state.name}-${theme}`;
		if (WANTED.length > 0 && !WANTED.some((word) => name.includes(word)))
			continue;
		const scene = await createScene(program, theme);
		try {
			await state.prepare(scene);
			await takeSurface(scene, state, { surface, name });
		} finally {
			await scene.close();
		}
	}
}

async function takeSurface(
	scene: Scene,
	state: State,
	{ surface, name }: { readonly surface: Surface; readonly name: string },
): Promise<void> {
	const page = await scene.context.newPage();
	await page.setViewportSize(surface.size);
	if (surface.forcedColors) await page.emulateMedia({ forcedColors: "active" });
	await page.goto(extensionUrl(surface.path));
	await state.reach(page, scene);
	const path = join(FOLDER, `${name}.png`);
	await page.screenshot({ path });
	console.log(relative(fromRoot(), path));
}

/** The real popup and the real panel, with a version history. */
async function takeReadmePictures(program: BrowserProgram): Promise<void> {
	const scene = await createScene(program, "light");
	const { url, stop } = await serveWelcome({ file: SETTINGS, emulator: "" });
	try {
		await scene.addProfile(SETTINGS);
		await scene.addProfile("storefront/development/feature-flags.json");
		await scene.addProfile("storefront/production/settings.json");
		const page = await scene.context.newPage();
		await page.goto(url);
		await makeHistory(scene);
		await takePopup(scene.stage, join(DOCS, "popup.png"));
		await takePanel(page, join(DOCS, "panel.png"));
		console.log("docs/popup.png\ndocs/panel.png");
	} finally {
		stop();
		await scene.close();
	}
}

async function makeHistory(scene: Scene): Promise<void> {
	const example = await readFile(fromRoot("examples", SETTINGS), "utf8");
	// Not every machine that takes the pictures has a font for emoji.
	const plain = example.replace(/\s?\p{Emoji_Presentation}/gu, "");
	const page = await scene.context.newPage();
	await page.goto(extensionUrl("src/popup/index.html"));
	for (const [index, label] of LABELS.entries()) {
		await scene.deploy(`${SETTINGS}.label`, label);
		await scene.deploy(
			SETTINGS,
			plain.replace("{", `{\n  "release": ${index + 41},`),
		);
		await page.getByText(label).first().waitFor();
	}
	await page.close();
}
