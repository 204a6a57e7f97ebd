import type { Page } from "playwright/test";
import { extensionUrl } from "../../scripts/browser/launch.ts";
import { REGION } from "./aws.ts";
import { ROLE_KEYS } from "./aws-sso.ts";
import { test } from "./aws-test.ts";
import { exported, fill, IDENTITY_CENTER, paste, signIn } from "./forms.ts";
import { button, configuration, expect } from "./test.ts";

const HOUR = 3_600_000;

function commandLine(environment: string): string {
	return `aws appconfigdata start-configuration-session --region ${REGION} \\
  --application-identifier shop --environment-identifier ${environment} \\
  --configuration-profile-identifier settings`;
}

async function begin(page: Page, way: string): Promise<void> {
	await page.goto(extensionUrl("src/welcome/index.html"));
	await page.getByRole("link", { name: way }).click();
}

async function addProfile(page: Page, environment: string): Promise<void> {
	await paste(
		page.getByLabel("Application", { exact: true }),
		commandLine(environment),
	);
	await button(page, "Save profile").click();
}

test("first use with IAM Identity Center: portal, sign-in, configuration", async ({
	emulator,
	extension,
}) => {
	await emulator.deploy("shop/test/settings.json", '{"by":"sign-in"}');
	const page = await extension.context.newPage();
	await begin(page, "IAM Identity Center");
	await button(page, "Save connection").click();
	await expect(page.getByLabel("Access portal URL")).toBeFocused();
	await expect(page.locator("#startUrl-error")).toContainText("awsapps.com");
	await fill(page, IDENTITY_CENTER);
	await button(page, "Save connection").click();

	await signIn(page);

	await button(page, "Add profile with this connection").click();
	await addProfile(page, "tset");
	await expect(page.getByText("There is no such environment")).toBeVisible();
	await button(page, "Edit profile").click();
	await fill(page, { Environment: "test" });
	await expect(page.locator(".needs pre")).toContainText(
		`arn:aws:appconfig:${REGION}:123456789012:application/*/`,
	);
	await button(page, "Save profile").click();
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("sign-in");
});

test("first use with access keys: keys, host permission, configuration", async ({
	emulator,
	aws,
	extension,
}) => {
	await emulator.deploy("shop/test/settings.json", '{"by":"keys"}');
	const page = await extension.context.newPage();
	await begin(page, "Access keys");
	const box = page.getByLabel("Paste keys");
	const { accessKeyId, secretAccessKey } = ROLE_KEYS;
	await paste(
		box,
		`AWS_ACCESS_KEY_ID=${accessKeyId}\nAWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
	);
	await expect(page.getByText(/session token/i).first()).toBeVisible();
	await paste(box, exported(ROLE_KEYS, Date.now() + HOUR));
	await button(page, "Save connection").click();
	await button(page, "Add profile with this connection").click();
	aws.expired.add(accessKeyId);
	await addProfile(page, "test");
	await expect(page.getByText("The credentials have expired")).toBeVisible();
	aws.expired.clear();
	const [next] = await Promise.all([
		extension.context.waitForEvent("page"),
		button(page, "Open connection").click(),
	]);
	await paste(
		next.getByLabel("Paste keys"),
		exported(ROLE_KEYS, Date.now() + HOUR),
	);
	await button(next, "Save connection").click();
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("keys");
});
