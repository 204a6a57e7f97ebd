// A user's actions in the forms of the options page.
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { Locator, Page } from "playwright/test";
import { button, expect, startForm } from "./test.ts";

type Values = Readonly<Record<string, string>>;

export const SETTINGS = {
	Application: "shop",
	Environment: "test",
	"Configuration profile": "settings",
};

export async function fill(page: Page, values: Values): Promise<void> {
	for (const [name, value] of Object.entries(values))
		await page.getByLabel(name, { exact: true }).fill(value);
}

export async function addConnection(
	options: Page,
	kind: string,
	values: Values,
): Promise<void> {
	await startForm(options, "connection");
	await options.getByLabel("Authentication").selectOption(kind);
	await fill(options, values);
	await button(options, "Save connection").click();
	await expect(options.getByLabel("Connection status")).toBeVisible();
}

/** Of a connection; with the identifiers, unless others are given. */
export async function saveProfile(
	options: Page,
	connection: string,
	values: Values = {},
): Promise<void> {
	await startForm(options, "profile");
	await options
		.getByLabel("Connection", { exact: true })
		.selectOption(connection);
	await fill(options, { ...SETTINGS, ...values });
	await button(options, "Save profile").click();
	// The status may still speak of what was saved before.
	await expect(
		options.getByRole("heading", { name: "New profile" }),
	).toBeHidden();
	await expect(options.getByRole("status")).toContainText("Saved");
}

/** Signs in through the browser and chooses the one account and role there is. */
export async function signIn(options: Page): Promise<void> {
	await button(options, "Sign in").click();
	await chooseRole(options);
}

export async function chooseRole(options: Page): Promise<void> {
	await options.getByLabel("Account").selectOption("123456789012");
	await options.getByLabel("Role", { exact: true }).selectOption("ReadOnly");
}

/** With a connection in it, of the name Long-lived, whose secret is `secretAccessKey`. */
export async function addLongLived(
	options: Page,
	secretAccessKey: string,
	passphrase: string,
): Promise<void> {
	await addConnection(options, "keys", {
		Name: "Long-lived",
		"Access key ID": "AKIAQ7CANARYKEYID234",
		"Secret access key": secretAccessKey,
	});
	await createVault(options, passphrase);
}

export async function createVault(
	options: Page,
	passphrase: string,
): Promise<void> {
	await options.getByRole("link", { name: "Vault" }).click();
	await fill(options, {
		Passphrase: passphrase,
		"Passphrase again": passphrase,
	});
	await button(options, "Create vault").click();
	await expect(options.getByText("Locks itself in")).toBeVisible();
}

export const IDENTITY_CENTER = {
	Name: "Work",
	"Access portal URL": "https://d-1234567890.awsapps.com/start",
	"Identity Center Region": "eu-west-1",
};

/** As from the clipboard. */
export function paste(field: Locator, text: string): Promise<void> {
	return field.evaluate((element, pasted) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData("text/plain", pasted);
		element.dispatchEvent(
			new ClipboardEvent("paste", {
				clipboardData,
				bubbles: true,
				cancelable: true,
			}),
		);
	}, text);
}

/** What aws configure export-credentials prints. */
export function exported(
	keys: {
		readonly accessKeyId: string;
		readonly secretAccessKey: string;
		readonly sessionToken: string;
	},
	expiresAt: number,
): string {
	return JSON.stringify({
		Version: 1,
		AccessKeyId: keys.accessKeyId,
		SecretAccessKey: keys.secretAccessKey,
		SessionToken: keys.sessionToken,
		Expiration: new Date(expiresAt).toISOString(),
	});
}

/** A server on loopback for as long as the test. */
export async function serve(listener: RequestListener) {
	const server = createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/`,
		close: () =>
			new Promise<void>((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
}
