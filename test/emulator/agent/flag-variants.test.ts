import { GetConfigurationCommand } from "@aws-sdk/client-appconfig";
import { describe, expect, test } from "vitest";
import {
	createHarness,
	type EmulatorHarness,
	poll,
	startSession,
	toText,
} from "../harness.ts";
import { createClient } from "../sample-data.ts";

function toPromo(rule: string, name = "UK stores") {
	return {
		version: "1",
		flags: { promo: {}, plain: {} },
		values: {
			plain: { enabled: true },
			promo: {
				_variants: [
					{ name, enabled: true, rule },
					{ name: "default", enabled: false },
				],
			},
		},
	};
}

const PROMO = toPromo('(eq $storeId "uk")');

function createFlags(
	document: unknown,
	options: Parameters<typeof createHarness>[1] = {},
): EmulatorHarness {
	const settings = {
		type: "AWS.AppConfig.FeatureFlags",
		format: "authoring",
	};
	return createHarness(
		{
			"appconfig.json": JSON.stringify({
				applications: { shop: { profiles: { settings } } },
			}),
			"shop/test/settings.json": JSON.stringify(document),
		},
		options,
	);
}

const AGENT = "/applications/shop/environments/test/configurations/settings";
const AGENT_ACCEPT =
	"application/ion;type=AWS.AppConfig.FeatureFlags;q=1.0,*/*;q=0.1";
const ION_FILE =
	"shop/test/settings.application%ion%type=AWS.AppConfig.FeatureFlags";

/** The Agent's answer to all flags. */
async function decide(harness: EmulatorHarness, context: string) {
	const reply = await harness.request({ url: AGENT, headers: { context } });
	expect(reply.status).toBe(200);
	return JSON.parse(toText(reply.body));
}

describe("Flags with variants", () => {
	test.each([
		undefined,
		"*/*",
		"application/*",
		"application/json",
		"application/ion;q=0, */*",
		"application/ion;type=other",
		"application/ion;q=0.5, application/json",
		"application/ionic",
	])(
		"are delivered in JSON with the default ones to a client that accepts %s",
		async (accept) => {
			const harness = createFlags(PROMO);
			const headers = accept === undefined ? {} : { accept };
			const reply = await poll(harness, await startSession(harness), headers);
			expect(reply.header("Content-Type")).toBe("application/json");
			expect(JSON.parse(toText(reply.body))).toEqual({
				plain: { enabled: true },
				promo: { _variant: "default", enabled: false },
			});
		},
	);

	test.each([
		AGENT_ACCEPT,
		"application/ion",
		"text/html, APPLICATION/ION; TYPE=AWS.AppConfig.FeatureFlags",
		'application/ion;type="AWS.AppConfig.FeatureFlags"',
		"application/json;q=0.5,application/ion;q=0.5",
	])("are delivered in Ion to a client that accepts %s", async (accept) => {
		const harness = createFlags(PROMO);
		const reply = await poll(harness, await startSession(harness), { accept });
		expect(reply.header("Content-Type")).toBe(
			"application/ion; type=AWS.AppConfig.FeatureFlags",
		);
	});

	test("flags without variants are always delivered in JSON", async () => {
		const document = { version: "1", flags: { a: {} }, values: { a: {} } };
		const harness = createFlags(document);
		const reply = await poll(harness, await startSession(harness), {
			accept: AGENT_ACCEPT,
		});
		expect(toText(reply.body)).toBe('{"a":{"enabled":false}}');
	});

	test.each([
		["ion", undefined, "application/ion"],
		["json", AGENT_ACCEPT, "application/json"],
	] as const)(
		"with --variants %s are delivered in one form, also to a client that accepts %s, and the Agent evaluates them",
		async (variants, accept, type) => {
			const harness = createFlags(PROMO, { variants });
			const headers = accept === undefined ? {} : { accept };
			const reply = await poll(harness, await startSession(harness), headers);
			expect(reply.header("Content-Type")).toContain(type);
			expect(await decide(harness, "storeId=uk")).toMatchObject({
				promo: { _variant: "UK stores" },
			});
		},
	);

	test("a session that changes its Accept header receives the other form once", async () => {
		const harness = createFlags(PROMO);
		const first = await poll(harness, await startSession(harness));
		const types: unknown[] = [];
		let token = first.header("Next-Poll-Configuration-Token") ?? "";
		for (const accept of [AGENT_ACCEPT, AGENT_ACCEPT, "*/*"]) {
			harness.advance(60);
			const reply = await poll(harness, token, { accept });
			types.push(reply.body.length > 0 && reply.header("Content-Type"));
			token = reply.header("Next-Poll-Configuration-Token") ?? "";
		}
		expect(types).toEqual([
			"application/ion; type=AWS.AppConfig.FeatureFlags",
			false,
			"application/json",
		]);
	});
});

describe("The Agent's endpoints", () => {
	test.each(["GET", "HEAD"])("answer %s /ping", async (method) => {
		const harness = createHarness();
		const { url } = await harness.emulator.listen({ port: 0 });
		const reply = await fetch(`${url}/ping`, { method });
		expect(reply.status).toBe(200);
		expect((await reply.text()) === "").toBe(method === "HEAD");
		expect(Number(reply.headers.get("content-length"))).toBeGreaterThan(0);
	});

	test("accept a context in UTF-8 and in Latin-1", async () => {
		const harness = createFlags(toPromo('(in $city ["Zürich ☀", "Genève"])'));
		const { url } = await harness.emulator.listen({ port: 0 });
		const ask = async (city: Buffer) => {
			const reply = await fetch(`${url}${AGENT}?flag=promo`, {
				headers: { context: `city=${city.toString("latin1")}` },
			});
			return ((await reply.json()) as { _variant: string })._variant;
		};
		expect(await ask(Buffer.from("Zürich ☀"))).toBe("UK stores");
		expect(await ask(Buffer.from("Genève"))).toBe("UK stores");
		expect(await ask(Buffer.from("Genève", "latin1"))).toBe("UK stores");
		expect(await ask(Buffer.from("Zürich"))).toBe("default");
	});

	test("ignore only the variants that cannot be read in a file's Ion", async () => {
		const harness = createHarness({
			[ION_FILE]: `
				promo::[
					[(equals $a "b"), '''{"_variant": "unknown operator"}'''],
					[(matches in::$a pattern::"("), '''{"_variant": "no pattern"}'''],
					[(eq $a 99999999999999999999), '''{"_variant": "no integer"}'''],
					[(eq $a "b"), '''{not JSON}'''],
					[(eq $a "b") /* read */, '''{"_variant": "good"}'''],
					'''{"_variant": "default"}'''
				]
				'whole'::'''{"enabled": true}'''
				lost::12
				'''{"enabled": true}'''`,
		});
		const others = { whole: { enabled: true }, lost: { enabled: false } };
		expect(await decide(harness, "a=b")).toEqual({
			...others,
			promo: { _variant: "good" },
		});
		expect(await decide(harness, "a=c")).toEqual({
			...others,
			promo: { _variant: "default" },
		});
		expect(harness.errors.join("\n")).toContain(
			"Variant 1 of flag promo never matches: it has an unknown operator equals",
		);
		expect(harness.errors).toHaveLength(6);
	});

	test("keep the last good version when a file is not valid Ion", async () => {
		const harness = createHarness({ [ION_FILE]: `a::"{\\"enabled\\": true}"` });
		await harness.request({ url: AGENT });
		harness.writeFile(ION_FILE, `a::[[(eq $a "b)], "{}"]]`);
		expect(await decide(harness, "a=b")).toEqual({ a: { enabled: true } });
		expect(harness.errors.join()).toContain(
			"is not Ion: it has a quotation that is not closed",
		);
	});

	test("return Ion without flags as it is", async () => {
		const content = "{name: 'shop', prices: [1.50, null.int], {{aGk=}}}";
		const harness = createHarness({
			"shop/test/settings.application%ion": content,
		});
		const reply = await harness.request({ url: AGENT });
		expect([reply.status, toText(reply.body)]).toEqual([200, content]);
		harness.writeFile("shop/test/settings.application%ion", "[1, 2]");
		expect(toText((await harness.request({ url: AGENT })).body)).toBe("[1, 2]");
	});

	test("read long Ion strings with escapes and continuations", async () => {
		const content = String.raw`flag::'''{"a": "x\\n\'\'\' \u00e9",''' ''' "b": 1}'''`;
		const harness = createHarness({ [ION_FILE]: content });
		expect(await decide(harness, "")).toEqual({
			flag: { a: "x\n''' é", b: 1 },
		});
	});

	test("return binary Ion without flags as it is", async () => {
		const bytes = Uint8Array.of(0xe0, 0x01, 0x00, 0xea, 0x0f);
		const harness = createHarness({ [ION_FILE]: bytes });
		const all = await harness.request({ url: AGENT });
		expect([all.status, all.body]).toEqual([200, Buffer.from(bytes)]);
		const one = await harness.request({ url: `${AGENT}?flag=a` });
		expect(one.status).toBe(400);
	});

	test.each(["^(a+)+$", "^(a|aa)+$", "(.*)*b", "^(\\\\w+\\\\s?)*$"])(
		"match the pattern %s in linear time",
		async (pattern) => {
			const harness = createFlags(
				toPromo(`(matches in::$a pattern::"${pattern}")`, "matched"),
			);
			for (const a of ["a".repeat(27), "a".repeat(50_000)])
				expect(await decide(harness, `a=${a}!`)).toMatchObject({
					promo: { _variant: "default" },
				});
		},
	);

	test("do not match patterns that would take too long together, and evaluate other flags", async () => {
		const pattern = "(a|b|c|d|ab|cd)*".repeat(150);
		const rule = `(matches in::$a pattern::"${pattern}x")`;
		const variants = Array.from(
			{ length: 20 },
			(_, index) => `[${rule}, '''{"_variant": "${index}"}''']`,
		);
		const harness = createHarness({
			[ION_FILE]: `promo::[${variants.join(",")}, '''{"_variant": "default"}''']
				other::[[(eq $b "c"), '''{"_variant": "other"}''']]`,
		});
		expect(await decide(harness, `a=${"abcd".repeat(15_000)},b=c`)).toEqual({
			promo: { _variant: "default" },
			other: { _variant: "other" },
		});
	});
});

describe("GetConfiguration", () => {
	test("is distinguished from the Agent's path by client_id", async () => {
		const harness = createHarness({ "shop/test/settings.json": '{"a": 1}' });
		const client = await createClient(harness);
		const get = (ClientConfigurationVersion?: string) =>
			client.send(
				new GetConfigurationCommand({
					Application: "shop",
					Environment: "test",
					Configuration: "settings",
					ClientId: "me",
					...(ClientConfigurationVersion ? { ClientConfigurationVersion } : {}),
				}),
			);
		const first = await get();
		expect(Buffer.from(first.Content ?? []).toString()).toBe('{"a": 1}');
		expect(first).toMatchObject({
			ConfigurationVersion: "1",
			ContentType: "application/json",
		});
		const again = await get(first.ConfigurationVersion);
		expect(again.$metadata.httpStatusCode).toBe(204);
		expect(again.Content ?? "").toHaveLength(0);
	});

	test("refuses flags, unknown names and a client without an id, in JSON", async () => {
		const harness = createFlags(PROMO);
		const get = async (url: string, authorization = "") => {
			const reply = await harness.request({ url, headers: { authorization } });
			const type = reply.header("x-amzn-ErrorType");
			return [reply.status, type, JSON.parse(toText(reply.body)).Message];
		};
		expect(await get(`${AGENT}?client_id=me`)).toEqual([
			400,
			"BadRequestException",
			expect.stringContaining("GetLatestConfiguration"),
		]);
		expect(await get(`${AGENT}x?client_id=me`)).toEqual([
			404,
			"ResourceNotFoundException",
			"ConfigurationProfile not found for shop/test/settingsx",
		]);
		expect(await get(AGENT, "AWS4-HMAC-SHA256 Credential=a")).toEqual([
			400,
			"BadRequestException",
			"client_id must have 1 to 64 characters",
		]);
	});
});
