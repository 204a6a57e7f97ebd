// The states of which screenshots are taken: what leads to each, and what has to be on show before the picture.
import type { Page } from "playwright";
import type { Scene } from "./browser/scene.ts";
import { saveProfile } from "./browser/wire.ts";

export interface Surface {
	readonly name: string;
	readonly path: string;
	readonly size: { readonly width: number; readonly height: number };
}

export interface State {
	readonly name: string;
	readonly surfaces: readonly Surface[];
	/** Before the surface is opened. */
	prepare(scene: Scene): Promise<void>;
	/** On the surface; resolves when the state is on show. */
	reach(page: Page, scene: Scene): Promise<void>;
}

const VIEWS: readonly Surface[] = [
	{
		name: "popup",
		path: "src/popup/index.html",
		size: { width: 520, height: 560 },
	},
	{
		name: "panel",
		path: "src/devtools/panel.html",
		size: { width: 1280, height: 560 },
	},
	{
		name: "panel-narrow",
		path: "src/devtools/panel.html",
		size: { width: 400, height: 700 },
	},
];
const OPTIONS: readonly Surface[] = [
	{
		name: "options",
		path: "src/options/index.html",
		size: { width: 1100, height: 1200 },
	},
];

const SETTINGS = "storefront/development/settings.json";
const BINARY = Uint8Array.from({ length: 700 }, (_, index) => index * 37);

export const STATES: readonly State[] = [
	{
		name: "empty",
		surfaces: [...VIEWS, ...OPTIONS],
		prepare: async () => undefined,
		reach: async (page) => {
			await page.getByRole("button", { name: "Add profile" }).first().waitFor();
		},
	},
	showing("json", SETTINGS),
	showing("flags", "storefront/development/feature-flags.json"),
	showing("yaml", "storefront/development/logging.yaml"),
	showing("text", "storefront/development/banner.txt"),
	showing("binary", "storefront/development/model.bin", BINARY),
	{
		...showing("older-version", "storefront/development/banner.txt"),
		reach: async (page, scene) => {
			await version(page, 1);
			for (const number of [2, 3]) {
				const text = `Version ${number} of the banner\n`;
				await scene.deploy("storefront/development/banner.txt", text);
				await version(page, number);
			}
			await history(page).nth(1).getByRole("button").first().click();
			await page.getByRole("button", { name: "Show live" }).waitFor();
		},
	},
	{
		...showing("fault", SETTINGS),
		reach: async (page, scene) => {
			await version(page, 1);
			await addFault(scene);
			await page.getByRole("alert").waitFor();
		},
	},
	{
		...showing("paused", SETTINGS),
		reach: async (page) => {
			await version(page, 1);
			await page.getByRole("button", { name: "Pause" }).click();
			await page.getByRole("button", { name: "Resume" }).waitFor();
		},
	},
	{
		name: "no-credentials",
		surfaces: [...VIEWS, ...OPTIONS],
		prepare: async ({ stage }) => {
			await saveProfile(stage, {
				application: "storefront",
				environment: "production",
				configurationProfile: "settings",
				region: "eu-west-1",
			});
		},
		reach: async (page) => {
			await page.getByRole("alert").waitFor();
		},
	},
	{
		name: "errors",
		surfaces: OPTIONS,
		prepare: async () => undefined,
		reach: async (page) => {
			await page.getByRole("button", { name: "Save profile" }).click();
			await page.getByText("Required: the id or the name.").first().waitFor();
		},
	},
];

/** A configuration as it came, with the other examples beside it. */
function showing(name: string, path: string, content?: Uint8Array): State {
	return {
		name,
		surfaces: VIEWS,
		prepare: async (scene) => {
			if (content) await scene.deploy(path, content);
			await scene.addProfile(path);
			await scene.addProfile("storefront/production/settings.json");
		},
		reach: (page) => version(page, 1),
	};
}

function history(page: Page) {
	return page
		.getByRole("list", { name: "Version history" })
		.getByRole("listitem");
}

async function version(page: Page, number: number): Promise<void> {
	await history(page)
		.nth(number - 1)
		.waitFor();
	await page
		.getByRole("region", { name: "Configuration", exact: true })
		.getByText(/\S/)
		.first()
		.waitFor();
}

async function addFault({ emulator }: Scene): Promise<void> {
	await fetch(`${emulator.url}/_emulator/faults`, {
		method: "POST",
		body: JSON.stringify({ fault: "error" }),
	});
}
