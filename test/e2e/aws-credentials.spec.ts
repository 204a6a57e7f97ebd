import type { Frame, Page } from "playwright/test";
import {
	allowHosts,
	withdrawHosts,
} from "../../scripts/browser/permissions.ts";
import { command } from "../../scripts/browser/wire.ts";
import { REGION, STRAY_HOST } from "./aws.ts";
import { ROLE_KEYS } from "./aws-sso.ts";
import { ASSUMED_KEYS } from "./aws-sts.ts";
import { test } from "./aws-test.ts";
import {
	addConnection,
	exported,
	fill,
	IDENTITY_CENTER,
	paste,
	SETTINGS,
	saveProfile,
	serve,
	signIn,
} from "./forms.ts";
import {
	button,
	configuration,
	expect,
	type Fixtures,
	startForm,
} from "./test.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;
const DATA_HOST = `https://appconfigdata.${REGION}.amazonaws.com/*`;
const OTHERS = { ...ROLE_KEYS, accessKeyId: "ASIAQ7CANARYKEYID567" };
const ROLE_ARN = "arn:aws:iam::123456789012:role/team/read";

async function addKeys(
	options: Page,
	keys: typeof ROLE_KEYS,
	expiresAt: number,
): Promise<void> {
	await startForm(options, "connection");
	await giveKeys(options, keys, expiresAt);
}

async function giveKeys(
	options: Page,
	keys: typeof ROLE_KEYS,
	expiresAt: number,
): Promise<void> {
	await paste(options.getByLabel("Paste keys"), exported(keys, expiresAt));
	await expect(options.getByLabel("Access key ID")).toHaveValue(
		keys.accessKeyId,
	);
	await button(options, "Save connection").click();
	await expect(options.getByLabel("Connection status")).toBeVisible();
}

/** A configuration on show in the panel, read with keys that are good for an hour. */
async function readFirst({
	emulator,
	extension,
}: Pick<Fixtures, "emulator" | "extension">) {
	await emulator.deploy("shop/test/settings.json", '{"turn":"first"}');
	const options = await extension.openOptions();
	await addKeys(options, ROLE_KEYS, Date.now() + HOUR);
	await saveProfile(options, "Keys", { Region: REGION });
	const panel = await extension.openPanel();
	await expect(configuration(panel)).toContainText("first");
	return { options, panel };
}

function alert(view: Page | Frame) {
	return view.getByRole("alert");
}

test("expired keys stop polling with a clear fault, and new keys start it again", async ({
	emulator,
	aws,
	extension,
}) => {
	const { options, panel } = await readFirst({ emulator, extension });
	aws.expired.add(ROLE_KEYS.accessKeyId);
	await expect(alert(panel)).toContainText("The credentials have expired.");
	await expect(alert(panel)).toContainText("Showing the last good");
	await emulator.deploy("shop/test/settings.json", '{"turn":"second"}');
	await options.getByRole("link", { name: "Keys" }).click();
	await giveKeys(options, OTHERS, Date.now() + HOUR);
	await expect(configuration(panel)).toContainText("second");
	await expect(alert(panel)).toHaveCount(0);
	expect(aws.signer).toBe(OTHERS.accessKeyId);
});

test("with a clock 20 minutes slow, polls are accepted and keys are counted down by AWS's clock", async ({
	emulator,
	aws,
	extension,
}) => {
	aws.clockMs = 20 * MINUTE;
	await emulator.deploy("shop/test/settings.json", '{"on":"time"}');
	const options = await extension.openOptions();
	// Ten minutes of AWS's, which this computer takes for thirty until it has heard from AWS.
	await addKeys(options, ROLE_KEYS, Date.now() + aws.clockMs + 10 * MINUTE);
	const status = options.getByLabel("Connection status");
	await expect(status).toContainText(/expires in (30:00|29:)/);
	await saveProfile(options, "Keys", { Region: REGION });
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("time");
	await options.getByRole("link", { name: "Keys" }).click();
	await expect(status).toContainText(/expires in (10:00|\d:)/);
});

test("with a clock 20 minutes fast, keys are used until AWS calls them expired", async ({
	emulator,
	aws,
	extension,
}) => {
	aws.clockMs = -20 * MINUTE;
	await emulator.deploy("shop/test/settings.json", '{"on":"time"}');
	const options = await extension.openOptions();
	await addKeys(options, ROLE_KEYS, Date.now() + aws.clockMs + 10 * MINUTE);
	await saveProfile(options, "Keys", { Region: REGION });
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("time");
	await options.getByRole("link", { name: "Keys" }).click();
	await expect(options.getByLabel("Connection status")).toContainText(
		/expires in (10:00|\d:)/,
	);
});

test("a warning above the configuration shows the last five minutes of keys, of a connection or a profile", async ({
	emulator,
	extension,
}) => {
	await emulator.deploy("shop/test/settings.json", '{"turn":"first"}');
	const options = await extension.openOptions();
	await addKeys(options, ROLE_KEYS, Date.now() + 4 * MINUTE);
	await expect(options.getByLabel("Connection status")).toContainText(
		"Paste new ones below and save",
	);
	await saveProfile(options, "Keys", { Region: REGION });
	const popup = await extension.openPopup();
	await expect(popup.getByText("The credentials expire in")).toBeVisible();
	await expect(button(popup, "Open connection")).toBeVisible();

	await startForm(options, "profile");
	await paste(
		options.getByLabel("Paste keys"),
		exported(ROLE_KEYS, Date.now() + 4 * MINUTE),
	);
	await fill(options, { ...SETTINGS, Name: "own", Region: REGION });
	await button(options, "Save profile").click();
	await expect(
		options.getByText(/expires in [34]:\d\d: paste new ones/),
	).toBeVisible();
	await popup.close();
	const again = await extension.openPopup();
	const own = new URL(options.url()).hash.slice(1);
	await again
		.getByRole("combobox", { name: "Profile", exact: true })
		.selectOption(own);
	await expect(again.getByText("The credentials expire in")).toBeVisible();
	await expect(button(again, "Enter credentials")).toBeVisible();
});

test("a role is assumed with external ID and MFA code, limited to reading this configuration", async ({
	emulator,
	aws,
	extension,
}) => {
	await emulator.deploy("shop/test/settings.json", '{"read":"as a role"}');
	const options = await extension.openOptions();
	await startForm(options, "connection");
	await options.getByText("Assume a role").click();
	await fill(options, {
		"Role ARN": ROLE_ARN,
		"STS Region": REGION,
		"External ID": "ext-1",
		"MFA device": "arn:aws:iam::123456789012:mfa/anna",
	});
	await giveKeys(options, ROLE_KEYS, Date.now() + HOUR);
	await saveProfile(options, "Keys", {
		Region: REGION,
		Application: "abc1234",
		Environment: "def5678",
		"Configuration profile": "ghi9012",
	});
	const panel = await extension.openPanel();
	await expect(alert(panel)).toContainText("An MFA code is needed.");
	await options.getByRole("link", { name: "Keys" }).click();
	const status = options.getByLabel("Connection status");
	await expect(status).toContainText("needs an MFA code");
	await options.getByLabel("MFA code").fill("123456");
	await button(options, "Use code").click();
	await expect(status).toContainText("role team/read");
	// Nobody has deployed that: it is asked for as the role, which is what counts here.
	await expect.poll(() => aws.signer).toBe(ASSUMED_KEYS.accessKeyId);
	const asked = aws.calls.find(({ url }) => url.hostname.startsWith("sts."));
	const form = new URLSearchParams(asked?.body);
	expect(form.get("ExternalId")).toBe("ext-1");
	expect(form.get("TokenCode")).toBe("123456");
	expect(JSON.parse(form.get("Policy") ?? "")).toEqual({
		Version: "2012-10-17",
		Statement: [
			{
				Effect: "Allow",
				Action: [
					"appconfig:StartConfigurationSession",
					"appconfig:GetLatestConfiguration",
				],
				Resource: [
					`arn:aws:appconfig:${REGION}:123456789012:application/abc1234/environment/def5678/configuration/ghi9012`,
				],
			},
		],
	});
});

test("a role that may not be assumed shows AWS's reason, and works once it may", async ({
	aws,
	extension,
}) => {
	aws.stsRefusal = "AccessDenied";
	const options = await extension.openOptions();
	await startForm(options, "connection");
	await options.getByText("Assume a role").click();
	await fill(options, { "Role ARN": ROLE_ARN, "STS Region": REGION });
	await giveKeys(options, ROLE_KEYS, Date.now() + HOUR);
	const status = options.getByLabel("Connection status");
	await expect(status).toContainText("denied");
	await expect(status).toContainText(`not authorized to assume ${ROLE_ARN}`);
	aws.stsRefusal = undefined;
	await button(options, "Check now").click();
	await expect(status).toContainText("expires in");
});

test("a redirect to another host is not followed and receives no credentials", async ({
	emulator,
	aws,
	extension,
}) => {
	const lure = await serve((_, response) =>
		response.writeHead(302, { Location: `https://${STRAY_HOST}/` }).end(),
	);
	await emulator.deploy("shop/test/settings.json", "{}");
	const options = await extension.openOptions();
	const status = options.getByLabel("Connection status");
	await addConnection(options, "credential-server", {
		Name: "Lure",
		"Credential server URL": lure.url,
		"Authorization token": "Bearer canary",
	});
	await expect(status).toContainText("unexpected reply");
	await addConnection(options, "agent", {
		Name: "Agent",
		"Agent URL": lure.url,
		"Authorization token": "canary",
	});
	await saveProfile(options, "Agent", { Name: "by the agent" });
	await addConnection(options, "identity-center", IDENTITY_CENTER);
	await signIn(options);
	aws.redirected.add("portal").add("oidc").add("sts");
	await button(options, "Check now").click();
	await expect(status).toContainText("unexpected reply");
	await startForm(options, "connection");
	await options.getByText("Assume a role").click();
	await fill(options, { "Role ARN": ROLE_ARN, "STS Region": REGION });
	await giveKeys(options, ROLE_KEYS, Date.now() + HOUR);
	await expect(status).toContainText("unexpected reply");
	aws.redirected.add("appconfigdata").add("appconfig");
	await addKeys(options, OTHERS, Date.now() + HOUR);
	await fill(options, { Name: "Plain" });
	await button(options, "Save connection").click();
	await saveProfile(options, "Plain", { Region: REGION, Name: "by AWS" });
	await button(options, "Look up names").click();
	await expect(options.locator(".look-up .error")).toBeVisible();
	await expect
		.poll(() => aws.wasCalled("POST /configurationsessions"))
		.toBe(true);
	const panel = await extension.openPanel();
	await expect(alert(panel)).toBeVisible();
	expect(aws.calls.filter(({ url }) => url.hostname === STRAY_HOST)).toEqual(
		[],
	);
	await lure.close();
});

test("names are looked up despite throttling", async ({
	emulator,
	aws,
	extension,
}) => {
	await emulator.deploy("shop/test/settings.json", "{}");
	aws.throttled = 1;
	const options = await extension.openOptions();
	await addKeys(options, ROLE_KEYS, Date.now() + HOUR);
	await startForm(options, "profile");
	await options.getByLabel("Connection", { exact: true }).selectOption("Keys");
	await fill(options, { Region: REGION });
	await button(options, "Look up names").click();
	await expect(options.getByText("1 application found. Choose")).toBeVisible();
	expect(aws.throttled).toBe(0);
});

test("a connection without host permission offers Grant access, and is used at once when it is granted", async ({
	aws,
	extension,
}) => {
	await command(extension.stage, "saveConnection", {
		connection: {
			kind: "keys",
			name: "Role",
			role: { arn: ROLE_ARN, region: REGION },
		},
		secret: { kind: "keys", keys: ROLE_KEYS },
	});
	const options = await extension.openOptions();
	await options.getByRole("link", { name: "Role" }).click();
	await button(options, "Check now").click();
	const status = options.getByLabel("Connection status");
	await expect(status).toContainText("host not allowed");
	await expect(status).toContainText(`https://sts.${REGION}.amazonaws.com/*`);
	expect(aws.wasCalled("POST /")).toBe(false);
	await button(options, "Grant access").click();
	await expect(status).toContainText("expires in");
	await expect(button(options, "Grant access")).toHaveCount(0);
});

test("a revoked host permission is a fault with Grant access, and polling goes on once it is granted", async ({
	emulator,
	extension,
}) => {
	const { panel } = await readFirst({ emulator, extension });
	await withdrawHosts(extension.context, [DATA_HOST]);
	await expect(alert(panel)).toContainText(
		"The browser may not call this host",
	);
	await expect(button(panel, "Grant access")).toBeVisible();
	await emulator.deploy("shop/test/settings.json", '{"turn":"second"}');
	await allowHosts(extension.context, [DATA_HOST]);
	await expect(configuration(panel)).toContainText("second");
});
