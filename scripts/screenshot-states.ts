// The states of popup, panel and page that `npm run screenshots` takes: the steps to each, and what must be visible first.
import type { Page } from "playwright";
import type { Scene } from "./browser/fixture.ts";
import { saveProfile } from "./browser/wire.ts";
import {
	addFault,
	BROKEN,
	deployChange,
	history,
	hugeDocument,
	makeHistory,
	SETTINGS,
	showHistory,
	VALUES,
	version,
} from "./screenshot-fixture.ts";
import { EDGES, OPTIONS, type Surface, VIEWS } from "./screenshot-surfaces.ts";

export interface State {
	readonly name: string;
	readonly surfaces: readonly Surface[];
	/** Runs before the surface is opened. */
	prepare(scene: Scene): Promise<void>;
	/** Runs on the surface; resolves when the state is displayed. */
	reach(page: Page, scene: Scene): Promise<void>;
}

const BINARY = Uint8Array.from({ length: 700 }, (_, index) => index * 37);

export const STATES: readonly State[] = [
	{
		name: "empty",
		surfaces: [...VIEWS, ...EDGES, ...OPTIONS],
		prepare: async () => undefined,
		reach: async (page) => {
			await page.getByRole("button", { name: "Add profile" }).first().waitFor();
		},
	},
	{
		...atEdges(showing("loading", SETTINGS)),
		prepare: async (scene) => {
			await addFault(scene, { fault: "delay", milliseconds: 60_000 });
			await showing("loading", SETTINGS).prepare(scene);
		},
		reach: async (page) => {
			await page.getByRole("heading", { name: "Asking AppConfig" }).waitFor();
		},
	},
	atEdges(showing("json", SETTINGS)),
	atEdges(showing("flags", "storefront/development/feature-flags.json")),
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
			await showHistory(page);
			await history(page).nth(1).getByRole("button").first().click();
			await page.getByRole("button", { name: "Show live" }).waitFor();
		},
	},
	{
		...showing("huge", "storefront/development/huge.json", hugeDocument()),
		reach: async (page) => {
			await version(page, 1);
			await page.getByRole("button", { name: "Expand all" }).click();
			await page.getByText('"product 0"').first().waitFor();
		},
	},
	{
		...atEdges(showing("compare", SETTINGS)),
		reach: async (page, scene) => {
			await version(page, 1);
			await deployChange(scene);
			await version(page, 2);
			await showHistory(page);
			await history(page).first().getByRole("button").first().click();
			await page
				.getByRole("region", { name: "Configuration", exact: true })
				.getByText(/\d+ changed/)
				.waitFor();
		},
	},
	{
		...showing("compare-values", SETTINGS),
		reach: async (page, scene) => {
			await version(page, 1);
			await deployChange(scene);
			await version(page, 2);
			await showHistory(page);
			await history(page).first().getByRole("button").first().click();
			await page.getByRole("button", { name: "Values" }).click();
			await page.getByRole("list", { name: "Changed values" }).waitFor();
		},
	},
	{
		...atEdges(showing("history", SETTINGS)),
		reach: async (page, scene) => {
			await makeHistory(page, scene);
			await history(page).nth(1).click({ button: "right" });
			await page.getByRole("menu").waitFor();
		},
	},
	{
		...showing("note", SETTINGS),
		reach: async (page, scene) => {
			await makeHistory(page, scene);
			await history(page).nth(0).click({ button: "right" });
			await page.getByRole("menuitem", { name: "Add note…" }).click();
			await page.getByRole("dialog").waitFor();
		},
	},
	{
		...showing("deleted", SETTINGS),
		reach: async (page, scene) => {
			await makeHistory(page, scene);
			await history(page).nth(0).click({ button: "right" });
			await page.getByRole("menuitem", { name: "Delete…" }).click();
			await page.getByRole("button", { name: "Delete", exact: true }).click();
			await page.getByRole("button", { name: "Fetch it again" }).waitFor();
		},
	},
	{
		...showing("values", "storefront/development/values.json", VALUES),
		reach: async (page) => {
			await version(page, 1);
			await page.getByRole("button", { name: "JSON", exact: true }).click();
			await page.getByRole("region", { name: "Value" }).waitFor();
		},
	},
	{
		...showing("broken", "storefront/development/broken.bin", BROKEN),
		reach: async (page) => {
			await version(page, 1);
			await page.getByRole("alert").waitFor();
		},
	},
	{
		...showing("find", SETTINGS),
		reach: async (page) => {
			await version(page, 1);
			await page.keyboard.press("Control+f");
			await page.getByRole("textbox", { name: "Find" }).fill("e");
			await page.getByText(/\d+ matches/).waitFor();
			await page.getByRole("button", { name: "Next match" }).click();
		},
	},
	{
		...atEdges(showing("copy-menu", SETTINGS)),
		reach: async (page) => {
			await version(page, 1);
			await page.getByRole("button", { name: "More to copy" }).click();
			await page.getByRole("menu").waitFor();
		},
	},
	{
		...showing("formatted-menu", SETTINGS),
		reach: async (page) => {
			await version(page, 1);
			await page.getByRole("button", { name: "Formatted" }).click();
			await page.getByRole("treeitem").nth(3).click({ button: "right" });
			await page.getByRole("menu").waitFor();
		},
	},
	{
		...atEdges(showing("shortcuts", SETTINGS)),
		reach: async (page) => {
			await version(page, 1);
			await page.keyboard.press("?");
			await page.getByRole("dialog").waitFor();
		},
	},
	{
		...showing("refused", SETTINGS),
		reach: async (page) => {
			await version(page, 1);
			await page.evaluate(() => {
				navigator.clipboard.writeText = () => Promise.reject(new Error());
				document.execCommand = () => false;
			});
			await page.getByRole("button", { name: "Copy configuration" }).click();
			await page.getByRole("dialog").waitFor();
		},
	},
	{
		...atEdges(showing("fault", SETTINGS)),
		reach: async (page, scene) => {
			await version(page, 1);
			await addFault(scene, { fault: "error" });
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
		...showing("deployments", SETTINGS),
		// The popup does not show deployments.
		surfaces: [...VIEWS, ...EDGES].filter(({ name }) => name !== "popup"),
		reach: async (page) => {
			await version(page, 1);
			await page.getByRole("tab", { name: "Deployments" }).click();
			await page.getByRole("list", { name: "Deployments" }).waitFor();
		},
	},
];

function atEdges(state: State): State {
	return { ...state, surfaces: [...state.surfaces, ...EDGES] };
}

/** A configuration as received, with the other examples in the list. */
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
