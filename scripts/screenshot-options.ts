// The states of the options and welcome pages that `npm run screenshots` takes.
import type { Page } from "playwright";
import { SETTINGS } from "./screenshot-fixture.ts";
import type { State } from "./screenshot-states.ts";
import { OPTIONS, WELCOME } from "./screenshot-surfaces.ts";

const KINDS = [
	"keys",
	"endpoint",
	"agent",
	"credential-server",
	"identity-center",
];
const PASSPHRASE = "three cups of spring tea";
/** A port on which nothing listens. */
const NOBODY = "http://127.0.0.1:9/creds";

export const OPTIONS_STATES: readonly State[] = [
	{
		...options("errors"),
		reach: async (page) => {
			await page.getByRole("button", { name: "Save profile" }).click();
			await page.getByText("Required: the ID or the name.").first().waitFor();
		},
	},
	{
		...options("profile"),
		prepare: (scene) => scene.addProfile(SETTINGS),
		reach: async (page) => {
			await page.getByRole("button", { name: "Look up names" }).click();
			await page.getByText("choose them in their fields").waitFor();
		},
	},
	{
		...options("share"),
		prepare: (scene) => scene.addProfile(SETTINGS),
		reach: async (page) => {
			await page.getByRole("button", { name: "Share" }).click();
			await page.getByRole("button", { name: "Copy link" }).waitFor();
		},
	},
	{
		...options("delete"),
		prepare: (scene) => scene.addProfile(SETTINGS),
		reach: async (page) => {
			await page.getByRole("button", { name: "Delete profile" }).click();
			await page.getByText("Delete settings").waitFor();
		},
	},
	...KINDS.map((kind) => ({
		...options(`new-${kind}`),
		reach: (page: Page) => newConnection(page, kind),
	})),
	{
		...options("not-reachable"),
		reach: async (page) => {
			await newConnection(page, "credential-server");
			await page.getByLabel("Credential server URL").fill(NOBODY);
			await page.getByRole("button", { name: "Save connection" }).click();
			await page.getByText("not reachable").first().waitFor();
		},
	},
	{
		...options("signed-out"),
		reach: async (page) => {
			await newConnection(page, "identity-center");
			const start = "https://acme.awsapps.com/start";
			await page.getByLabel("Access portal URL").fill(start);
			await page.getByLabel("Identity Center Region").fill("eu-west-1");
			await page.getByRole("button", { name: "Save connection" }).click();
			await page.getByRole("button", { name: "Sign in" }).first().waitFor();
		},
	},
	{ ...options("vault"), reach: (page) => goTo(page, "Vault") },
	{
		...options("vault-unlocked"),
		reach: async (page) => {
			await goTo(page, "Vault");
			for (const name of ["Passphrase", "Passphrase again"])
				await page.getByLabel(name, { exact: true }).fill(PASSPHRASE);
			await page.getByRole("button", { name: "Create vault" }).click();
			await page.getByText("unlocked").first().waitFor();
		},
	},
	{
		...options("export"),
		reach: (page) => goTo(page, "Export and import"),
	},
	{
		...options("import-refused"),
		reach: async (page) => {
			await goTo(page, "Export and import");
			await page.getByLabel("Exported JSON").evaluate((field) => {
				const clipboardData = new DataTransfer();
				clipboardData.setData("text/plain", '{"profiles": 1}');
				field.dispatchEvent(
					new ClipboardEvent("paste", { clipboardData, cancelable: true }),
				);
			});
			await page.getByRole("alert").waitFor();
		},
	},
	{ ...options("settings"), reach: (page) => goTo(page, "Settings") },
	{
		...options("first-steps"),
		surfaces: WELCOME,
		reach: async (page) => {
			await page.getByRole("heading", { level: 1 }).waitFor();
		},
	},
];

function options(name: string): State {
	return {
		name,
		surfaces: OPTIONS,
		prepare: async () => undefined,
		reach: async () => undefined,
	};
}

async function newConnection(page: Page, kind: string): Promise<void> {
	await page.getByRole("button", { name: "Add connection" }).click();
	await page.getByLabel("Authentication").selectOption(kind);
}

async function goTo(page: Page, name: string): Promise<void> {
	await page.getByRole("link", { name }).click();
	await page.getByRole("heading", { level: 1, name }).waitFor();
}
