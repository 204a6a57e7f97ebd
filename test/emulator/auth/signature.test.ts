import {
	AppConfigClient,
	CreateApplicationCommand,
	ListApplicationsCommand,
} from "@aws-sdk/client-appconfig";
import {
	AppConfigDataClient,
	GetLatestConfigurationCommand,
	StartConfigurationSessionCommand,
} from "@aws-sdk/client-appconfigdata";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import {
	DEFAULT_PRINCIPALS,
	type Principal,
	parsePolicy,
} from "../../../src/emulator/auth/policy.ts";
import { toSignature } from "../../../src/emulator/auth/signature.ts";
import {
	createHarness,
	type EmulatorHarness,
	NOON,
	SETTINGS,
	toText,
} from "../harness.ts";

const FILES = {
	"shop/test/settings.json": '{"v": 1}',
	"shop/test/über maß.json": '{"v": 2}',
};

afterEach(() => {
	vi.useRealTimers();
});

interface Keys {
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
	readonly sessionToken?: string;
}

const TEST_KEYS: Keys = { accessKeyId: "test", secretAccessKey: "test" };

async function createClients(
	principals: readonly Principal[],
	credentials: Keys = TEST_KEYS,
	harness: EmulatorHarness = createHarness(FILES, { principals }),
) {
	vi.useFakeTimers({ toFake: ["Date"], now: harness.now() });
	const { url } = await harness.emulator.listen({ port: 0 });
	const config = {
		endpoint: url,
		region: "eu-west-1",
		credentials,
		maxAttempts: 2,
	};
	const data = new AppConfigDataClient(config);
	const control = new AppConfigClient(config);
	onTestFinished(() => {
		data.destroy();
		control.destroy();
	});
	return {
		control,
		start: (input: Partial<typeof SETTINGS> = {}) =>
			data.send(
				new StartConfigurationSessionCommand({ ...SETTINGS, ...input }),
			),
		get: (ConfigurationToken: string | undefined) =>
			data.send(new GetLatestConfigurationCommand({ ConfigurationToken })),
	};
}

describe("A signature", () => {
	test("with the right keys is accepted, also with a session token and unusual characters in names", async () => {
		const { start, get, control } = await createClients(DEFAULT_PRINCIPALS);
		const { InitialConfigurationToken } = await start({
			ConfigurationProfileIdentifier: "über maß",
		});
		const { Configuration } = await get(InitialConfigurationToken);
		expect(Configuration?.transformToString()).toBe('{"v": 2}');
		await control.send(new ListApplicationsCommand({ MaxResults: 5 }));
		await control.send(new CreateApplicationCommand({ Name: "new" }));
	});

	test.each([
		[
			"InvalidSignatureException",
			{ accessKeyId: "test", secretAccessKey: "wrong" },
		],
		[
			"UnrecognizedClientException",
			{ accessKeyId: "nobody", secretAccessKey: "test" },
		],
		["UnrecognizedClientException", { ...TEST_KEYS, sessionToken: "strange" }],
	])("is refused with %s for %j", async (name, keys) => {
		const { start } = await createClients(DEFAULT_PRINCIPALS, keys);
		await expect(start()).rejects.toMatchObject({
			name,
			$metadata: { httpStatusCode: 403 },
		});
	});

	test("of temporary keys is accepted until they expire", async () => {
		const keys = { ...TEST_KEYS, sessionToken: "temporary" };
		const principals = parsePolicy(
			JSON.stringify({
				principals: [
					{
						...keys,
						expiresAt: "2026-01-15T12:10:00Z",
						allow: [{ actions: "appconfig:*", resources: "*" }],
					},
				],
			}),
		);
		const harness = createHarness(FILES, { principals });
		const { start } = await createClients(principals, keys, harness);
		await start();
		harness.advance(600);
		vi.setSystemTime(harness.now());
		await expect(start()).rejects.toMatchObject({
			name: "ExpiredTokenException",
		});
	});

	test.each([
		[-299, 1],
		[299, 1],
		[-301, 2],
		[301, 2],
	])(
		"of a client whose clock is %i s off needs %i attempts",
		async (seconds, attempts) => {
			const { start } = await createClients(DEFAULT_PRINCIPALS);
			vi.setSystemTime(NOON + seconds * 1000);
			expect((await start()).$metadata.attempts).toBe(attempts);
		},
	);

	test("of a client whose clock is 20 minutes off is refused once; then the SDK corrects its clock", async () => {
		const { start } = await createClients(DEFAULT_PRINCIPALS);
		vi.setSystemTime(NOON + 20 * 60 * 1000);
		const started = await start();
		expect(started.$metadata.attempts).toBe(2);
	});

	test("that is missing, incomplete, or for another service is refused like by AWS", async () => {
		const harness = createHarness(FILES, { principals: DEFAULT_PRINCIPALS });
		const type = async (authorization?: string) => {
			const reply = await harness.request({
				url: "/configuration",
				headers: {
					host: "localhost",
					"x-amz-date": "20260115T120000Z",
					...(authorization === undefined ? {} : { authorization }),
				},
			});
			return `${reply.header("x-amzn-ErrorType")}: ${toText(reply.body)}`;
		};
		const scope = "test/20260115/eu-west-1";
		expect(await type()).toContain("MissingAuthenticationTokenException");
		expect(await type("Bearer x")).toContain("IncompleteSignatureException");
		expect(
			await type(`AWS4-HMAC-SHA256 Credential=${scope}/appconfig/aws4_request`),
		).toContain("'SignedHeaders'");
		expect(
			await type(
				`AWS4-HMAC-SHA256 Credential=${scope}/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=0`,
			),
		).toContain("correct service: 'appconfig'");
		expect(
			await type(
				`AWS4-HMAC-SHA256 Credential=${scope}/appconfig/aws4_request, SignedHeaders=x-amz-date, Signature=0`,
			),
		).toContain("'host' must be a 'SignedHeader'");
	});

	test("equals the example in AWS's documentation", () => {
		// "get-vanilla-query-order-key-case" of AWS's Signature Version 4 test suite.
		const signature = toSignature(
			{
				method: "GET",
				url: "/?Param2=value2&Param1=value1",
				headers: {
					host: "example.amazonaws.com",
					"x-amz-date": "20150830T123600Z",
				},
				body: new Uint8Array(0),
			},
			["host", "x-amz-date"],
			{
				secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
				time: "20150830T123600Z",
				scope: { date: "20150830", region: "us-east-1", service: "service" },
			},
		);
		expect(signature).toBe(
			"b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
		);
	});
});

describe("A policy", () => {
	const data = [
		"appconfig:StartConfigurationSession",
		"appconfig:GetLatestConfiguration",
	];
	const allowing = (actions: string[], resource: string) =>
		parsePolicy(
			JSON.stringify({
				principals: [
					{
						...TEST_KEYS,
						allow: [
							{
								actions,
								resources: [`arn:aws:appconfig:*:123456789012:${resource}`],
							},
						],
					},
				],
			}),
		);

	test("with names of resources also applies to requests with ids", async () => {
		const { start, get } = await createClients(
			allowing(data, "application/shop/environment/*/configuration/settings"),
		);
		const { InitialConfigurationToken } = await start();
		await get(InitialConfigurationToken);
		await expect(
			start({ ConfigurationProfileIdentifier: "über maß" }),
		).rejects.toMatchObject({ name: "AccessDeniedException" });
	});

	test("denies an action that it does not list, and names user, action and resource", async () => {
		const { start, get } = await createClients(
			allowing(["appconfig:Start*"], "*"),
		);
		const { InitialConfigurationToken } = await start();
		await expect(get(InitialConfigurationToken)).rejects.toThrow(
			/^User: arn:aws:iam::123456789012:user\/test is not authorized to perform: appconfig:GetLatestConfiguration on resource: arn:aws:appconfig:eu-west-1:123456789012:application\/[a-z0-9]{7}\/environment\/[a-z0-9]{7}\/configuration\/[a-z0-9]{7}$/,
		);
	});

	test("denies before it reveals whether a resource exists", async () => {
		const { start } = await createClients(allowing(data, "application/shop/*"));
		await expect(
			start({ ApplicationIdentifier: "elsewhere" }),
		).rejects.toMatchObject({ name: "AccessDeniedException" });
	});

	test.each([
		["{", "not JSON"],
		["{}", '"principals"'],
		['{"principals": [{}]}', "principals[0].accessKeyId"],
	])("%s is refused: %s", (text, message) => {
		expect(() => parsePolicy(text)).toThrow(message);
	});
});
