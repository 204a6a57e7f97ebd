import type { Locator, Page } from "playwright/test";
import { addProfile, button, configuration, expect, test } from "./test.ts";

function field(page: Page, name: string): Locator {
	return page.getByLabel(name, { exact: true });
}

async function fill(
	page: Page,
	values: Readonly<Record<string, string>>,
): Promise<void> {
	for (const [name, value] of Object.entries(values))
		await field(page, name).fill(value);
}

test("a profile added in the options page is live in the popup", async ({
	emulator,
	extension,
}) => {
	await emulator.deploy("shop/test/banner.txt", "hello from the options");
	const options = await extension.openOptions();
	await fill(options, {
		Name: "Banner",
		Application: "shop",
		Environment: "test",
		"Configuration profile": "banner",
		Endpoint: emulator.url,
	});
	await button(options, "Save profile").click();
	await expect(options.getByRole("status")).toContainText("Saved Banner.");
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("hello from the options");
});

test("each invalid value has an error at its field, and nothing is saved", async ({
	extension,
}) => {
	const options = await extension.openOptions();
	await fill(options, {
		Application: "x".repeat(129),
		Region: "not a region",
		Endpoint: "http://example.com",
		"Minimum poll interval (seconds)": "14",
	});
	await button(options, "Save profile").click();
	const messages = {
		Application: "Use at most 128 characters (this has 129).",
		Environment: "Required: the ID or the name.",
		"Configuration profile": "Required: the ID or the name.",
		Region: "Enter an AWS Region like eu-west-1, or an endpoint.",
		Endpoint: "Plain http is only for this machine",
		"Minimum poll interval (seconds)": "whole seconds from 15 to 86400",
	};
	for (const [name, message] of Object.entries(messages)) {
		await expect(field(options, name)).toHaveAttribute("aria-invalid", "true");
		await expect(field(options, name)).toHaveAccessibleDescription(
			new RegExp(escapeRegExp(message)),
		);
	}
	await expect(field(options, "Application")).toBeFocused();
	const popup = await extension.openPopup();
	await expect(popup.getByText("No profiles yet").first()).toBeAttached();
});

test("an unsaved form is restored without its secrets", async ({
	extension,
}) => {
	const options = await extension.openOptions();
	await fill(options, {
		Application: "half-typed",
		"Secret access key": "s3cret/s3cret/s3cret",
	});
	await options.close();
	const again = await extension.openOptions();
	await expect(field(again, "Application")).toHaveValue("half-typed");
	await expect(field(again, "Secret access key")).toHaveValue("");
	await button(again, "Discard changes").click();
	await expect(field(again, "Application")).toHaveValue("");
	await again.reload();
	await expect(field(again, "Application")).toHaveValue("");
});

test("a profile can be changed, duplicated and deleted", async ({
	emulator,
	extension,
}) => {
	await emulator.deploy("shop/test/other.txt", "the other one");
	await addProfile({ emulator, extension }, "banner.txt", "the banner");
	const options = await extension.openOptions();
	await expect(field(options, "Configuration profile")).toHaveValue("banner");
	await fill(options, { "Configuration profile": "other" });
	await button(options, "Save profile").click();
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("the other one");

	const profiles = options
		.getByRole("navigation", { name: "Profiles" })
		.getByRole("listitem");
	await button(options, "Duplicate").click();
	await expect(field(options, "Name")).toHaveValue("banner (copy)");
	await button(options, "Save profile").click();
	await expect(profiles).toHaveCount(2);
	await expect(profiles.nth(1)).toContainText("banner (copy)");

	await button(options, "Delete profile").click();
	await expect(profiles).toHaveCount(2);
	await button(options, "Yes, delete").click();
	await expect(profiles).toHaveCount(1);
});

function escapeRegExp(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

test("keys, ARNs and console addresses are pasted as other tools print them", async ({
	extension,
}) => {
	const page = await extension.openOptions();
	await paste(
		field(page, "Application"),
		"aws appconfigdata start-configuration-session --application-identifier shop --environment-identifier dev --configuration-profile-identifier flags --region eu-west-1",
	);
	await expect(field(page, "Environment")).toHaveValue("dev");
	await expect(field(page, "Region")).toHaveValue("eu-west-1");
	const block = (name: string, id: string) =>
		`[${name}]\naws_access_key_id=${id}\naws_secret_access_key=${"s".repeat(40)}\n`;
	await paste(
		field(page, "Access key ID"),
		block("default", "AKIAAAAAAAAAAAAAAAAA") +
			block("prod", "AKIABBBBBBBBBBBBBBBB"),
	);
	await page.getByRole("button", { name: "prod", exact: true }).click();
	await expect(field(page, "Access key ID")).toHaveValue(
		"AKIABBBBBBBBBBBBBBBB",
	);
	await expect(page.getByRole("status")).toContainText(
		"Filled in: Access key ID, Secret access key.",
	);
});

function paste(input: Locator, text: string): Promise<void> {
	return input.evaluate((element, pasted) => {
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
