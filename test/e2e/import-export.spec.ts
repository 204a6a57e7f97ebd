import { rm, writeFile } from "node:fs/promises";
import type { Page } from "playwright/test";
import { extensionUrl } from "../../scripts/browser/launch.ts";
import { readLocal, writeLocal } from "../../scripts/browser/storage.ts";
import { stopWorker } from "../../scripts/browser/worker.ts";
import { fill, paste, SETTINGS } from "./forms.ts";
import {
	addProfile,
	button,
	configuration,
	expect,
	startForm,
	test,
} from "./test.ts";

/** What a button has put on the clipboard. */
async function copy(options: Page, what: string): Promise<string> {
	await options
		.context()
		.grantPermissions(["clipboard-read", "clipboard-write"]);
	await button(options, `Copy ${what}`).click();
	await expect(options.getByRole("status")).toContainText(`Copied the ${what}`);
	return options.evaluate(() => navigator.clipboard.readText());
}

test("the first start opens a welcome page, from which the emulator is added in two clicks", async ({
	browsers,
}) => {
	const { context } = await browsers.start();
	const welcomes = () =>
		context.pages().filter((page) => page.url().includes("welcome/index.html"));
	await expect.poll(welcomes).toHaveLength(1);
	const [page] = welcomes();
	if (!page) throw new Error("there is no such page");
	await page.getByRole("link", { name: "Add the local emulator" }).click();
	await button(page, "Save profile").click();
	await expect(
		page.getByRole("heading", { name: "Local emulator" }),
	).toBeVisible();
	await browsers.close();
	const again = await browsers.start();
	await again.openOptions();
	expect(
		again.context.pages().filter((each) => each.url().includes("welcome")),
	).toEqual([]);
});

test("from the welcome page a configuration of an Agent is shown in three steps", async ({
	emulator,
	browsers,
}) => {
	await emulator.deploy("shop/test/settings.json", '{"from":"the agent"}');
	const extension = await browsers.start();
	const page = await extension.context.newPage();
	await page.goto(extensionUrl("src/welcome/index.html"));
	await page.getByRole("link", { name: "Connect to the Agent" }).click();
	await fill(page, { "Agent URL": emulator.url });
	await button(page, "Save connection").click();
	await button(page, "Add profile with this connection").click();
	await fill(page, SETTINGS);
	await button(page, "Save profile").click();
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("the agent");
});

test("an export is imported once, and a damaged one changes nothing", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "settings.json", "{}");
	const options = await extension.openOptions();
	await options.getByRole("link", { name: "Export and import" }).click();
	const text = await copy(options, "export");
	const field = options.getByLabel("Exported JSON");
	await paste(field, text);
	await button(options, "Import").click();
	await expect(options.getByRole("status")).toContainText("Added 0 profiles");
	await paste(
		field,
		text.replace('"region"', '"regio"').replace("settings", "other"),
	);
	await button(options, "Import").click();
	const profiles = options
		.getByRole("navigation", { name: "Profiles" })
		.getByRole("listitem");
	await expect(profiles).toHaveCount(2);
	await paste(field, text.replace('"version": 1', '"version": 99'));
	await expect(options.getByRole("alert")).toContainText("newer version");
	await expect(button(options, "Import")).toBeDisabled();
	await expect(profiles).toHaveCount(2);
});

test("imported text never appears in the page; keys and large files are refused, hosts are named", async ({
	extension,
}, testInfo) => {
	const options = await extension.openOptions();
	await options.getByRole("link", { name: "Export and import" }).click();
	const field = options.getByLabel("Exported JSON");
	const exported = (more: object) =>
		JSON.stringify({
			format: "appconfig-inspector",
			version: 1,
			profiles: [
				{
					name: "shop\u202E",
					application: "a",
					environment: "e",
					configurationProfile: "c",
					connection: "k",
				},
			],
			connections: {
				k: {
					kind: "endpoint",
					url: "https://appconfig.example.com",
					consent: "appconfig.example.com",
				},
			},
			...more,
		});
	await field.pressSequentially("typed");
	await paste(field, exported({ accessKeyId: "AKIAQ3EGZX7EXAMPLE01" }));
	await expect(options.getByRole("alert")).toContainText(
		"This text contains keys",
	);
	await expect(button(options, "Import")).toBeDisabled();
	await paste(field, exported({}));
	await expect(options.getByRole("alert")).toBeHidden();
	await expect(options.getByText("Contains “shop\\u{202E}”")).toBeVisible();
	await expect(
		options.getByRole("list", { name: "Calls 1 host" }),
	).toContainText("appconfig.example.com (not AWS");
	await expect(field).toHaveValue("");

	const large = testInfo.outputPath("large.json");
	await writeFile(large, Buffer.alloc(200_000_000, " "));
	await options.getByLabel("Import from a file").setInputFiles(large);
	await expect(options.getByRole("alert")).toContainText(
		"“large.json” has 200.0 MB; the limit is 10.0 MB",
	);
	await expect(field).toBeFocused();
	await rm(large);

	await paste(field, exported({}));
	await button(options, "Import").click();
	await expect(options.getByRole("status")).toContainText(
		"Added 1 profile and 1 connection",
	);
	const stored = await extension.stage.evaluate(() =>
		chrome.storage.local.get(null),
	);
	expect(JSON.stringify(stored)).toContain("https://appconfig.example.com");
	expect(JSON.stringify(stored)).not.toContain("consent");
});

test("pasted text with keys is kept out of the page's address", async ({
	extension,
}) => {
	const options = await extension.openOptions();
	await startForm(options, "profile");
	await paste(
		options.getByLabel("Application", { exact: true }),
		'{"format": "appconfig-inspector", "accessKeyId": "AKIAQ3EGZX7EXAMPLE01"}',
	);
	await expect(options.getByRole("status")).toContainText(
		"This text contains keys",
	);
	expect(options.url()).toMatch(/#new$/);
});

test("a profile is shared by a link that shows the profile before it is saved", async ({
	emulator,
	browsers,
}) => {
	const extension = await browsers.start();
	await addProfile({ emulator, extension }, "settings.json", "{}");
	const options = await extension.openOptions();
	await button(options, "Share").click();
	const link = await copy(options, "link");
	const { context } = extension;
	const profiles = options
		.getByRole("navigation", { name: "Profiles" })
		.getByRole("listitem");
	await button(options, "Delete profile").click();
	await button(options, "Yes, delete").click();
	await expect(profiles).toHaveCount(0);
	const page = await context.newPage();
	await page.goto(link);
	await expect(page.getByText("Contains “settings”.")).toBeVisible();
	await expect(profiles).toHaveCount(0);
	await button(page, "Import").click();
	await expect(page.getByRole("heading", { name: "settings" })).toBeVisible();
	await expect(profiles).toHaveCount(1);
});

test("a profile is shared as text that is pasted into a new one", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "settings.json", "{}");
	const options = await extension.openOptions();
	await button(options, "Share").click();
	const text = await copy(options, "text");
	await startForm(options, "profile");
	await paste(
		options.getByLabel("Application", { exact: true }),
		text.replaceAll("settings", "other"),
	);
	await expect(options.getByText("Contains “other”.")).toBeVisible();
	await button(options, "Import").click();
	await expect(options.getByRole("heading", { name: "other" })).toBeVisible();
});

test("settings show what polling has cost and are saved", async ({
	emulator,
	extension,
}) => {
	await addProfile({ emulator, extension }, "settings.json", "{}");
	const options = await extension.openOptions();
	await expect(
		options.getByText(/Since .* 1 configuration received\./),
	).toBeVisible();
	await options.getByRole("link", { name: "Settings", exact: true }).click();
	const choice = options.getByLabel("When the computer is offline");
	// It is checked once that is saved.
	await choice.click();
	await expect(choice).toBeChecked();
	await options.reload();
	await expect(choice).toBeChecked();
});

test("records of a newer version are left as they are and reported", async ({
	browsers,
}) => {
	const extension = await browsers.start();
	const newer = { schema: 99, profile: { id: "x", name: "from the future" } };
	await writeLocal(extension.stage, {
		"profile:x": newer,
		"connection:y": { schema: 99, connection: { id: "y" } },
		vault: { header: { version: 2 } },
	});
	await stopWorker(extension.stage);
	const options = await extension.openOptions();
	await expect(
		options.getByText("A newer version of AppConfig Inspector saved").first(),
	).toBeVisible();
	await options.getByRole("link", { name: "Vault" }).click();
	await expect(options.getByText("made by a newer version")).toBeVisible();
	await expect(button(options, "Create vault")).toHaveCount(0);
	const kept = await readLocal(extension.stage, ["profile:x", "vault"]);
	expect(kept).toMatchObject({
		"profile:x": newer,
		vault: { header: { version: 2 } },
	});
});
