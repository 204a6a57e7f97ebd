// appconfig.json beside the files, and the switches for what AWS does not document.
import { describe, expect, test } from "vitest";
import { parseManifest } from "../../../src/emulator/files/manifest.ts";
import {
	createHarness,
	nextPoll,
	poll,
	SETTINGS,
	startPolling,
	startSession,
	toText,
} from "../harness.ts";

const FILE = "shop/test/settings.json";

function inShop(settings: object): Record<string, string> {
	return {
		"appconfig.json": JSON.stringify({ applications: { shop: settings } }),
		[FILE]: '{"limit": 1}',
	};
}

describe("appconfig.json", () => {
	test("gives the label of a profile's version by environment", async () => {
		const harness = createHarness(
			inShop({ profiles: { settings: { labels: { test: "spring" } } } }),
		);
		const reply = await poll(harness, await startSession(harness));
		expect(reply.header("Version-Label")).toBe("spring");
	});

	test("gives the descriptions of applications, environments and profiles", async () => {
		const harness = createHarness(
			inShop({
				description: "A shop",
				environments: { test: { description: "For trying out" } },
				profiles: { settings: { description: "Limits" } },
			}),
		);
		const list = async (url: string) =>
			JSON.parse(toText((await harness.request({ url })).body)).Items;
		const [shop] = await list("/applications");
		expect(shop).toMatchObject({ Name: "shop", Description: "A shop" });
		const inside = `/applications/${shop.Id}`;
		expect(await list(`${inside}/environments`)).toMatchObject([
			{ Name: "test", Description: "For trying out" },
		]);
		expect(
			(await harness.request({ url: `${inside}/configurationprofiles` })).body,
		).toContain('"Name":"settings"');
	});

	test("updates resources from files when it changes, but not those made over the API", async () => {
		const harness = createHarness(
			inShop({ description: "A shop", profiles: { settings: {} } }),
		);
		const list = async (url: string) =>
			JSON.parse(toText((await harness.request({ url })).body)).Items;
		await harness.request({
			method: "POST",
			url: "/applications",
			body: Buffer.from('{"Name": "api", "Description": "By hand"}'),
		});
		const [shop] = await list("/applications");
		const changed = inShop({
			description: "Two shops",
			profiles: { settings: { type: "AWS.AppConfig.FeatureFlags" } },
		});
		harness.writeFile("appconfig.json", changed["appconfig.json"] ?? "");
		const after = await list("/applications");
		expect(after).toContainEqual({ ...shop, Description: "Two shops" });
		expect(after).toContainEqual(
			expect.objectContaining({ Name: "api", Description: "By hand" }),
		);
		expect(
			await list(`/applications/${shop.Id}/configurationprofiles`),
		).toMatchObject([{ Type: "AWS.AppConfig.FeatureFlags" }]);
	});

	test("deploys nothing when it is rewritten without a change to a profile", async () => {
		const profiles = { settings: { labels: { test: "spring" } } };
		const harness = createHarness(inShop({ profiles }));
		let token = await startPolling(harness);
		for (const shop of [
			{ profiles },
			{ profiles: { ...profiles, other: {} }, description: "A shop" },
		]) {
			harness.writeFile("appconfig.json", inShop(shop)["appconfig.json"] ?? "");
			const reply = await nextPoll(harness, token);
			expect(reply).toMatchObject({ status: 200, text: "" });
			token = reply.token;
		}
		expect(harness.events).toHaveLength(1);
	});

	test("deploys a file again when it gives the file a label", async () => {
		const harness = createHarness(inShop({ profiles: { settings: {} } }));
		const token = await startPolling(harness);
		const labels = { test: "spring" };
		const changed = inShop({ profiles: { settings: { labels } } });
		harness.writeFile("appconfig.json", changed["appconfig.json"] ?? "");
		const { text, label } = await nextPoll(harness, token);
		expect([text, label]).toEqual(['{"limit": 1}', "spring"]);
	});

	test("prevents the deployment of a file that violates its validator", async () => {
		const schema = { properties: { limit: { minimum: 1 } } };
		const harness = createHarness(
			inShop({ profiles: { settings: { validators: [schema] } } }),
		);
		await poll(harness, await startSession(harness));
		harness.writeFile(FILE, '{"limit": 0}');
		const reply = await poll(harness, await startSession(harness));
		expect(toText(reply.body)).toBe('{"limit": 1}');
		expect(harness.errors.join()).toContain("/limit must be >= 1");
	});

	test("gives the strategy by which changed files are deployed", async () => {
		const harness = createHarness(
			inShop({
				environments: {
					test: { strategy: "AppConfig.Linear50PercentEvery30Seconds" },
				},
			}),
		);
		const first = await poll(harness, await startSession(harness));
		harness.writeFile(FILE, '{"limit": 2}');
		harness.advance(60);
		const during = await poll(
			harness,
			first.header("Next-Poll-Configuration-Token") ?? "",
		);
		expect(toText(during.body)).toBe("");
		harness.advance(60);
		const after = await poll(
			harness,
			during.header("Next-Poll-Configuration-Token") ?? "",
		);
		expect(toText(after.body)).toBe('{"limit": 2}');
	});

	test.each([
		["{", "is not JSON"],
		['{"application": {}}', "$.application is not one of"],
		[
			'{"applications": {"a": {"profiles": {"b": {"type": "x"}}}}}',
			"$.applications.a.profiles.b.type must be",
		],
		[
			'{"applications": {"a": {"environments": {"b": {"strategy": "x"}}}}}',
			"$.applications.a.environments.b.strategy is not one of",
		],
		[
			'{"strategies": {"s": {"growthFactor": 0}}}',
			"$.strategies.s.growthFactor must be a number from 1 to 100",
		],
	])("%s is refused: %s", (text, message) => {
		expect(() => parseManifest(text)).toThrow(message);
	});

	test("is logged as an error if it is invalid, and files are still served", async () => {
		const harness = createHarness({ "appconfig.json": "{", [FILE]: "1" });
		const reply = await poll(harness, await startSession(harness));
		expect(toText(reply.body)).toBe("1");
		expect(harness.errors).toHaveLength(1);
	});

	test.each([
		[1_000, undefined],
		[
			20_000,
			"$.applications.shop.profiles.settings.validators[0] is nested more than 1000 levels deep",
		],
	])(
		"A validator that is nested %i levels deep is read, or named",
		(depth, message) => {
			const schema = `${'{"not":'.repeat(depth - 1)}{}${"}".repeat(depth - 1)}`;
			const read = () =>
				parseManifest(
					`{"applications":{"shop":{"profiles":{"settings":{"validators":[${schema}]}}}}}`,
				);
			if (message === undefined) expect(read).not.toThrow();
			else expect(read).toThrow(message);
		},
	);

	test.each(["constructor", "__proto__"])(
		"A name like %s finds nothing and breaks nothing",
		async (name) => {
			const harness = createHarness(inShop({}));
			for (const member of Object.keys(SETTINGS))
				await expect(
					startSession(harness, { ...SETTINGS, [member]: name }),
				).rejects.toThrow("not found");
			expect(harness.errors).toEqual([]);
		},
	);
});

describe("Options for undocumented behaviour", () => {
	const broken = { [FILE]: "{" };

	test("a missing deployment is an error of GetLatestConfiguration or of StartConfigurationSession", async () => {
		const late = createHarness(broken);
		const reply = await poll(late, await startSession(late));
		expect(reply.status).toBe(404);
		expect(toText(reply.body)).toContain('"ResourceType":"Deployment"');
		const early = createHarness(broken, { nothingDeployed: "start" });
		await expect(startSession(early)).rejects.toThrow('"Deployment"');
	});

	test("with replay a token can be used again, but not too early", async () => {
		const harness = createHarness({ [FILE]: "1" }, { tokenMode: "replay" });
		const token = await startSession(harness);
		const first = await poll(harness, token);
		expect(toText((await poll(harness, token)).body)).toBe("1");
		const next = first.header("Next-Poll-Configuration-Token") ?? "";
		expect((await poll(harness, next)).status).toBe(400);
	});

	test.each([
		["octet-stream", "application/octet-stream", undefined],
		["same", "application/json", "spring"],
		["none", undefined, undefined],
	] as const)(
		"An unchanged poll says %s",
		async (unchangedHeaders, type, label) => {
			const harness = createHarness(
				{ [FILE]: "1", [`${FILE}.label`]: "spring" },
				{ unchangedHeaders },
			);
			const first = await poll(harness, await startSession(harness));
			harness.advance(60);
			const reply = await poll(
				harness,
				first.header("Next-Poll-Configuration-Token") ?? "",
			);
			expect(reply.header("Content-Type")).toBe(type);
			expect(reply.header("Version-Label")).toBe(label);
		},
	);

	test("with throttle the request rates are those of the service", async () => {
		const harness = createHarness({ [FILE]: "1" }, { throttle: true });
		const outcomes: number[] = [];
		for (let call = 0; call < 501; call++)
			outcomes.push(
				await startSession(harness).then(
					() => 201,
					() => 429,
				),
			);
		expect(outcomes.filter((status) => status === 429)).toHaveLength(1);
		harness.advance(1);
		await startSession(harness);
	});
});
