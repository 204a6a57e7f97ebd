import { describe, expect, test } from "vitest";
import { FLAGS_HOST } from "../../../src/emulator/shared/flags-host.ts";
import {
	InvalidFlagsError,
	parseAuthoredFlags,
} from "../../../src/flags/authored.ts";
import {
	createHarness,
	type EmulatorHarness,
	poll,
	startSession,
	toText,
} from "../harness.ts";

const AUTHORED = {
	version: "1",
	flags: {
		basket: {
			name: "Basket",
			attributes: {
				limit: { constraints: { type: "number", required: true, minimum: 1 } },
				countries: {
					constraints: {
						type: "array",
						elements: { type: "string", enum: ["de", "fr"] },
					},
				},
			},
		},
		banner: { name: "Banner", attributes: { text: {} } },
	},
	values: {
		basket: {
			enabled: true,
			limit: 5,
			countries: ["de"],
			_createdAt: "2024-01-01T00:00:00Z",
		},
		banner: { enabled: false, text: "not yet" },
	},
};

const PROMO = {
	version: "1",
	flags: {
		promo: { name: "Promo", attributes: { discount: {} } },
		"dark-mode": { name: "Dark mode" },
	},
	values: {
		"dark-mode": { enabled: true },
		promo: {
			_variants: [
				{
					name: "UK stores",
					enabled: true,
					rule: '(eq $storeId "uk")',
					attributeValues: { discount: 10 },
				},
				{ name: "default", enabled: false, attributeValues: { discount: 0 } },
			],
		},
	},
};

const MANIFEST = JSON.stringify({
	applications: {
		shop: {
			profiles: {
				settings: { type: "AWS.AppConfig.FeatureFlags", format: "authoring" },
			},
		},
	},
});

function createFlags(
	document: unknown,
	options: Parameters<typeof createHarness>[1] = {},
): EmulatorHarness {
	return createHarness(
		{
			"appconfig.json": MANIFEST,
			"shop/test/settings.json": JSON.stringify(document),
		},
		options,
	);
}

const AGENT = "/applications/shop/environments/test/configurations/settings";

describe("Feature flags", () => {
	test("are delivered flat, with attributes only if enabled", async () => {
		const harness = createFlags(AUTHORED);
		const reply = await poll(harness, await startSession(harness));
		expect(reply.header("Content-Type")).toBe("application/json");
		expect(JSON.parse(toText(reply.body))).toEqual({
			basket: { enabled: true, limit: 5, countries: ["de"] },
			banner: { enabled: false },
		});
	});

	test("are delivered in Amazon Ion to clients that accept it, if one has variants", async () => {
		const harness = createFlags(PROMO);
		const reply = await poll(harness, await startSession(harness), {
			accept: "application/ion",
		});
		expect(reply.header("Content-Type")).toBe(
			"application/ion; type=AWS.AppConfig.FeatureFlags",
		);
		expect(toText(reply.body)).toBe(
			`'dark-mode'::"{\\"enabled\\":true}"
promo::[
  [(eq $storeId "uk"), "{\\"_variant\\":\\"UK stores\\",\\"enabled\\":true,\\"discount\\":10}"],
  "{\\"_variant\\":\\"default\\",\\"enabled\\":false}"
]`,
		);
	});

	test("are delivered in JSON with the default variant to other clients", async () => {
		const harness = createFlags(PROMO);
		const reply = await poll(harness, await startSession(harness));
		expect(JSON.parse(toText(reply.body))).toEqual({
			"dark-mode": { enabled: true },
			promo: { _variant: "default", enabled: false },
		});
	});

	test("an invalid document leaves the last good one in place", async () => {
		const harness = createFlags(AUTHORED);
		await poll(harness, await startSession(harness));
		harness.writeFile("shop/test/settings.json", '{"version": "2"}');
		const reply = await poll(harness, await startSession(harness));
		expect(toText(reply.body)).toContain('"limit":5');
		expect(harness.errors.join()).toContain("/version must be equal to one of");
	});

	test.each([
		[{ flags: {} }, "", "version"],
		[{ ...AUTHORED, extra: 1 }, "", "extra"],
		[{ version: "1", flags: { "9x": {} } }, "/flags", "9x"],
		[
			{ ...AUTHORED, values: { basket: { enabled: true, limit: 0 } } },
			"/values/basket/limit",
			"at least 1",
		],
		[
			{ ...AUTHORED, values: { basket: { enabled: true } } },
			"/values/basket",
			"lacks the attribute limit",
		],
		[
			{
				...AUTHORED,
				values: { basket: { enabled: true, limit: 1, countries: ["uk"] } },
			},
			"/values/basket/countries",
			"one of de, fr",
		],
		[
			{ ...AUTHORED, values: { unknown: { enabled: true } } },
			"/values/unknown",
			"no definition",
		],
		[
			{
				...PROMO,
				values: {
					promo: { _variants: [{ name: "a", enabled: true, rule: "(eq" }] },
				},
			},
			"/values/promo/_variants/0/rule",
			"at line 1, character 4",
		],
	])("%j is refused at %s: %s", (document, location, reason) => {
		try {
			parseAuthoredFlags(JSON.stringify(document), FLAGS_HOST);
			expect.unreachable();
		} catch (error) {
			if (!(error instanceof InvalidFlagsError)) throw error;
			expect(error.violations.map((one) => one.location)).toContain(location);
			expect(error.message).toContain(reason);
		}
	});
});

describe("The Agent's endpoints", () => {
	test("return a configuration with its version number and type", async () => {
		const harness = createHarness({
			"shop/test/settings.json": '{"a": 1}',
			"shop/test/settings.json.label": "spring",
		});
		const reply = await harness.request({ url: AGENT });
		expect(toText(reply.body)).toBe('{"a": 1}');
		expect(reply.header("Configuration-Version")).toBe("1");
		expect(reply.header("Content-Type")).toBe("application/json");
		expect(reply.header("Version-Label")).toBe("spring");
	});

	test("select variants by the context", async () => {
		const harness = createFlags(PROMO);
		const variant = async (context: string | undefined) => {
			const headers = context === undefined ? {} : { context };
			const reply = await harness.request({
				url: `${AGENT}?flag=promo`,
				headers,
			});
			return JSON.parse(toText(reply.body));
		};
		expect(await variant("storeId=uk, plan=gold")).toEqual({
			_variant: "UK stores",
			enabled: true,
			discount: 10,
		});
		expect(await variant("storeId=fr")).toEqual({
			_variant: "default",
			enabled: false,
		});
		expect(await variant(undefined)).toMatchObject({ _variant: "default" });
	});

	test("return one flag as its value, several as a map, and all flags by default", async () => {
		const harness = createFlags(AUTHORED);
		const get = async (query: string) =>
			JSON.parse(toText((await harness.request({ url: AGENT + query })).body));
		expect(await get("?flag=banner")).toEqual({ enabled: false });
		expect(Object.keys(await get("?flag=banner&flag=basket"))).toHaveLength(2);
		expect(Object.keys(await get(""))).toHaveLength(2);
		const unknown = await harness.request({ url: `${AGENT}?flag=constructor` });
		expect(unknown.status).toBe(400);
	});

	test("require the access token, if there is one", async () => {
		const harness = createFlags(AUTHORED, { accessToken: "secret" });
		const status = async (authorization: string) =>
			(await harness.request({ url: AGENT, headers: { authorization } }))
				.status;
		expect(await status("Bearer secret")).toBe(200);
		expect(await status("Bearer other")).toBe(401);
	});

	test("answer 404 with plain text for a missing configuration", async () => {
		const harness = createHarness();
		const missing = await harness.request({ url: AGENT });
		expect(missing.status).toBe(404);
		expect(missing.header("Content-Type")).toBe("application/text");
	});

	test("evaluate a document in Ion from a file", async () => {
		const harness = createHarness({
			"shop/test/settings.application%ion%type=AWS.AppConfig.FeatureFlags": `
				// two flags
				plain::'''{"enabled": true}'''
				'by-share'::[
					[(split pct::0 by::$user), "{\\"_variant\\": \\"never\\", \\"enabled\\": true}"],
					"{\\"_variant\\": \\"rest\\", \\"enabled\\": true}"
				]`,
		});
		const reply = await harness.request({
			url: AGENT,
			headers: { context: "user=ann" },
		});
		expect(JSON.parse(toText(reply.body))).toEqual({
			plain: { enabled: true },
			"by-share": { _variant: "rest", enabled: true },
		});
	});

	test("keep an entity on its version during a gradual deployment", async () => {
		const harness = createHarness({
			"appconfig.json": JSON.stringify({
				strategies: { half: { durationMinutes: 2, growthFactor: 50 } },
				applications: {
					shop: { environments: { test: { strategy: "half" } } },
				},
			}),
			"shop/test/settings.json": '"old"',
		});
		await harness.request({ url: AGENT });
		harness.writeFile("shop/test/settings.json", '"new"');
		await harness.request({ url: AGENT });
		const count = async () => {
			let fresh = 0;
			for (let entity = 0; entity < 200; entity++) {
				const headers = { "entity-id": `user-${entity}` };
				const reply = await harness.request({ url: AGENT, headers });
				if (toText(reply.body) === '"new"') fresh += 1;
			}
			return fresh;
		};
		expect(await count()).toBe(0);
		harness.advance(60);
		const half = await count();
		expect(half).toBeGreaterThan(70);
		expect(half).toBeLessThan(130);
		expect(await count()).toBe(half);
		harness.advance(60);
		expect(await count()).toBe(200);
	});
});
