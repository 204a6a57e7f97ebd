import type { Page } from "playwright/test";
import { allowHosts } from "../../scripts/browser/permissions.ts";
import { readStorage } from "../../scripts/browser/storage.ts";
import { REGION } from "./aws.ts";
import {
	accessToken,
	CLIENT_SECRET,
	ROLE_KEYS,
	refreshToken,
} from "./aws-sso.ts";
import { ASSUMED_KEYS } from "./aws-sts.ts";
import { PLAYED, test } from "./aws-test.ts";
import {
	addConnection,
	createVault,
	exported,
	fill,
	IDENTITY_CENTER,
	paste,
	SETTINGS,
	saveProfile,
	serve,
	signIn,
} from "./forms.ts";
import { filesWith, gather, listen } from "./sinks.ts";
import { button, configuration, expect, startForm } from "./test.ts";

const PASSPHRASE = "canary horse battery staple";
const BEARER = "canary-agent-bearer-token";
const SERVER_TOKEN = "Bearer canary-credential-server-token";

const typed = keys("TYPED");
const pasted = keys("PASTE");
const served = keys("SERVE");

function keys(name: string): typeof ROLE_KEYS {
	return {
		accessKeyId: `ASIAQ7CANARY${name}234`,
		secretAccessKey: `wJalrCanary${name}/K7MDENG+bPxRfiCYzExample`,
		sessionToken: `IQoJb3JpZ2luX2VjCanary${name}${"x1Yz".repeat(60)}==`,
	};
}

/** What the Agent says of its own: shown, and stored nowhere. */
const FOREIGN_WORDS = "marked words of the Agent";

/** As servers and proxies quote what they were sent. */
function spellings(secret: string): readonly string[] {
	return [
		btoa(secret),
		btoa(`:${secret}`),
		Buffer.from(secret).toString("hex"),
		encodeURIComponent(secret).replaceAll("-", "%2d"),
		secret.slice(0, 24),
		secret.toUpperCase(),
		[...secret].reverse().join(""),
	];
}

/** What each way in has handed over. Access key ids are shown masked, so they count as well. */
const SECRETS = [
	...[typed, pasted, served, ROLE_KEYS, ASSUMED_KEYS].flatMap(Object.values),
	...[BEARER, SERVER_TOKEN, CLIENT_SECRET, accessToken(1), refreshToken(1)],
] as readonly string[];

test("secrets are held in session memory only, whichever way they came", async ({
	emulator,
	aws,
	browsers,
}) => {
	test.slow();
	const extension = await browsers.start();
	const { context } = extension;
	const heard = await listen(context);
	await allowHosts(context, PLAYED);
	await context.grantPermissions(["clipboard-read", "clipboard-write"]);
	await emulator.deploy("shop/test/settings.json", '{"read":"by all"}');
	const urls: string[] = [];
	const credentialServer = await serve((request, response) => {
		urls.push(request.url ?? "");
		const { accessKeyId, secretAccessKey, sessionToken } = served;
		const Expiration = new Date(Date.now() + 3_600_000).toISOString();
		response.end(
			JSON.stringify({
				AccessKeyId: accessKeyId,
				SecretAccessKey: secretAccessKey,
				Token: sessionToken,
				Expiration,
			}),
		);
	});
	const agent = await serve((request, response) => {
		urls.push(request.url ?? "");
		// One that repeats in its refusal what it was sent.
		const { authorization = "" } = request.headers;
		response
			.writeHead(401, { "x-amzn-requestid": BEARER })
			.end(
				`${FOREIGN_WORDS}: ${[authorization, ...spellings(BEARER)].join(" ")}`,
			);
	});
	const options = await extension.openOptions();
	await givePastedAndAssumed(options);
	await addConnection(options, "credential-server", {
		Name: "Server",
		"Credential server URL": credentialServer.url,
		"Authorization token": SERVER_TOKEN,
	});
	await addConnection(options, "agent", {
		Name: "Agent",
		"Agent URL": agent.url,
		"Authorization token": BEARER,
	});
	await addConnection(options, "identity-center", IDENTITY_CENTER);
	await signIn(options);
	for (const [connection, region] of Object.entries({
		Pasted: REGION,
		Server: REGION,
		Work: REGION,
	}))
		await saveProfile(options, connection, {
			Name: `by ${connection}`,
			Region: region,
		});
	await saveProfile(options, "Agent", { Name: "by Agent" });
	await giveTyped(options);
	// An unknown key, an expired one: what AWS says of them is told.
	aws.expired.add(served.accessKeyId);
	const copied = await copyAll(options);
	await options.getByRole("link", { name: "by Agent" }).click();
	await expect(options.getByRole("alert")).toContainText("Access denied");
	const panel = await extension.openPanel();
	await expect(configuration(panel)).toContainText("by all");
	// Last: it closes when something else gets the focus.
	const popup = await extension.openPopup();
	await expect(configuration(popup)).toContainText("by all");

	const { open, memory } = await gather(extension, aws, {
		heard,
		views: [options, popup, panel],
		copied,
		urls,
	});
	// The search itself: what is searched for is where it is meant to be, and what is searched is not empty.
	for (const secret of SECRETS) expect(memory).toContain(secret);
	for (const sink of [
		"local",
		"documents",
		"messages",
		"clipboard",
		"addresses",
	])
		expect([sink, (open.get(sink) ?? "").length > 200]).toEqual([sink, true]);
	expect(open.get("messages")).toContain(FOREIGN_WORDS);
	for (const sink of ["local", "databases", "pages"])
		expect([sink, open.get(sink)?.includes(FOREIGN_WORDS)]).toEqual([
			sink,
			false,
		]);
	expect(memory).not.toContain(FOREIGN_WORDS);
	for (const [sink, text] of open)
		for (const secret of [...SECRETS, ...spellings(BEARER)])
			expect([sink, secret, text.includes(secret)]).toEqual([
				sink,
				secret,
				false,
			]);

	await createVault(options, PASSPHRASE);
	const sealed = await readStorage(extension.stage);
	const rawKey = String(JSON.parse(sealed.memory)["vault-key"]);
	expect(rawKey).toHaveLength(44);
	await button(options, "Lock now").click();
	await expect(button(options, "Unlock")).toBeVisible();
	const locked = await readStorage(extension.stage);
	// Those of the profile itself are not the vault's, which the page says.
	for (const secret of SECRETS.filter(
		(each) => !Object.values(typed).includes(each),
	))
		expect([secret, locked.memory.includes(secret)]).toEqual([secret, false]);
	for (const secret of [...SECRETS, PASSPHRASE, rawKey])
		for (const text of [
			locked.local,
			locked.databases,
			locked.pages,
			await options.content(),
			...heard.messages,
		])
			expect(text.includes(secret)).toBe(false);

	await browsers.close();
	await credentialServer.close();
	await agent.close();
	expect(
		await filesWith(extension.userDataDir, [
			...SECRETS,
			...spellings(BEARER),
			FOREIGN_WORDS,
			PASSPHRASE,
			rawKey,
		]),
	).toEqual([]);
});

async function givePastedAndAssumed(options: Page): Promise<void> {
	await startForm(options, "connection");
	await fill(options, { Name: "Pasted" });
	await options.getByText("Assume a role").click();
	await fill(options, {
		"Role ARN": "arn:aws:iam::123456789012:role/read",
		"STS Region": REGION,
	});
	await paste(
		options.getByLabel("Paste keys"),
		exported(pasted, Date.now() + 3_600_000),
	);
	await button(options, "Save connection").click();
	await expect(options.getByLabel("Connection status")).toContainText(
		"expires in",
	);
}

async function giveTyped(options: Page): Promise<void> {
	await startForm(options, "profile");
	await fill(options, { ...SETTINGS, Name: "typed", Region: REGION });
	for (const [name, value] of Object.entries({
		"Access key ID": typed.accessKeyId,
		"Secret access key": typed.secretAccessKey,
		"Session token": typed.sessionToken,
	}))
		await options
			.getByLabel(name, { exact: true })
			.pressSequentially(value, { delay: 0 });
	await button(options, "Save profile").click();
	await expect(options.getByText("ASIA…D234")).toBeVisible();
}

/** Everything that can be taken out of the options. */
async function copyAll(options: Page): Promise<readonly string[]> {
	const copied: string[] = [];
	const copy = async (name: string) => {
		await options.evaluate(() => navigator.clipboard.writeText(""));
		await button(options, name).click();
		const read = () => options.evaluate(() => navigator.clipboard.readText());
		await expect.poll(read).not.toBe("");
		copied.push(await read());
	};
	await copy("Copy policy");
	await button(options, "Share").click();
	await copy("Copy link");
	await button(options, "Share").click();
	await copy("Copy text");
	await options.getByRole("link", { name: "Export and import" }).click();
	await copy("Copy export");
	await copy("Copy diagnostics");
	return copied;
}
