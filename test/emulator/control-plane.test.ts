// The control plane through the real @aws-sdk/client-appconfig, and what its deployments do to sessions.
import {
	AppConfigClient,
	ConflictException,
	CreateApplicationCommand,
	CreateConfigurationProfileCommand,
	CreateDeploymentStrategyCommand,
	CreateEnvironmentCommand,
	CreateHostedConfigurationVersionCommand,
	DeleteApplicationCommand,
	DeleteDeploymentStrategyCommand,
	DeleteEnvironmentCommand,
	GetDeploymentCommand,
	GetEnvironmentCommand,
	GetHostedConfigurationVersionCommand,
	ListApplicationsCommand,
	ListConfigurationProfilesCommand,
	ListDeploymentStrategiesCommand,
	ListDeploymentsCommand,
	ListEnvironmentsCommand,
	ListHostedConfigurationVersionsCommand,
	PayloadTooLargeException,
	StartDeploymentCommand,
	StopDeploymentCommand,
	UpdateApplicationCommand,
	UpdateDeploymentStrategyCommand,
	ValidateConfigurationCommand,
} from "@aws-sdk/client-appconfig";
import { describe, expect, onTestFinished, test } from "vitest";
import { createDesk, type Desk, poll, startSession, toText } from "./desk.ts";

interface Shop {
	readonly desk: Desk;
	readonly client: AppConfigClient;
	readonly application: string;
	readonly environment: string;
	readonly profile: string;
	/** Makes a hosted version of this content and gives its number. */
	version(content: string, label?: string): Promise<string>;
	deploy(version: string, strategy?: string): Promise<number>;
}

async function createClient(
	desk: Desk = createDesk(),
): Promise<AppConfigClient> {
	const { url } = await desk.emulator.listen({ port: 0 });
	const client = new AppConfigClient({
		endpoint: url,
		region: "eu-west-1",
		credentials: { accessKeyId: "test", secretAccessKey: "test" },
	});
	onTestFinished(() => client.destroy());
	return client;
}

async function createShop(
	profile: Partial<CreateConfigurationProfileCommand["input"]> = {},
): Promise<Shop> {
	const desk = createDesk();
	const client = await createClient(desk);
	const { Id: ApplicationId = "" } = await client.send(
		new CreateApplicationCommand({ Name: "shop", Description: "A shop" }),
	);
	const { Id: EnvironmentId = "" } = await client.send(
		new CreateEnvironmentCommand({ ApplicationId, Name: "test" }),
	);
	const { Id: ConfigurationProfileId = "" } = await client.send(
		new CreateConfigurationProfileCommand({
			ApplicationId,
			Name: "settings",
			LocationUri: "hosted",
			...profile,
		}),
	);
	return {
		desk,
		client,
		application: ApplicationId,
		environment: EnvironmentId,
		profile: ConfigurationProfileId,
		async version(content, VersionLabel) {
			const made = await client.send(
				new CreateHostedConfigurationVersionCommand({
					ApplicationId,
					ConfigurationProfileId,
					Content: new TextEncoder().encode(content),
					ContentType: "application/json",
					...(VersionLabel === undefined ? {} : { VersionLabel }),
				}),
			);
			return String(made.VersionNumber);
		},
		async deploy(ConfigurationVersion, strategy = "AppConfig.AllAtOnce") {
			const { DeploymentNumber = -1 } = await client.send(
				new StartDeploymentCommand({
					ApplicationId,
					EnvironmentId,
					ConfigurationProfileId,
					ConfigurationVersion,
					DeploymentStrategyId: strategy,
				}),
			);
			return DeploymentNumber;
		},
	};
}

/** What a hundred new sessions, one in each slot, are given. */
async function countContents(desk: Desk): Promise<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (let session = 0; session < 100; session++) {
		const reply = await poll(desk, await startSession(desk));
		const text = toText(reply.body);
		counts[text] = (counts[text] ?? 0) + 1;
	}
	return counts;
}

describe("Resources", () => {
	test("An application is made, read, renamed, listed and deleted", async () => {
		const client = await createClient();
		const made = await client.send(new CreateApplicationCommand({ Name: "a" }));
		expect(made.Id).toMatch(/^[a-z0-9]{7}$/);
		const id = { ApplicationId: made.Id };
		await client.send(new UpdateApplicationCommand({ ...id, Name: "b" }));
		const listed = await client.send(new ListApplicationsCommand({}));
		expect(listed.Items).toEqual([{ Id: made.Id, Name: "b" }]);
		await client.send(new DeleteApplicationCommand(id));
		await expect(
			client.send(new DeleteApplicationCommand(id)),
		).rejects.toMatchObject({
			name: "ResourceNotFoundException",
			ResourceName: `Application ${made.Id}`,
		});
	});

	test("Lists come in pages", async () => {
		const client = await createClient();
		for (const Name of ["a", "b", "c"])
			await client.send(new CreateApplicationCommand({ Name }));
		const first = await client.send(
			new ListApplicationsCommand({ MaxResults: 2 }),
		);
		const rest = await client.send(
			new ListApplicationsCommand({ NextToken: first.NextToken }),
		);
		const names = [...(first.Items ?? []), ...(rest.Items ?? [])];
		expect(names.map(({ Name }) => Name)).toEqual(["a", "b", "c"]);
		expect(rest.NextToken).toBeUndefined();
	});

	test("A missing name, a long one, one in use: each is a bad request", async () => {
		const client = await createClient();
		await client.send(new CreateApplicationCommand({ Name: "a" }));
		for (const Name of [undefined, "", "x".repeat(65), "a"])
			await expect(
				client.send(new CreateApplicationCommand({ Name })),
			).rejects.toMatchObject({ name: "BadRequestException" });
	});

	test("The predefined strategies are there, own ones come and go", async () => {
		const client = await createClient();
		const made = await client.send(
			new CreateDeploymentStrategyCommand({
				Name: "slow",
				DeploymentDurationInMinutes: 10,
				GrowthFactor: 20,
			}),
		);
		const { Items = [] } = await client.send(
			new ListDeploymentStrategiesCommand({}),
		);
		expect(Items.map(({ Name }) => Name)).toEqual([
			"AppConfig.AllAtOnce",
			"AppConfig.Linear50PercentEvery30Seconds",
			"AppConfig.Canary10Percent20Minutes",
			"AppConfig.Linear20PercentEvery6Minutes",
			"slow",
		]);
		const id = { DeploymentStrategyId: made.Id };
		const updated = await client.send(
			new UpdateDeploymentStrategyCommand({ ...id, GrowthFactor: 25 }),
		);
		expect(updated.GrowthFactor).toBe(25);
		await client.send(new DeleteDeploymentStrategyCommand(id));
	});

	test("The twenty-first environment exceeds the quota", async () => {
		const shop = await createShop();
		const make = (Name: string) =>
			shop.client.send(
				new CreateEnvironmentCommand({
					ApplicationId: shop.application,
					Name,
				}),
			);
		for (let count = 1; count < 20; count++) await make(`test-${count}`);
		await expect(make("one-more")).rejects.toMatchObject({
			name: "ServiceQuotaExceededException",
			$metadata: { httpStatusCode: 402 },
		});
	});

	test("Tags are left out plainly: their paths are unknown", async () => {
		const reply = await createDesk().call({ url: "/tags/arn" });
		expect(reply.status).toBe(404);
	});

	test("A deployment over a file stays on top until the file changes", async () => {
		const file = "shop/test/settings.json";
		const desk = createDesk({ [file]: '"file"' });
		const read = async () =>
			toText((await poll(desk, await startSession(desk))).body);
		expect(await read()).toBe('"file"');
		const client = await createClient(desk);
		const { Items: [app] = [] } = await client.send(
			new ListApplicationsCommand({}),
		);
		const ApplicationId = app?.Id ?? "";
		const { Items: [environment] = [] } = await client.send(
			new ListEnvironmentsCommand({ ApplicationId }),
		);
		const { Items: [profile] = [] } = await client.send(
			new ListConfigurationProfilesCommand({ ApplicationId }),
		);
		const { VersionNumber } = await client.send(
			new CreateHostedConfigurationVersionCommand({
				ApplicationId,
				ConfigurationProfileId: profile?.Id,
				Content: new TextEncoder().encode('"api"'),
				ContentType: "application/json",
			}),
		);
		await client.send(
			new StartDeploymentCommand({
				ApplicationId,
				EnvironmentId: environment?.Id,
				ConfigurationProfileId: profile?.Id,
				ConfigurationVersion: String(VersionNumber),
				DeploymentStrategyId: "AppConfig.AllAtOnce",
			}),
		);
		expect(await read()).toBe('"api"');
		desk.put(file, '"changed"');
		expect(await read()).toBe('"changed"');
		desk.put(file, '"file"');
		expect(await read()).toBe('"file"');
	});

	test("What stands in files is listed with ids that sessions can use", async () => {
		const desk = createDesk({ "shop/test/settings.json": '{"file": 1}' });
		const client = await createClient(desk);
		const { Items: [shop] = [] } = await client.send(
			new ListApplicationsCommand({}),
		);
		const ApplicationId = shop?.Id ?? "";
		const { Items: [environment] = [] } = await client.send(
			new ListEnvironmentsCommand({ ApplicationId }),
		);
		const { Items: [profile] = [] } = await client.send(
			new ListConfigurationProfilesCommand({ ApplicationId }),
		);
		expect(profile).toMatchObject({ Name: "settings", Type: "AWS.Freeform" });
		const token = await startSession(desk, {
			ApplicationIdentifier: ApplicationId,
			EnvironmentIdentifier: environment?.Id,
			ConfigurationProfileIdentifier: profile?.Id,
		});
		expect(toText((await poll(desk, token)).body)).toBe('{"file": 1}');
		const { Items: deployments = [] } = await client.send(
			new ListDeploymentsCommand({
				ApplicationId,
				EnvironmentId: environment?.Id,
			}),
		);
		expect(deployments).toMatchObject([
			{ ConfigurationName: "settings", State: "COMPLETE" },
		]);
	});
});

describe("Hosted versions", () => {
	test("come back byte for byte with number, type, label and description", async () => {
		const shop = await createShop();
		await shop.version('{"a": 9007199254740993}', "spring-1");
		const read = await shop.client.send(
			new GetHostedConfigurationVersionCommand({
				ApplicationId: shop.application,
				ConfigurationProfileId: shop.profile,
				VersionNumber: 1,
			}),
		);
		expect(read).toMatchObject({
			VersionNumber: 1,
			VersionLabel: "spring-1",
			ContentType: "application/json",
		});
		expect(Buffer.from(read.Content ?? []).toString()).toBe(
			'{"a": 9007199254740993}',
		);
	});

	test("are listed newest first, by label too", async () => {
		const shop = await createShop();
		for (const label of ["spring-1", "spring-2", "autumn"])
			await shop.version("1", label);
		const list = async (VersionLabel?: string) => {
			const { Items = [] } = await shop.client.send(
				new ListHostedConfigurationVersionsCommand({
					ApplicationId: shop.application,
					ConfigurationProfileId: shop.profile,
					...(VersionLabel === undefined ? {} : { VersionLabel }),
				}),
			);
			return Items.map(({ VersionNumber }) => VersionNumber);
		};
		expect(await list()).toEqual([3, 2, 1]);
		expect(await list("spring*")).toEqual([2, 1]);
		expect(await list("autumn")).toEqual([3]);
	});

	test("A latest number that is no longer the latest is a conflict", async () => {
		const shop = await createShop();
		await shop.version("1");
		await expect(
			shop.client.send(
				new CreateHostedConfigurationVersionCommand({
					ApplicationId: shop.application,
					ConfigurationProfileId: shop.profile,
					Content: new Uint8Array([49]),
					ContentType: "text/plain",
					LatestVersionNumber: 0,
				}),
			),
		).rejects.toBeInstanceOf(ConflictException);
	});

	test("A content over 2 048 KB is too large", async () => {
		const shop = await createShop();
		await expect(
			shop.version("x".repeat(2048 * 1024 + 1)),
		).rejects.toBeInstanceOf(PayloadTooLargeException);
	});

	test("A label of digits only is refused", async () => {
		const shop = await createShop();
		await expect(shop.version("1", "42")).rejects.toMatchObject({
			name: "BadRequestException",
		});
	});
});

describe("Deployments", () => {
	test("A version reaches nobody before it is deployed, then everybody", async () => {
		const shop = await createShop();
		const token = await startSession(shop.desk);
		expect((await poll(shop.desk, token)).status).toBe(404);
		await shop.deploy(await shop.version('"one"'));
		await shop.version('"two"');
		const reply = await poll(shop.desk, token);
		expect(toText(reply.body)).toBe('"one"');
	});

	test("A linear deployment reaches 0, 50, then 100 % of sessions, bakes and is complete", async () => {
		const shop = await createShop();
		await shop.deploy(await shop.version('"old"'));
		shop.desk.advance(600);
		const number = await shop.deploy(
			await shop.version('"new"'),
			"AppConfig.Linear50PercentEvery30Seconds",
		);
		const get = () =>
			shop.client.send(
				new GetDeploymentCommand({
					ApplicationId: shop.application,
					EnvironmentId: shop.environment,
					DeploymentNumber: number,
				}),
			);
		expect(await countContents(shop.desk)).toEqual({ '"old"': 100 });
		shop.desk.advance(30);
		expect(await countContents(shop.desk)).toEqual({
			'"old"': 50,
			'"new"': 50,
		});
		expect(await get()).toMatchObject({
			State: "DEPLOYING",
			PercentageComplete: 50,
		});
		shop.desk.advance(30);
		expect(await countContents(shop.desk)).toEqual({ '"new"': 100 });
		expect(await get()).toMatchObject({ State: "BAKING" });
		shop.desk.advance(60);
		const done = await get();
		expect(done).toMatchObject({ State: "COMPLETE", PercentageComplete: 100 });
		expect(done.EventLog?.map(({ EventType }) => EventType)).toEqual([
			"DEPLOYMENT_COMPLETED",
			"BAKE_TIME_STARTED",
			"PERCENTAGE_UPDATED",
			"PERCENTAGE_UPDATED",
			"PERCENTAGE_UPDATED",
			"DEPLOYMENT_STARTED",
		]);
		expect(done.CompletedAt?.getTime()).toBe(shop.desk.now());
	});

	test("A session keeps its side during a deployment", async () => {
		const shop = await createShop();
		await shop.deploy(await shop.version('"old"'));
		shop.desk.advance(600);
		await shop.deploy(
			await shop.version('"new"'),
			"AppConfig.Canary10Percent20Minutes",
		);
		let changes = 0;
		let token = await startSession(shop.desk);
		for (let minute = 0; minute < 40; minute++) {
			const reply = await poll(shop.desk, token);
			if (reply.body.length > 0) changes += 1;
			token = reply.header("Next-Poll-Configuration-Token") ?? "";
			shop.desk.advance(60);
		}
		expect(changes).toBeLessThanOrEqual(2);
		expect(await countContents(shop.desk)).toEqual({ '"new"': 100 });
	});

	test("A stopped deployment is rolled back, and sessions get the old version again", async () => {
		const shop = await createShop();
		await shop.deploy(await shop.version('"old"'));
		shop.desk.advance(600);
		const number = await shop.deploy(await shop.version('"new"'));
		const first = await poll(shop.desk, await startSession(shop.desk));
		expect(toText(first.body)).toBe('"new"');
		const stopped = await shop.client.send(
			new StopDeploymentCommand({
				ApplicationId: shop.application,
				EnvironmentId: shop.environment,
				DeploymentNumber: number,
			}),
		);
		expect(stopped.State).toBe("ROLLED_BACK");
		const { State } = await shop.client.send(
			new GetEnvironmentCommand({
				ApplicationId: shop.application,
				EnvironmentId: shop.environment,
			}),
		);
		expect(State).toBe("ROLLED_BACK");
		shop.desk.advance(60);
		const next = first.header("Next-Poll-Configuration-Token") ?? "";
		expect(toText((await poll(shop.desk, next)).body)).toBe('"old"');
	});

	test("A complete deployment is reverted only when that is allowed, within 72 hours", async () => {
		const shop = await createShop();
		await shop.deploy(await shop.version('"old"'));
		shop.desk.advance(600);
		const number = await shop.deploy(await shop.version('"new"'));
		shop.desk.advance(600);
		const stop = (AllowRevert?: boolean) =>
			shop.client.send(
				new StopDeploymentCommand({
					ApplicationId: shop.application,
					EnvironmentId: shop.environment,
					DeploymentNumber: number,
					...(AllowRevert === undefined ? {} : { AllowRevert }),
				}),
			);
		await expect(stop()).rejects.toMatchObject({ name: "BadRequestException" });
		expect((await stop(true)).State).toBe("REVERTED");
		expect(await countContents(shop.desk)).toEqual({ '"old"': 100 });
	});

	test("One at a time in an environment: the second is a conflict", async () => {
		const shop = await createShop();
		const version = await shop.version("1");
		await shop.deploy(version);
		await expect(shop.deploy(version)).rejects.toBeInstanceOf(
			ConflictException,
		);
		await expect(
			shop.client.send(
				new DeleteEnvironmentCommand({
					ApplicationId: shop.application,
					EnvironmentId: shop.environment,
				}),
			),
		).rejects.toMatchObject({ name: "BadRequestException" });
		shop.desk.advance(600);
		expect(await shop.deploy(version)).toBe(2);
	});

	test("A version is deployed by its label as well", async () => {
		const shop = await createShop();
		await shop.version('"a"', "spring");
		await shop.version('"b"', "autumn");
		await shop.deploy("spring");
		const reply = await poll(shop.desk, await startSession(shop.desk));
		expect(reply.header("Version-Label")).toBe("spring");
	});
});

describe("Validators", () => {
	const schema = {
		$schema: "http://json-schema.org/draft-04/schema#",
		type: "object",
		properties: {
			limit: { type: "integer", minimum: 0, exclusiveMinimum: true },
		},
		required: ["limit"],
	};
	const Validators = [
		{ Type: "JSON_SCHEMA" as const, Content: JSON.stringify(schema) },
	];

	test("say where a content is wrong, and it is not deployed", async () => {
		const shop = await createShop({ Validators });
		const bad = await shop.version('{"limit": 0}');
		const refusal = {
			name: "BadRequestException",
			Reason: "InvalidConfiguration",
			Details: {
				InvalidConfiguration: [
					{ Location: "/limit", Constraint: "exclusiveMinimum" },
				],
			},
		};
		await expect(shop.deploy(bad)).rejects.toMatchObject(refusal);
		await expect(
			shop.client.send(
				new ValidateConfigurationCommand({
					ApplicationId: shop.application,
					ConfigurationProfileId: shop.profile,
					ConfigurationVersion: bad,
				}),
			),
		).rejects.toMatchObject(refusal);
		expect(await shop.deploy(await shop.version('{"limit": 1}'))).toBe(1);
	});

	test("A validator that is no JSON Schema is refused", async () => {
		await expect(
			createShop({
				Validators: [{ Type: "JSON_SCHEMA", Content: '{"type": 7}' }],
			}),
		).rejects.toMatchObject({ name: "BadRequestException" });
	});
});
