// The control plane through the real @aws-sdk/client-appconfig: resources, versions, validators.
import {
	ConflictException,
	CreateApplicationCommand,
	CreateDeploymentStrategyCommand,
	CreateEnvironmentCommand,
	CreateHostedConfigurationVersionCommand,
	DeleteApplicationCommand,
	DeleteDeploymentStrategyCommand,
	GetHostedConfigurationVersionCommand,
	ListApplicationsCommand,
	ListConfigurationProfilesCommand,
	ListDeploymentStrategiesCommand,
	ListDeploymentsCommand,
	ListEnvironmentsCommand,
	ListHostedConfigurationVersionsCommand,
	PayloadTooLargeException,
	StartDeploymentCommand,
	UpdateApplicationCommand,
	UpdateDeploymentStrategyCommand,
	ValidateConfigurationCommand,
} from "@aws-sdk/client-appconfig";
import { describe, expect, test } from "vitest";
import {
	createHarness,
	poll,
	startSession,
	toBody,
	toText,
} from "../harness.ts";
import { createClient, createSampleApplication } from "../sample-data.ts";

describe("Resources", () => {
	test("creates, gets, updates, lists and deletes an application", async () => {
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

	test("lists are paginated", async () => {
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

	test("a missing, too long or used name is a BadRequestException", async () => {
		const client = await createClient();
		await client.send(new CreateApplicationCommand({ Name: "a" }));
		for (const Name of [undefined, "", "x".repeat(65), "a"])
			await expect(
				client.send(new CreateApplicationCommand({ Name })),
			).rejects.toMatchObject({ name: "BadRequestException" });
	});

	test("an update to an empty name is refused", async () => {
		const shop = await createSampleApplication();
		const root = `/applications/${shop.application}`;
		for (const url of [
			root,
			`${root}/environments/${shop.environment}`,
			`${root}/configurationprofiles/${shop.profile}`,
		]) {
			const body = toBody({ Name: "" });
			const reply = await shop.harness.request({ method: "PATCH", url, body });
			expect(reply.status).toBe(400);
		}
	});

	test.each(["DeploymentDurationInMinutes", "FinalBakeTimeInMinutes"])(
		"A strategy's %s is whole, as in the model",
		async (name) => {
			const minutes = { DeploymentDurationInMinutes: 1, [name]: 1.5 };
			const reply = await createHarness().request({
				method: "POST",
				url: "/deploymentstrategies",
				body: toBody({ Name: "slow", GrowthFactor: 12.5, ...minutes }),
			});
			expect(reply.status).toBe(400);
			expect(toText(reply.body)).toContain(`${name} must be a whole number`);
		},
	);

	test("lists predefined strategies, and creates and deletes own ones", async () => {
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

	test("the 21st environment exceeds the quota", async () => {
		const shop = await createSampleApplication();
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

	test("environments from files do not count towards the quota", async () => {
		const files = Array.from({ length: 21 }, (_, one) => `shop/e${one}/p.json`);
		const harness = createHarness(
			Object.fromEntries(files.map((file) => [file, "{}"])),
		);
		const list = await harness.request({ url: "/applications" });
		const [{ Id }] = JSON.parse(toText(list.body)).Items;
		const made = await harness.request({
			method: "POST",
			url: `/applications/${Id}/environments`,
			body: toBody({ Name: "one-more" }),
		});
		expect(made.status).toBe(201);
	});

	test.each([
		["GET", "/extensions"],
		["GET", "/settings"],
		["POST", "/applications/abcdefg/experimentdefinitions"],
		["PUT", "/applications/abcdefg"],
		["GET", "/"],
	])(
		"%s %s is an unknown operation, not a missing resource",
		async (method, url) => {
			const reply = await createHarness().request({ method, url });
			expect(reply.status).toBe(501);
			expect(reply.header("x-amzn-ErrorType")).toBe(
				"UnknownOperationException",
			);
			expect(toText(reply.body)).toContain(`${method} ${url}`);
		},
	);

	test("a deployment over the API replaces a file until the file changes", async () => {
		const file = "shop/test/settings.json";
		const harness = createHarness({ [file]: '"file"' });
		const read = async () =>
			toText((await poll(harness, await startSession(harness))).body);
		expect(await read()).toBe('"file"');
		const client = await createClient(harness);
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
		harness.writeFile(file, '"changed"');
		expect(await read()).toBe('"changed"');
		harness.writeFile(file, '"file"');
		expect(await read()).toBe('"file"');
	});

	test("resources from files are listed with ids that sessions accept", async () => {
		const harness = createHarness({ "shop/test/settings.json": '{"file": 1}' });
		const client = await createClient(harness);
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
		const token = await startSession(harness, {
			ApplicationIdentifier: ApplicationId,
			EnvironmentIdentifier: environment?.Id,
			ConfigurationProfileIdentifier: profile?.Id,
		});
		expect(toText((await poll(harness, token)).body)).toBe('{"file": 1}');
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
	test("are returned byte for byte with number, type, label and description", async () => {
		const shop = await createSampleApplication();
		await shop.createVersion('{"a": 9007199254740993}', "spring-1");
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

	test("are listed newest first, also filtered by label", async () => {
		const shop = await createSampleApplication();
		for (const label of ["spring-1", "spring-2", "autumn"])
			await shop.createVersion("1", label);
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

	test("an outdated Latest-Version-Number is a ConflictException", async () => {
		const shop = await createSampleApplication();
		await shop.createVersion("1");
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

	test.each(["abc", "", "1e0", "-1"])(
		"A latest number %j, which is no number, is a bad request",
		async (number) => {
			const shop = await createSampleApplication();
			const reply = await shop.harness.request({
				method: "POST",
				url: `/applications/${shop.application}/configurationprofiles/${shop.profile}/hostedconfigurationversions`,
				headers: { "content-type": "x/y", "latest-version-number": number },
				body: toBody(1),
			});
			expect(reply.status).toBe(400);
			expect(toText(reply.body)).toContain("must be a whole number");
		},
	);

	test("content over 2,048 KB is a PayloadTooLargeException", async () => {
		const shop = await createSampleApplication();
		await expect(
			shop.createVersion("x".repeat(2048 * 1024 + 1)),
		).rejects.toBeInstanceOf(PayloadTooLargeException);
	});

	test("a description over 1,024 characters is refused", async () => {
		const shop = await createSampleApplication();
		const reply = await shop.harness.request({
			method: "POST",
			url: `/applications/${shop.application}/configurationprofiles/${shop.profile}/hostedconfigurationversions`,
			headers: { "content-type": "a/b", description: "x".repeat(1025) },
			body: toBody({}),
		});
		expect(reply.status).toBe(400);
	});

	test.each([
		["käse ☀", "utf8"],
		["日本", "utf8"],
		["käse", "latin1"],
	] as const)(
		"The description %s, sent in %s, comes back as it was sent, and is text in lists",
		async (text, encoding) => {
			const shop = await createSampleApplication();
			const root = `/applications/${shop.application}/configurationprofiles/${shop.profile}/hostedconfigurationversions`;
			const description = Buffer.from(text, encoding).toString("latin1");
			const { url } = await shop.harness.emulator.listen({ port: 0 });
			const made = await fetch(url + root, {
				method: "POST",
				headers: { "content-type": "text/plain", description },
				body: "1",
			});
			expect(made.status).toBe(201);
			expect(made.headers.get("description")).toBe(description);
			const got = await fetch(`${url}${root}/1`);
			expect(got.headers.get("description")).toBe(description);
			const listed = await (await fetch(url + root)).json();
			expect(listed).toMatchObject({ Items: [{ Description: text }] });
		},
	);

	test("a label sent in UTF-8 is found by its text", async () => {
		const shop = await createSampleApplication();
		await shop.harness.request({
			method: "POST",
			url: `/applications/${shop.application}/configurationprofiles/${shop.profile}/hostedconfigurationversions`,
			headers: {
				"content-type": "text/plain",
				versionlabel: Buffer.from("Frühling").toString("latin1"),
			},
			body: toBody(1),
		});
		expect(await shop.deploy("Frühling")).toBe(1);
		const reply = await poll(shop.harness, await startSession(shop.harness));
		expect(reply.header("Version-Label")).toBe("Frühling");
	});

	test("a label of digits only is refused", async () => {
		const shop = await createSampleApplication();
		await expect(shop.createVersion("1", "42")).rejects.toMatchObject({
			name: "BadRequestException",
		});
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

	test("name the place of a violation, and the content is not deployed", async () => {
		const shop = await createSampleApplication({ Validators });
		const bad = await shop.createVersion('{"limit": 0}');
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
		expect(await shop.deploy(await shop.createVersion('{"limit": 1}'))).toBe(1);
	});

	test("do not rewrite the values of enum, const and default", async () => {
		const allowed = { id: "a", exclusiveMinimum: true };
		const Content = JSON.stringify({ enum: [allowed] });
		const shop = await createSampleApplication({
			Validators: [{ Type: "JSON_SCHEMA", Content }],
		});
		const same = await shop.createVersion(JSON.stringify(allowed));
		expect(await shop.deploy(same)).toBe(1);
	});

	test("a validator that is not a JSON Schema is refused", async () => {
		await expect(
			createSampleApplication({
				Validators: [{ Type: "JSON_SCHEMA", Content: '{"type": 7}' }],
			}),
		).rejects.toMatchObject({ name: "BadRequestException" });
	});
});
