// Signing in to IAM Identity Center in a real browser, up to a configuration read with the role's credentials.
import type { Page } from "playwright/test";
import { allowHost } from "../../scripts/browser/permissions.ts";
import { readStorage } from "../../scripts/browser/storage.ts";
import { ACCESS_TOKEN, type Aws, createAws, REGION, ROLE_KEYS } from "./aws.ts";
import { createBrowsers } from "./extension.ts";
import {
	test as base,
	button,
	configuration,
	expect,
	startForm,
} from "./test.ts";

const test = base.extend<{ aws: Aws }>({
	aws: async ({ emulator }, use) => {
		const aws = await createAws(emulator.url);
		await use(aws);
		await aws.close();
	},
	browsers: async ({ emulator, aws }, use) => {
		const browsers = await createBrowsers(emulator.url, aws.played);
		await use(browsers);
		await browsers.remove();
	},
	extension: async ({ browsers, aws }, use) => {
		const extension = await browsers.start();
		for (const { host } of aws.played)
			await allowHost(extension.context, `https://${host}/*`);
		await use(extension);
	},
});

async function addConnection(options: Page): Promise<void> {
	await startForm(options, "connection");
	await options.getByLabel("How it gets in").selectOption("identity-center");
	await options
		.getByLabel("Access portal URL")
		.fill("https://d-1234567890.awsapps.com/start");
	await options.getByLabel("Identity Center Region").fill(REGION);
	await options.getByLabel("Name", { exact: true }).fill("Work");
	await button(options, "Save connection").click();
}

async function chooseRole(options: Page): Promise<void> {
	await options.getByLabel("Account").selectOption("123456789012");
	await options.getByLabel("Role", { exact: true }).selectOption("ReadOnly");
}

test("signed in through the browser, a configuration is read as the chosen role, and no secret is kept", async ({
	emulator,
	aws,
	extension,
}) => {
	await emulator.deploy("shop/test/settings.json", '{"read":"as a role"}');
	const options = await extension.openOptions();
	await addConnection(options);
	const status = options.getByLabel("Connection status");
	await expect(status).toContainText("signed out");
	await button(options, "Sign in").click();
	await chooseRole(options);
	await button(options, "Check now").click();
	await expect(status).toContainText("expires in");
	await expect(status).toContainText("ASIA…D234");
	await expect(status).toContainText("role ReadOnly");

	await startForm(options, "profile");
	await options.getByLabel("Connection", { exact: true }).selectOption("Work");
	for (const [name, value] of Object.entries({
		Application: "shop",
		Environment: "test",
		"Configuration profile": "settings",
		Region: REGION,
	}))
		await options.getByLabel(name, { exact: true }).fill(value);
	await button(options, "Save profile").click();
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("as a role");
	expect(aws.signer).toBe(ROLE_KEYS.accessKeyId);

	const { memory, ...kept } = await readStorage(extension.stage);
	const texts = [
		...Object.values(kept),
		await options.content(),
		await popup.content(),
	];
	for (const secret of [
		ACCESS_TOKEN,
		"canary-client-secret",
		ROLE_KEYS.secretAccessKey,
		ROLE_KEYS.sessionToken,
	]) {
		for (const text of texts) expect(text).not.toContain(secret);
		expect(memory).toContain(secret);
	}

	await options.getByRole("link", { name: "Work" }).click();
	await button(options, "Sign out").click();
	await expect(status).toContainText("signed out");
	await expect.poll(() => aws.calls).toContain("POST /logout");
	expect((await readStorage(extension.stage)).memory).not.toContain(
		ACCESS_TOKEN,
	);
});

test("an answer to another sign-in is not taken", async ({
	aws,
	extension,
}) => {
	aws.state = "forged";
	const options = await extension.openOptions();
	await addConnection(options);
	await button(options, "Sign in").click();
	await expect(options.getByLabel("Connection status")).toContainText(
		"The answer was not to this sign-in.",
	);
	expect(aws.calls).not.toContain("POST /token");
});

test("signed in by a code that the user compares and allows", async ({
	aws,
	extension,
}) => {
	const options = await extension.openOptions();
	await addConnection(options);
	await button(options, "Sign in with a code").click();
	const status = options.getByLabel("Connection status");
	await expect(status).toContainText("ABCD-EFGH");
	await expect.poll(() => aws.calls).toContain("POST /token");
	aws.isAgreed = true;
	await chooseRole(options);
	await expect(status).toContainText("role ReadOnly");
});
