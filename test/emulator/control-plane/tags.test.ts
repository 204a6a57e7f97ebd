import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
	type AppConfigClient,
	CreateApplicationCommand,
	CreateConfigurationProfileCommand,
	CreateDeploymentStrategyCommand,
	CreateEnvironmentCommand,
	DeleteApplicationCommand,
	DeleteEnvironmentCommand,
	ListApplicationsCommand,
	ListTagsForResourceCommand,
	StartDeploymentCommand,
	TagResourceCommand,
	UntagResourceCommand,
} from "@aws-sdk/client-appconfig";
import { describe, expect, onTestFinished, test } from "vitest";
import { openJournal } from "../../../src/emulator/registry/journal.ts";
import { createHarness, toBody, toText } from "../harness.ts";
import { createClient, createSampleApplication } from "../sample-data.ts";

const PREFIX = "arn:aws:appconfig:eu-west-1:123456789012:";

async function list(client: AppConfigClient, resource: string) {
	const { Tags } = await client.send(
		new ListTagsForResourceCommand({ ResourceArn: PREFIX + resource }),
	);
	return Tags;
}

function tag(client: AppConfigClient, resource: string, Tags: Tags) {
	const ResourceArn = PREFIX + resource;
	return client.send(new TagResourceCommand({ ResourceArn, Tags }));
}

type Tags = Record<string, string>;

describe("Tags", () => {
	test("given at creation are listed by the ARN of each kind of resource", async () => {
		const shop = await createSampleApplication({ Tags: { kind: "profile" } });
		const { client, application } = shop;
		const ApplicationId = application;
		const root = `application/${application}`;
		expect(
			await list(client, `${root}/configurationprofile/${shop.profile}`),
		).toEqual({ kind: "profile" });
		const environment = await client.send(
			new CreateEnvironmentCommand({
				ApplicationId,
				Name: "tagged",
				Tags: { kind: "environment" },
			}),
		);
		expect(await list(client, `${root}/environment/${environment.Id}`)).toEqual(
			{
				kind: "environment",
			},
		);
		const strategy = await client.send(
			new CreateDeploymentStrategyCommand({
				Name: "fast",
				DeploymentDurationInMinutes: 0,
				GrowthFactor: 100,
				Tags: { kind: "strategy" },
			}),
		);
		expect(await list(client, `deploymentstrategy/${strategy.Id}`)).toEqual({
			kind: "strategy",
		});
		const deployment = await client.send(
			new StartDeploymentCommand({
				ApplicationId,
				EnvironmentId: environment.Id ?? "",
				ConfigurationProfileId: shop.profile,
				ConfigurationVersion: await shop.createVersion("1"),
				DeploymentStrategyId: strategy.Id ?? "",
				Tags: { kind: "deployment", empty: "" },
			}),
		);
		const place = `${root}/environment/${environment.Id}/deployment/${deployment.DeploymentNumber}`;
		expect(await list(client, place)).toEqual({
			kind: "deployment",
			empty: "",
		});
	});

	test("are an empty list for resources without tags, also for predefined strategies", async () => {
		const shop = await createSampleApplication();
		for (const resource of [
			`application/${shop.application}`,
			"deploymentstrategy/AppConfig.AllAtOnce",
		])
			expect(await list(shop.client, resource)).toEqual({});
	});

	test("are added, changed and removed, also with names like __proto__", async () => {
		const { client, application } = await createSampleApplication();
		const resource = `application/${application}`;
		await tag(client, resource, { team: "a", "käse ☀": "b c&d", base64: "x" });
		await tag(client, resource, { team: "b", constructor: "c" });
		expect(await list(client, resource)).toEqual({
			team: "b",
			"käse ☀": "b c&d",
			base64: "x",
			constructor: "c",
		});
		await client.send(
			new UntagResourceCommand({
				ResourceArn: PREFIX + resource,
				TagKeys: ["team", "käse ☀", "never there"],
			}),
		);
		expect(await list(client, resource)).toEqual({
			base64: "x",
			constructor: "c",
		});
	});

	test("that are invalid are refused, and the resource is not created", async () => {
		const client = await createClient();
		const many = Object.fromEntries(
			Array.from({ length: 51 }, (_, index) => [`key${index}`, ""]),
		);
		for (const Tags of [
			{ "aws:team": "a" },
			{ "AWS:team": "a" },
			{ "": "a" },
			{ ["k".repeat(129)]: "a" },
			{ key: "v".repeat(257) },
			many,
		])
			await expect(
				client.send(new CreateApplicationCommand({ Name: "a", Tags })),
			).rejects.toMatchObject({ name: "BadRequestException" });
		const { Items } = await client.send(new ListApplicationsCommand({}));
		expect(Items).toEqual([]);
	});

	test("over 50 are refused, also if added later", async () => {
		const { client, application } = await createSampleApplication();
		const resource = `application/${application}`;
		const fifty = Object.fromEntries(
			Array.from({ length: 50 }, (_, index) => [`key${index}`, "v"]),
		);
		await tag(client, resource, fifty);
		await tag(client, resource, { key0: "changed" });
		await expect(tag(client, resource, { more: "v" })).rejects.toMatchObject({
			name: "BadRequestException",
		});
	});

	test.each([
		["application/zzzzzzz", "ResourceNotFoundException"],
		["application/zzzzzzz/environment/yyyyyyy", "ResourceNotFoundException"],
		["extension/zzzzzzz", "BadRequestException"],
		["nothing", "BadRequestException"],
	])("of %s are a %s", async (resource, name) => {
		const client = await createClient();
		await expect(list(client, resource)).rejects.toMatchObject({ name });
		await expect(tag(client, resource, { a: "b" })).rejects.toMatchObject({
			name,
		});
	});

	test("take an ARN with slashes or without an account, and refuse other texts", async () => {
		const shop = await createSampleApplication();
		const resource = `application/${shop.application}`;
		await tag(shop.client, resource, { a: "b" });
		const get = async (arn: string) => {
			const reply = await shop.harness.request({ url: `/tags/${arn}` });
			return [reply.status, JSON.parse(toText(reply.body)).Tags];
		};
		expect(await get(PREFIX + resource)).toEqual([200, { a: "b" }]);
		expect(await get(`arn:aws-cn:appconfig:cn-north-1::${resource}`)).toEqual([
			200,
			{ a: "b" },
		]);
		expect(await get("arn")).toEqual([400, undefined]);
		expect(await get("%")).toEqual([400, undefined]);
	});

	test("are deleted with their resource", async () => {
		const shop = await createSampleApplication();
		const { client, application } = shop;
		await client.send(
			new StartDeploymentCommand({
				ApplicationId: application,
				EnvironmentId: shop.environment,
				ConfigurationProfileId: shop.profile,
				ConfigurationVersion: await shop.createVersion("1"),
				DeploymentStrategyId: "AppConfig.AllAtOnce",
				Tags: { a: "b" },
			}),
		);
		shop.harness.advance(600);
		const place = `application/${application}/environment/${shop.environment}/deployment/1`;
		expect(await list(client, place)).toEqual({ a: "b" });
		await client.send(
			new DeleteEnvironmentCommand({
				ApplicationId: application,
				EnvironmentId: shop.environment,
			}),
		);
		await expect(list(client, place)).rejects.toMatchObject({
			name: "ResourceNotFoundException",
		});
	});

	test("survive a restart, and are not found after their resource was deleted", async () => {
		const data = mkdtempSync(join(tmpdir(), "tags-"));
		onTestFinished(() => rmSync(data, { recursive: true }));
		const first = openJournal(data);
		const client = await createClient(createHarness({}, { journal: first }));
		const make = (Name: string) =>
			client.send(
				new CreateApplicationCommand({ Name, Tags: { base64: "eA==" } }),
			);
		const [kept, gone] = [await make("kept"), await make("gone")];
		await client.send(new DeleteApplicationCommand({ ApplicationId: gone.Id }));
		first.close();
		const second = openJournal(data);
		onTestFinished(() => second.close());
		expect(second.restored.map(({ table }) => table)).toEqual([
			"applications",
			"tags",
		]);
		const again = await createClient(createHarness({}, { journal: second }));
		expect(await list(again, `application/${kept.Id}`)).toEqual({
			base64: "eA==",
		});
	});

	test("of a resource from a file stay when the file changes", async () => {
		const harness = createHarness({ "shop/test/settings.json": "1" });
		const client = await createClient(harness);
		const { Items: [app] = [] } = await client.send(
			new ListApplicationsCommand({}),
		);
		await tag(client, `application/${app?.Id}`, { a: "b" });
		harness.writeFile("shop/test/other.json", "1");
		expect(await list(client, `application/${app?.Id}`)).toEqual({ a: "b" });
	});

	test("are limited to 20 requests a second with --throttle", async () => {
		const harness = createHarness({}, { throttle: true });
		const statuses: number[] = [];
		for (let call = 0; call < 21; call++) {
			const url = `/tags/${PREFIX}deploymentstrategy/AppConfig.AllAtOnce`;
			statuses.push((await harness.request({ url })).status);
		}
		expect(statuses).toEqual([...Array(20).fill(200), 429]);
	});

	test("are allowed by policies by their resource", async () => {
		const harness = createHarness(
			{},
			{
				// A signature is valid for five minutes.
				clock: Date.now,
				principals: [
					{
						accessKeyId: "test",
						secretAccessKey: "test",
						arn: "arn:aws:iam::123456789012:user/test",
						allow: [
							{ actions: ["appconfig:Create*"], resources: ["*"] },
							{
								actions: ["appconfig:ListTagsForResource"],
								resources: ["arn:aws:appconfig:*:*:application/mine"],
							},
						],
					},
				],
			},
		);
		const client = await createClient(harness);
		const make = (Name: string) =>
			client.send(new CreateApplicationCommand({ Name, Tags: { a: Name } }));
		const [mine, other] = [await make("mine"), await make("other")];
		expect(await list(client, `application/${mine.Id}`)).toEqual({ a: "mine" });
		await expect(list(client, `application/${other.Id}`)).rejects.toMatchObject(
			{ name: "AccessDeniedException" },
		);
	});

	test("are refused if they are not a map of strings", async () => {
		const shop = await createSampleApplication();
		for (const Tags of [undefined, null, [], "a", { a: 1 }, { a: null }]) {
			const reply = await shop.harness.request({
				method: "POST",
				url: `/tags/${encodeURIComponent(`${PREFIX}application/${shop.application}`)}`,
				headers: { "content-type": "application/json" },
				body: toBody({ Tags }),
			});
			expect(reply.status).toBe(400);
		}
	});
});

describe("A KMS key", () => {
	test("is stored with a profile and a deployment, and removed by an empty identifier", async () => {
		const KmsKeyIdentifier =
			"arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
		const shop = await createSampleApplication({ KmsKeyIdentifier });
		const profile = `/applications/${shop.application}/configurationprofiles/${shop.profile}`;
		const get = async (url: string) =>
			JSON.parse(toText((await shop.harness.request({ url })).body));
		expect(await get(profile)).toMatchObject({ KmsKeyIdentifier });
		await shop.deploy(await shop.createVersion("1"));
		const deployment = `/applications/${shop.application}/environments/${shop.environment}/deployments/1`;
		expect(await get(deployment)).toMatchObject({
			KmsKeyIdentifier,
			KmsKeyArn: KmsKeyIdentifier,
		});
		await shop.harness.request({
			method: "PATCH",
			url: profile,
			body: toBody({ KmsKeyIdentifier: "" }),
		});
		expect(await get(profile)).not.toHaveProperty("KmsKeyIdentifier");
		expect(await get(deployment)).toMatchObject({ KmsKeyIdentifier });
	});

	test("of a deployment overrides that of its profile", async () => {
		const shop = await createSampleApplication({
			KmsKeyIdentifier: "alias/profile",
		});
		const started = await shop.client.send(
			new StartDeploymentCommand({
				ApplicationId: shop.application,
				EnvironmentId: shop.environment,
				ConfigurationProfileId: shop.profile,
				ConfigurationVersion: await shop.createVersion("1"),
				DeploymentStrategyId: "AppConfig.AllAtOnce",
				KmsKeyIdentifier: "alias/own",
			}),
		);
		expect(started.KmsKeyIdentifier).toBe("alias/own");
		expect(started.KmsKeyArn).toBeUndefined();
	});
});

describe("A profile", () => {
	test("may have an empty validator, which every content satisfies", async () => {
		const shop = await createSampleApplication({
			Validators: [{ Type: "JSON_SCHEMA", Content: "" }],
		});
		const profile = await shop.client.send(
			new CreateConfigurationProfileCommand({
				ApplicationId: shop.application,
				Name: "second",
				LocationUri: "hosted",
				Validators: [{ Type: "JSON_SCHEMA", Content: "" }],
			}),
		);
		expect(profile.Validators).toEqual([{ Type: "JSON_SCHEMA", Content: "" }]);
		expect(await shop.deploy(await shop.createVersion("not JSON"))).toBe(1);
	});
});
