import type { Page } from "playwright/test";
import {
	readLocal,
	readStorage,
	writeLocal,
} from "../../scripts/browser/storage.ts";
import { stopWorker } from "../../scripts/browser/worker.ts";
import {
	addConnection,
	addLongLived,
	exported,
	fill,
	paste,
	SETTINGS,
	saveProfile,
	serve,
} from "./forms.ts";
import {
	addProfile,
	button,
	configuration,
	expect,
	startForm,
	tab,
	test,
	versions,
} from "./test.ts";

const PASSPHRASE = "correct horse battery staple";

const KEYS = {
	AccessKeyId: "ASIAQ7CANARYKEYID234",
	SecretAccessKey: "wJalrCanarySecret/K7MDENG+bPxRfiCYzExample",
	Token: "IQoJb3JpZ2luCanaryToken",
};

test("a profile is read from the AppConfig Agent, whose connection cannot be deleted while it is used", async ({
	emulator,
	extension,
}) => {
	await emulator.deploy("shop/test/settings.json", '{"from":"the agent"}');
	const options = await extension.openOptions();
	await addConnection(options, "agent", {
		Name: "My Agent",
		"Agent URL": emulator.url,
	});
	await expect(options.getByLabel("Connection status")).toContainText(
		"needs no credentials",
	);
	await saveProfile(options, "My Agent");
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("the agent");
	await options.getByRole("link", { name: "My Agent" }).click();
	await button(options, "Delete connection").click();
	await button(options, "Yes, delete").click();
	await expect(options.getByRole("status")).toContainText(
		"It is used by “settings”",
	);
});

test("the Agent receives the context of a profile", async ({ extension }) => {
	const asked: (string | undefined)[] = [];
	const agent = await serve((request, response) => {
		asked.push(request.headers.context as string | undefined);
		response.setHeader("Content-Type", "application/json");
		response.setHeader("Configuration-Version", "7");
		response.end(JSON.stringify({ url: request.url }));
	});
	const options = await extension.openOptions();
	await addConnection(options, "agent", { "Agent URL": agent.url });
	await saveProfile(options, "AppConfig Agent", {
		...SETTINGS,
		Context: "country=US\nuserTier=premium",
		Flags: "checkout, dark-mode",
	});
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText(
		"/applications/shop/environments/test/configurations/settings?flag=checkout&flag=dark-mode",
	);
	expect(asked).toContain("country=US, userTier=premium");
	await expect(popup.getByTitle("(7)", { exact: true })).toBeVisible();
	// An Agent knows nothing of deployments.
	const panel = await extension.openPanel();
	await expect(versions(panel)).toHaveCount(1);
	await expect(tab(panel, "Deployments")).toHaveCount(0);
	await agent.close();
});

test("keys come from a credential server, are shown masked, and are fetched again when the server returns", async ({
	extension,
}) => {
	let isUp = true;
	const server = await serve((request, response) => {
		if (request.headers.authorization !== "Bearer t0ken")
			response.writeHead(403).end();
		else if (!isUp) response.writeHead(503).end();
		else
			response.end(
				JSON.stringify({
					...KEYS,
					Expiration: new Date(Date.now() + 3_600_000).toISOString(),
				}),
			);
	});
	const options = await extension.openOptions();
	await addConnection(options, "credential-server", {
		Name: "vault",
		"Credential server URL": server.url,
		"Authorization token": "Bearer wrong",
	});
	const status = options.getByLabel("Connection status");
	await button(options, "Check now").click();
	await expect(status).toContainText("denied");
	await fill(options, { "Authorization token": "Bearer t0ken" });
	await button(options, "Save connection").click();
	await button(options, "Check now").click();
	await expect(status).toContainText("expires in 59:");
	await expect(status).toContainText("ASIA…D234");
	isUp = false;
	await button(options, "Forget secrets").click();
	await fill(options, { "Authorization token": "Bearer t0ken" });
	await button(options, "Save connection").click();
	await button(options, "Check now").click();
	await expect(status).toContainText("not reachable");
	expect(await options.content()).not.toContain(KEYS.SecretAccessKey);
	await server.close();
});

test("pasted temporary keys are counted down, and a profile reports when they have expired", async ({
	extension,
}) => {
	const options = await extension.openOptions();
	await startForm(options, "connection");
	const keys = {
		accessKeyId: KEYS.AccessKeyId,
		secretAccessKey: KEYS.SecretAccessKey,
		sessionToken: KEYS.Token,
	};
	const box = options.getByLabel("Paste keys");
	await paste(box, exported(keys, Date.now() - 60_000));
	const field = options.getByLabel("Access key ID", { exact: true });
	await expect(field).toHaveValue(KEYS.AccessKeyId);
	await expect(box).toHaveValue("");
	await button(options, "Save connection").click();
	await expect(options.getByLabel("Connection status")).toContainText(
		"expired",
	);
});

test("the vault keeps secrets over a browser restart and opens with its passphrase only", async ({
	browsers,
}) => {
	const extension = await browsers.start();
	const options = await extension.openOptions();
	await addLongLived(options, KEYS.SecretAccessKey, PASSPHRASE);
	await browsers.close();
	const later = await browsers.start();
	const again = await later.openOptions();
	await again.getByRole("link", { name: "Long-lived" }).click();
	const status = again.getByLabel("Connection status");
	await expect(status).toContainText("locked");
	await again.getByRole("link", { name: "Vault" }).click();
	await fill(again, { Passphrase: "not the passphrase" });
	await button(again, "Unlock").click();
	await expect(
		again.getByText("The vault could not be unlocked"),
	).toBeVisible();
	await expect(again.locator("#passphrase")).toBeFocused();
	await fill(again, { Passphrase: PASSPHRASE });
	await button(again, "Unlock").click();
	await expect(button(again, "Lock now")).toBeVisible();
	await again.getByRole("link", { name: "Long-lived" }).click();
	await expect(status).toContainText("AKIA…D234");
	expect(await again.content()).not.toContain(KEYS.SecretAccessKey);
});

test("identifiers are looked up and chosen, and deployments of the environment are listed", async ({
	emulator,
	extension,
}) => {
	await emulator.deploy("shop/test/settings.json", '{"a":1}');
	const options = await extension.openOptions();
	await fill(options, { Endpoint: emulator.url });
	await button(options, "Look up names").click();
	await expect(options.getByText("1 application found. Choose")).toBeVisible();
	await expect(options.locator("#applications option")).toHaveAttribute(
		"value",
		"shop",
	);
	await fill(options, { Application: "shop" });
	await expect(
		options.locator("#configurationprofiles option").first(),
	).toHaveAttribute("value", "settings");
	await fill(options, {
		Environment: "test",
		"Configuration profile": "settings",
	});
	await button(options, "Save profile").click();
	const panel = await extension.openPanel();
	await tab(panel, "Deployments").click();
	const deployments = panel.getByRole("list", { name: "Deployments" });
	await expect(deployments.getByRole("listitem").first()).toContainText(
		"complete",
	);
	await emulator.deploy("shop/test/settings.json", '{"a":2}');
	await expect(deployments).toContainText("#2");
});

test("the passphrase can be changed, weak ones are refused, and one click deletes all secrets", async ({
	browsers,
}) => {
	const extension = await browsers.start();
	const options = await extension.openOptions();
	await addLongLived(options, KEYS.SecretAccessKey, PASSPHRASE);
	await options.getByText("Change passphrase").first().click();
	const change = async (current: string, next: string) => {
		await fill(options, {
			"Current passphrase": current,
			"New passphrase": next,
			"New passphrase again": next,
		});
		await button(options, "Change passphrase").click();
	};
	await change(PASSPHRASE, "appconfig-inspector");
	await expect(options.getByText("It is made of common words")).toBeVisible();
	await expect(options.locator("#passphrase")).toBeFocused();
	await fill(options, { "New passphrase": "anvil tulip marble oxygen" });
	await button(options, "Change passphrase").click();
	await expect(options.locator("#passphraseAgain-error")).toHaveText(
		"The passphrases do not match.",
	);
	await expect(options.locator("#passphraseAgain")).toBeFocused();
	await change("not the passphrase", "anvil tulip marble oxygen");
	await expect(options.locator("#currentPassphrase-error")).toContainText(
		"Nothing was changed.",
	);
	await expect(options.locator("#currentPassphrase")).toBeFocused();
	await change(PASSPHRASE, "anvil tulip marble oxygen");
	await expect(options.getByRole("status")).toContainText(
		"The passphrase was changed.",
	);
	await button(options, "Lock now").click();
	await fill(options, { Passphrase: PASSPHRASE });
	await button(options, "Unlock").click();
	await expect(
		options.getByText("The vault could not be unlocked"),
	).toBeVisible();
	await fill(options, { Passphrase: "anvil tulip marble oxygen" });
	await button(options, "Unlock").click();
	await expect(options.getByText("Locks itself in")).toBeVisible();

	await startForm(options, "profile");
	await fill(options, {
		...SETTINGS,
		Name: "by own keys",
		Region: "eu-west-1",
		"Access key ID": "AKIAQ7CANARYKEYID235",
		"Secret access key": KEYS.SecretAccessKey,
	});
	await button(options, "Save profile").click();
	await expect(options.getByText("In use:")).toBeVisible();
	await options.getByRole("link", { name: "Vault" }).click();
	await button(options, "Forget all secrets now").click();
	await expect(options.getByRole("status")).toContainText(
		"All secrets were deleted.",
	);
	const { memory, local, databases } = await readStorage(extension.stage);
	expect(memory + local + databases).not.toMatch(
		/PBKDF2|vault-key|AKIAQ7CANARY|"(secret|lease|sign-in|credentials):/,
	);
	expect(memory).not.toContain(KEYS.SecretAccessKey);
	await expect(button(options, "Create vault")).toBeVisible();
	await options.getByRole("link", { name: "Long-lived" }).click();
	await expect(options.getByLabel("Connection status")).toContainText(
		"no keys",
	);
});

test("a damaged vault does not open, unless one of its copies is intact", async ({
	browsers,
}) => {
	const extension = await browsers.start();
	const options = await extension.openOptions();
	await addLongLived(options, KEYS.SecretAccessKey, PASSPHRASE);
	await button(options, "Lock now").click();
	await expect(button(options, "Unlock")).toBeVisible();
	await writeLocal(options, { vault: await changedVault(options, "sequence") });
	await stopWorker(extension.stage);
	await options.reload();
	await fill(options, { Passphrase: PASSPHRASE });
	await button(options, "Unlock").click();
	await expect(button(options, "Lock now")).toBeVisible();
	await button(options, "Lock now").click();
	await expect(button(options, "Unlock")).toBeVisible();
	const changed = await changedVault(options, "iterations");
	await writeLocal(options, { vault: changed });
	await options.evaluate(putSecondCopy, changed);
	await stopWorker(extension.stage);
	await options.reload();
	await fill(options, { Passphrase: PASSPHRASE });
	await button(options, "Unlock").click();
	await expect(
		options.getByText("The vault could not be unlocked"),
	).toBeVisible();
});

test("a hosted version is compared with the received one", async ({
	emulator,
	extension,
}) => {
	await addProfile(
		{ emulator, extension },
		"settings.json",
		'{"colour":"red"}',
	);
	const panel = await extension.openPanel();
	await expect(configuration(panel)).toContainText("red");
	await emulator.deploy("shop/test/settings.json", '{"colour":"blue"}');
	await expect(versions(panel)).toHaveCount(2);
	await tab(panel, "Deployments").click();
	await button(panel, "Show hosted versions").click();
	const hosted = panel.getByRole("list", { name: "Hosted versions" });
	await expect(hosted.getByRole("listitem")).toHaveCount(2);
	await hosted.getByRole("listitem").last().getByRole("button").click();
	const dialog = panel.getByRole("dialog");
	await expect(dialog).toContainText("Hosted version 1");
	await expect(dialog).toContainText("red");
	await expect(dialog).toContainText("blue");
});

/** As it lies in storage, with one number in its header raised. */
async function changedVault(
	page: Page,
	member: "sequence" | "iterations",
): Promise<unknown> {
	const { vault } = await readLocal(page, ["vault"]);
	const { header, ...rest } = vault as { header: Record<string, number> };
	return {
		...rest,
		header: { ...header, [member]: Number(header[member]) + 1 },
	};
}

// Runs in the page.
async function putSecondCopy(vault: unknown): Promise<void> {
	const opened = indexedDB.open("appconfig-inspector-vault");
	await new Promise((resolve) => {
		opened.onsuccess = resolve;
	});
	const items = opened.result
		.transaction("items", "readwrite")
		.objectStore("items");
	items.put(vault, "vault");
	await new Promise((resolve) => {
		items.transaction.oncomplete = resolve;
	});
	opened.result.close();
}
