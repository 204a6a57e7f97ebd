import {
	allowHosts,
	withdrawHosts,
} from "../../scripts/browser/permissions.ts";
import { readStorage } from "../../scripts/browser/storage.ts";
import { command } from "../../scripts/browser/wire.ts";
import { REGION } from "./aws.ts";
import {
	accessToken,
	CLIENT_SECRET,
	ROLE_KEYS,
	refreshToken,
} from "./aws-sso.ts";
import { test } from "./aws-test.ts";
import {
	addConnection,
	chooseRole,
	IDENTITY_CENTER,
	saveProfile,
	signIn,
} from "./forms.ts";
import { button, configuration, expect } from "./test.ts";

const PORTAL = `https://portal.sso.${REGION}.amazonaws.com/*`;

test("after a browser sign-in a configuration is read with the chosen role, and no secret is stored on disk", async ({
	emulator,
	aws,
	extension,
}) => {
	await emulator.deploy("shop/test/settings.json", '{"read":"as a role"}');
	const options = await extension.openOptions();
	await addConnection(options, "identity-center", IDENTITY_CENTER);
	const status = options.getByLabel("Connection status");
	await expect(status).toContainText("signed out");
	await signIn(options);
	await button(options, "Check now").click();
	await expect(status).toContainText("expires in");
	await expect(status).toContainText("ASIA…D234");
	await expect(status).toContainText("role ReadOnly");

	await saveProfile(options, "Work", { Region: REGION });
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
		accessToken(1),
		refreshToken(1),
		CLIENT_SECRET,
		ROLE_KEYS.secretAccessKey,
		ROLE_KEYS.sessionToken,
	]) {
		for (const text of texts) expect(text).not.toContain(secret);
		expect(memory).toContain(secret);
	}

	await options.getByRole("link", { name: "Work" }).click();
	await button(options, "Sign out").click();
	await expect(status).toContainText("signed out");
	await expect.poll(() => aws.wasCalled("POST /logout")).toBe(true);
	expect((await readStorage(extension.stage)).memory).not.toContain(
		accessToken(1),
	);
});

test("sign-in requests missing host permissions, and a revoked one is requested by a button", async ({
	extension,
}) => {
	// As an import would, whose question was refused.
	await command(extension.stage, "saveConnection", {
		connection: {
			kind: "identity-center",
			name: "Work",
			startUrl: IDENTITY_CENTER["Access portal URL"],
			ssoRegion: REGION,
		},
	});
	const options = await extension.openOptions();
	await options.getByRole("link", { name: "Work" }).click();
	await signIn(options);
	const status = options.getByLabel("Connection status");
	await expect(status).toContainText("role ReadOnly");
	await withdrawHosts(extension.context, [PORTAL]);
	await options.reload();
	await expect(status).toContainText("host not allowed");
	await expect(button(options, "Grant access")).toBeVisible();
	await allowHosts(extension.context, [PORTAL]);
	await button(options, "Grant access").click();
	await expect(status).toContainText("expires in");
	await expect(options.getByLabel("Account")).toContainText("Sandbox");
});

test("a reply to another sign-in is ignored and does not end this one", async ({
	aws,
	extension,
}) => {
	aws.sso.state = "forged";
	const options = await extension.openOptions();
	await addConnection(options, "identity-center", IDENTITY_CENTER);
	const opened = extension.context.waitForEvent("page");
	await button(options, "Sign in").click();
	const tab = await opened;
	const authorize = () =>
		aws.calls.find(({ url }) => url.pathname === "/authorize")?.url.href;
	await expect.poll(authorize).toBeDefined();
	await expect.poll(() => tab.url()).toMatch(/^chrome-error:|state=forged/);
	aws.sso.state = undefined;
	// The tab closes under it.
	await tab.goto(authorize() ?? "").catch(() => undefined);
	await expect(button(options, "Sign out")).toBeVisible();
	const exchanged = aws.calls.filter(({ url }) => url.pathname === "/token");
	expect(exchanged).toHaveLength(1);
});

test("sign-in with a device code that the user compares and allows", async ({
	aws,
	extension,
}) => {
	const options = await extension.openOptions();
	await addConnection(options, "identity-center", IDENTITY_CENTER);
	await button(options, "Sign in with a code").click();
	const status = options.getByLabel("Connection status");
	await expect(status).toContainText("ABCD-EFGH");
	await expect.poll(() => aws.wasCalled("POST /token")).toBe(true);
	aws.sso.isAgreed = true;
	await chooseRole(options);
	await expect(status).toContainText("role ReadOnly");
});

test("an expired sign-in is renewed without the user, or the user is asked to sign in again", async ({
	aws,
	extension,
}) => {
	const options = await extension.openOptions();
	await addConnection(options, "identity-center", IDENTITY_CENTER);
	await signIn(options);
	const status = options.getByLabel("Connection status");
	await button(options, "Check now").click();
	await expect(status).toContainText("expires in");
	aws.sso.isEnded = true;
	await options.reload();
	await chooseRole(options);
	expect(aws.sso.grants).toBe(2);
	// Neither the token nor what renews it is good any more.
	aws.sso.isEnded = true;
	aws.sso.grants = 9;
	await options.reload();
	await expect(status).toContainText("signed out");
	await expect(options.getByRole("status")).toContainText(
		"Not signed in to a role of IAM Identity Center",
	);
	aws.sso.grants = 2;
	await signIn(options);
	await button(options, "Check now").click();
	await expect(status).toContainText("expires in");
});
