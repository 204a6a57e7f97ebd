// Documents that are made to hold a server up: each is refused, and others are served meanwhile.
import {
	CreateConfigurationProfileCommand,
	DeleteEnvironmentCommand,
	ValidateConfigurationCommand,
} from "@aws-sdk/client-appconfig";
import { describe, expect, test } from "vitest";
import {
	createHarness,
	poll,
	SETTINGS,
	startSession,
	toBody,
	toText,
} from "../harness.ts";
import { createSampleApplication } from "../sample-data.ts";

/** Long enough for what is checked in milliseconds on any machine. */
const DEADLINE_MS = 3_000;

const HOSTILE = `${"a".repeat(40)}!`;

/** Of 2^depth ways to fail, all of which are tried. */
function branching(depth: number): object {
	const definitions: Record<string, object> = { d0: { type: "null" } };
	for (let level = 1; level <= depth; level++) {
		const below = { $ref: `#/definitions/d${level - 1}` };
		definitions[`d${level}`] = { anyOf: [below, { allOf: [below, below] }] };
	}
	return { definitions, $ref: `#/definitions/d${depth}` };
}

describe("A validator that would never finish", () => {
	test.each([
		["its pattern backtracks", { pattern: "^(a+)+$" }, JSON.stringify(HOSTILE)],
		[
			"the pattern of a property's name backtracks",
			{ patternProperties: { "^(a+)+$": { type: "string" } } },
			JSON.stringify({ [HOSTILE]: 1 }),
		],
		["it branches without end", branching(40), "1"],
		[
			"it compares each item with all others",
			{ uniqueItems: true },
			JSON.stringify(
				Array.from({ length: 100_000 }, (_, index) => ({ a: [index] })),
			),
		],
	])("is stopped: %s", async (_, schema, content) => {
		const shop = await createSampleApplication(
			{
				Validators: [{ Type: "JSON_SCHEMA", Content: JSON.stringify(schema) }],
			},
			{ validationTimeoutMs: DEADLINE_MS },
		);
		const version = await shop.createVersion(content);
		await expect(shop.deploy(version)).rejects.toMatchObject({
			name: "BadRequestException",
			message: expect.stringContaining(
				"does not satisfy its validator: it takes longer than 3 seconds",
			),
		});
	});

	test("does not delay other requests", async () => {
		const shop = await createSampleApplication(
			{
				Validators: [
					{
						Type: "JSON_SCHEMA",
						Content: JSON.stringify({ pattern: "^(a+)+$" }),
					},
				],
			},
			{ validationTimeoutMs: DEADLINE_MS },
		);
		await shop.deploy(await shop.createVersion('"aaa"'));
		shop.harness.advance(600);
		const version = await shop.createVersion(JSON.stringify(HOSTILE));
		let refused = false;
		const hostile = shop.deploy(version).catch(() => {
			refused = true;
		});
		let served = 0;
		while (!refused) {
			const reply = await poll(shop.harness, await startSession(shop.harness));
			expect(toText(reply.body)).toBe('"aaa"');
			served += 1;
			await new Promise(setImmediate);
		}
		await hostile;
		// While the server stands still, at most what has arrived before is served.
		expect(served).toBeGreaterThan(3);
	});

	test("does not affect later checks", async () => {
		const shop = await createSampleApplication(
			{
				Validators: [
					{
						Type: "JSON_SCHEMA",
						Content: JSON.stringify({ pattern: "^(a+)+$", maxLength: 50 }),
					},
				],
			},
			{ validationTimeoutMs: DEADLINE_MS },
		);
		const [hostile, long, good] = [
			await shop.createVersion(JSON.stringify(HOSTILE)),
			await shop.createVersion(JSON.stringify("a".repeat(51))),
			await shop.createVersion('"aaa"'),
		];
		const check = (ConfigurationVersion: string) =>
			shop.client
				.send(
					new ValidateConfigurationCommand({
						ApplicationId: shop.application,
						ConfigurationProfileId: shop.profile,
						ConfigurationVersion,
					}),
				)
				.then(
					() => "good",
					(error: Error) => error.message,
				);
		expect(
			await Promise.all([check(hostile), check(long), check(good)]),
		).toEqual([
			expect.stringContaining("takes longer than 3 seconds"),
			expect.stringContaining("must NOT have more than 50 characters"),
			"good",
		]);
	});

	test("is refused when its profile is created", async () => {
		const references = Object.fromEntries(
			Array.from({ length: 15 }, (_, level) => [
				`d${level}`,
				level === 0
					? {}
					: {
							allOf: Array.from({ length: 8 }, () => ({
								$ref: `#/definitions/d${level - 1}`,
							})),
						},
			]),
		);
		const schema = { definitions: references, $ref: "#/definitions/d14" };
		const made = createSampleApplication(
			{
				Validators: [{ Type: "JSON_SCHEMA", Content: JSON.stringify(schema) }],
			},
			{ validationTimeoutMs: DEADLINE_MS },
		);
		// Whether it is compiled in time is the compiler's affair; it may not stand still.
		await made.then(
			(shop) => expect(shop.profile).toMatch(/^[a-z0-9]{7}$/),
			(error) => expect(error).toMatchObject({ name: "BadRequestException" }),
		);
	});
});

describe("A validator", () => {
	test.each([
		["arrays", `${"[".repeat(20_000)}${"]".repeat(20_000)}`],
		["objects", `${'{"a":'.repeat(1_001)}1${"}".repeat(1_001)}`],
	])(
		"that refers to itself refuses %s that are nested deeply",
		async (_, content) => {
			const schema = {
				items: { $ref: "#" },
				additionalProperties: { $ref: "#" },
			};
			const shop = await createSampleApplication({
				Validators: [{ Type: "JSON_SCHEMA", Content: JSON.stringify(schema) }],
			});
			const version = await shop.createVersion(content);
			await expect(shop.deploy(version)).rejects.toMatchObject({
				name: "BadRequestException",
				Reason: "InvalidConfiguration",
				message: expect.stringContaining("nested more than 1000 levels deep"),
			});
			const brackets = JSON.stringify(`\\"${"[".repeat(2_000)}`);
			const shallow = `${"[".repeat(1_000)}${brackets}${"]".repeat(1_000)}`;
			expect(await shop.deploy(await shop.createVersion(shallow))).toBe(1);
		},
	);

	test("with Ajv's keyword $async is checked like any other, and so is the next one", async () => {
		const shop = await createSampleApplication({
			Validators: [
				{
					Type: "JSON_SCHEMA",
					Content: JSON.stringify({
						$async: true,
						type: "object",
						properties: { $async: { $async: true, type: "number" } },
					}),
				},
			],
		});
		const wrong = await shop.createVersion('{"$async": "x"}');
		for (let times = 0; times < 3; times += 1)
			await expect(shop.deploy(wrong)).rejects.toMatchObject({
				name: "BadRequestException",
				message: expect.stringContaining("/$async must be number"),
			});
		expect(await shop.deploy(await shop.createVersion('{"$async": 1}'))).toBe(
			1,
		);
	});

	test.each([
		["null", "schema must be object or boolean"],
		[
			`${'{"not":'.repeat(3_000)}{}${"}".repeat(3_000)}`,
			"nested more than 1000 levels deep",
		],
	])("%.12s is refused", async (Content, message) => {
		await expect(
			createSampleApplication({
				Validators: [{ Type: "JSON_SCHEMA", Content }],
			}),
		).rejects.toMatchObject({
			name: "BadRequestException",
			message: expect.stringContaining(message),
		});
	});

	test("that refers only to itself is refused when it is used", async () => {
		const shop = await createSampleApplication({
			Validators: [{ Type: "JSON_SCHEMA", Content: '{"$ref": "#"}' }],
		});
		await expect(
			shop.deploy(await shop.createVersion("1")),
		).rejects.toMatchObject({
			name: "BadRequestException",
			message: expect.stringContaining("refers to itself without end"),
		});
	});

	test("reports at most 100 violations", async () => {
		const schema = { items: { type: "string", enum: ["a"] } };
		const shop = await createSampleApplication({
			Validators: [{ Type: "JSON_SCHEMA", Content: JSON.stringify(schema) }],
		});
		const content = JSON.stringify(Array.from({ length: 50_000 }, () => 1));
		const error = await shop
			.deploy(await shop.createVersion(content))
			.catch(
				(refused: { Details: { InvalidConfiguration: object[] } }) => refused,
			);
		expect(error).toHaveProperty("Details.InvalidConfiguration.length", 100);
	});

	test("may have properties with the names of keywords", async () => {
		const schema = {
			properties: {
				enum: { type: "string" },
				id: { type: "string" },
				minimum: { type: "integer", minimum: 1, exclusiveMinimum: true },
			},
			additionalProperties: false,
		};
		const shop = await createSampleApplication({
			Validators: [{ Type: "JSON_SCHEMA", Content: JSON.stringify(schema) }],
		});
		const refuse = async (content: object) =>
			shop.deploy(await shop.createVersion(JSON.stringify(content)));
		await expect(refuse({ enum: 1 })).rejects.toMatchObject({
			Reason: "InvalidConfiguration",
		});
		await expect(refuse({ minimum: 1 })).rejects.toMatchObject({
			Reason: "InvalidConfiguration",
		});
		expect(await refuse({ enum: "a", id: "b", minimum: 2 })).toBe(1);
	});

	test("of a file that would never finish keeps the last good content", async () => {
		const settings = { validators: [{ pattern: "^(a+)+$" }] };
		const file = "shop/test/settings.json";
		const harness = createHarness(
			{
				"appconfig.json": JSON.stringify({
					applications: { shop: { profiles: { settings } } },
				}),
				[file]: '"aaa"',
			},
			{ validationTimeoutMs: DEADLINE_MS },
		);
		const read = async () =>
			toText((await poll(harness, await startSession(harness))).body);
		expect(await read()).toBe('"aaa"');
		harness.writeFile(file, JSON.stringify(HOSTILE));
		expect(await read()).toBe('"aaa"');
		expect(harness.errors.join()).toContain("takes longer than 3 seconds");
		harness.writeFile(file, '"aaaa"');
		expect(await read()).toBe('"aaaa"');
	});
});

describe("While a check is running", () => {
	const Validators = [{ Type: "JSON_SCHEMA" as const, Content: "{}" }];

	test("no second deployment starts in the environment", async () => {
		const shop = await createSampleApplication({ Validators });
		const version = await shop.createVersion("1");
		const outcomes = await Promise.allSettled([
			shop.deploy(version),
			shop.deploy(version),
			shop.deploy(version),
		]);
		const refused = outcomes.filter(({ status }) => status === "rejected");
		expect(refused).toHaveLength(2);
		for (const one of refused)
			expect(one).toMatchObject({ reason: { name: "ConflictException" } });
	});

	test("no second profile gets the same name", async () => {
		const shop = await createSampleApplication();
		const make = () =>
			shop.client.send(
				new CreateConfigurationProfileCommand({
					ApplicationId: shop.application,
					Name: "same",
					LocationUri: "hosted",
					Validators,
				}),
			);
		const outcomes = await Promise.allSettled([make(), make()]);
		expect(outcomes.map(({ status }) => status).sort()).toEqual([
			"fulfilled",
			"rejected",
		]);
	});

	test("a version that is deleted is not deployed", async () => {
		const shop = await createSampleApplication({ Validators });
		const version = await shop.createVersion("1");
		const started = shop.deploy(version);
		await shop.client.send(
			new DeleteEnvironmentCommand({
				ApplicationId: shop.application,
				EnvironmentId: shop.environment,
			}),
		);
		const reply = await started.catch((error: Error) => error.name);
		// Whichever came first: nothing is left of a deployment without its environment.
		expect([1, "ResourceNotFoundException"]).toContain(reply);
		const session = await shop.harness.request({
			method: "POST",
			url: "/configurationsessions",
			body: toBody(SETTINGS),
		});
		expect(session.status).toBe(404);
	});

	test("a schema that is nested too deeply is refused with that reason", async () => {
		const Content = `${'{"not":'.repeat(4_000)}{}${"}".repeat(4_000)}`;
		await expect(
			createSampleApplication({
				Validators: [{ Type: "JSON_SCHEMA", Content }],
			}),
		).rejects.toMatchObject({
			name: "BadRequestException",
			message: expect.stringContaining("JSON Schema"),
		});
	});
});

describe("A flag's constraint", () => {
	test("whose pattern backtracks is stopped at creation", async () => {
		const shop = await createSampleApplication(
			{ Type: "AWS.AppConfig.FeatureFlags" },
			{ validationTimeoutMs: DEADLINE_MS },
		);
		const constraints = { type: "string", pattern: "^(a+)+$" };
		const document = {
			version: "1",
			flags: { flag: { attributes: { size: { constraints } } } },
			values: { flag: { enabled: true, size: HOSTILE } },
		};
		await expect(
			shop.createVersion(JSON.stringify(document)),
		).rejects.toMatchObject({
			name: "BadRequestException",
			message: expect.stringContaining("takes longer than 3 seconds"),
		});
	});
});
