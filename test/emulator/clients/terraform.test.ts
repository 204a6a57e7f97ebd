// What Terraform's provider calls for each of its resources (hashicorp/terraform-provider-aws, internal/service/appconfig),
// in its order, through the real SDK: create, read with its tags, update, read, delete, read.
import {
	type AppConfigClient,
	CreateApplicationCommand,
	CreateConfigurationProfileCommand,
	CreateDeploymentStrategyCommand,
	CreateEnvironmentCommand,
	CreateHostedConfigurationVersionCommand,
	DeleteApplicationCommand,
	DeleteConfigurationProfileCommand,
	DeleteDeploymentStrategyCommand,
	DeleteEnvironmentCommand,
	DeleteHostedConfigurationVersionCommand,
	GetApplicationCommand,
	GetConfigurationProfileCommand,
	GetDeploymentCommand,
	GetDeploymentStrategyCommand,
	GetEnvironmentCommand,
	GetHostedConfigurationVersionCommand,
	ListTagsForResourceCommand,
	StartDeploymentCommand,
	TagResourceCommand,
	UntagResourceCommand,
	UpdateApplicationCommand,
	UpdateConfigurationProfileCommand,
	UpdateDeploymentStrategyCommand,
	UpdateEnvironmentCommand,
} from "@aws-sdk/client-appconfig";
import { describe, expect, test } from "vitest";
import { createClient, createSampleApplication } from "../sample-data.ts";

const Tags = { team: "shop", stage: "test" };

/** The provider's reading of tags, and its update from `Tags` to `{team: "other"}`. */
async function changeTags(client: AppConfigClient, resource: string) {
	const ResourceArn = `arn:aws:appconfig:eu-west-1:123456789012:${resource}`;
	const read = async () =>
		(await client.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags;
	expect(await read()).toEqual(Tags);
	await client.send(
		new UntagResourceCommand({ ResourceArn, TagKeys: ["stage"] }),
	);
	await client.send(
		new TagResourceCommand({ ResourceArn, Tags: { team: "other" } }),
	);
	expect(await read()).toEqual({ team: "other" });
}

const NOT_FOUND = { name: "ResourceNotFoundException" };

describe("Terraform's", () => {
	test("aws_appconfig_application", async () => {
		const client = await createClient();
		const { Id: ApplicationId } = await client.send(
			new CreateApplicationCommand({ Name: "a", Description: "An a", Tags }),
		);
		const read = () =>
			client.send(new GetApplicationCommand({ ApplicationId }));
		expect(await read()).toMatchObject({ Name: "a", Description: "An a" });
		await changeTags(client, `application/${ApplicationId}`);
		await client.send(
			new UpdateApplicationCommand({
				ApplicationId,
				Name: "b",
				Description: "",
			}),
		);
		expect(await read()).toMatchObject({ Name: "b", Description: "" });
		await client.send(new DeleteApplicationCommand({ ApplicationId }));
		await expect(read()).rejects.toMatchObject(NOT_FOUND);
	});

	test("aws_appconfig_environment, with alarms that come and go", async () => {
		const { client, application: ApplicationId } =
			await createSampleApplication();
		const alarm = {
			AlarmArn: "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:a",
			AlarmRoleArn: "arn:aws:iam::123456789012:role/a",
		};
		const { Id: EnvironmentId } = await client.send(
			new CreateEnvironmentCommand({
				ApplicationId,
				Name: "blue",
				Monitors: [alarm],
				Tags,
			}),
		);
		const id = { ApplicationId, EnvironmentId };
		const read = () => client.send(new GetEnvironmentCommand(id));
		expect(await read()).toMatchObject({
			Name: "blue",
			Monitors: [alarm],
			State: "READY_FOR_DEPLOYMENT",
		});
		await changeTags(
			client,
			`application/${ApplicationId}/environment/${EnvironmentId}`,
		);
		await client.send(
			new UpdateEnvironmentCommand({
				...id,
				Name: "green",
				Description: "now green",
				Monitors: [],
			}),
		);
		expect(await read()).toMatchObject({
			Name: "green",
			Description: "now green",
			Monitors: [],
		});
		await client.send(new DeleteEnvironmentCommand(id));
		await expect(read()).rejects.toMatchObject(NOT_FOUND);
	});

	test("aws_appconfig_configuration_profile, with validators that come and go", async () => {
		const { client, application: ApplicationId } =
			await createSampleApplication();
		const Validators = [{ Type: "JSON_SCHEMA" as const, Content: "{}" }];
		const RetrievalRoleArn = "arn:aws:iam::123456789012:role/a";
		const { Id: ConfigurationProfileId } = await client.send(
			new CreateConfigurationProfileCommand({
				ApplicationId,
				Name: "p",
				LocationUri: "hosted",
				Type: "AWS.Freeform",
				KmsKeyIdentifier: "alias/key",
				RetrievalRoleArn,
				Validators,
				Tags,
			}),
		);
		const id = { ApplicationId, ConfigurationProfileId };
		const read = () => client.send(new GetConfigurationProfileCommand(id));
		expect(await read()).toMatchObject({
			ApplicationId,
			Id: ConfigurationProfileId,
			Name: "p",
			LocationUri: "hosted",
			Type: "AWS.Freeform",
			KmsKeyIdentifier: "alias/key",
			RetrievalRoleArn,
			Validators,
		});
		await changeTags(
			client,
			`application/${ApplicationId}/configurationprofile/${ConfigurationProfileId}`,
		);
		await client.send(
			new UpdateConfigurationProfileCommand({
				...id,
				Name: "q",
				Description: "A q",
				KmsKeyIdentifier: "",
				Validators: [],
			}),
		);
		const changed = await read();
		expect(changed).toMatchObject({ Name: "q", Description: "A q" });
		expect(changed.Validators).toEqual([]);
		expect(changed.KmsKeyIdentifier).toBeUndefined();
		await client.send(new DeleteConfigurationProfileCommand(id));
		await expect(read()).rejects.toMatchObject(NOT_FOUND);
	});

	test("aws_appconfig_hosted_configuration_version, which is replaced and never changed", async () => {
		const shop = await createSampleApplication();
		const place = {
			ApplicationId: shop.application,
			ConfigurationProfileId: shop.profile,
		};
		const made = await shop.client.send(
			new CreateHostedConfigurationVersionCommand({
				...place,
				Content: new TextEncoder().encode('{"foo":"bar"}'),
				ContentType: "application/json",
				Description: "first",
			}),
		);
		const id = { ...place, VersionNumber: made.VersionNumber };
		const read = () =>
			shop.client.send(new GetHostedConfigurationVersionCommand(id));
		const { Content, ...version } = await read();
		expect(Buffer.from(Content ?? []).toString()).toBe('{"foo":"bar"}');
		expect(version).toMatchObject({
			...id,
			VersionNumber: 1,
			ContentType: "application/json",
			Description: "first",
		});
		await expect(
			shop.client.send(new DeleteConfigurationProfileCommand(place)),
		).rejects.toMatchObject({
			name: "BadRequestException",
			message: `Cannot delete configuration profile ${shop.profile} because there are still hosted configuration versions existing under it.`,
		});
		await shop.client.send(new DeleteHostedConfigurationVersionCommand(id));
		await expect(read()).rejects.toMatchObject(NOT_FOUND);
	});

	test("aws_appconfig_deployment_strategy", async () => {
		const client = await createClient();
		const { Id: DeploymentStrategyId } = await client.send(
			new CreateDeploymentStrategyCommand({
				Name: "slow",
				DeploymentDurationInMinutes: 3,
				GrowthFactor: 10,
				GrowthType: "LINEAR",
				ReplicateTo: "NONE",
				Tags,
			}),
		);
		const id = { DeploymentStrategyId };
		const read = () => client.send(new GetDeploymentStrategyCommand(id));
		expect(await read()).toMatchObject({
			Name: "slow",
			DeploymentDurationInMinutes: 3,
			FinalBakeTimeInMinutes: 0,
			GrowthFactor: 10,
			GrowthType: "LINEAR",
			ReplicateTo: "NONE",
		});
		await changeTags(client, `deploymentstrategy/${DeploymentStrategyId}`);
		await client.send(
			new UpdateDeploymentStrategyCommand({
				...id,
				Description: "slower",
				FinalBakeTimeInMinutes: 5,
				GrowthType: "EXPONENTIAL",
			}),
		);
		expect(await read()).toMatchObject({
			Description: "slower",
			FinalBakeTimeInMinutes: 5,
			GrowthType: "EXPONENTIAL",
		});
		await client.send(new DeleteDeploymentStrategyCommand(id));
		await expect(read()).rejects.toMatchObject(NOT_FOUND);
	});

	test("aws_appconfig_deployment, and all that it stands on is destroyed while it runs", async () => {
		const shop = await createSampleApplication();
		const { client, application: ApplicationId } = shop;
		const { Id: DeploymentStrategyId = "" } = await client.send(
			new CreateDeploymentStrategyCommand({
				Name: "slow",
				DeploymentDurationInMinutes: 3,
				GrowthFactor: 10,
				ReplicateTo: "NONE",
			}),
		);
		const place = { ApplicationId, EnvironmentId: shop.environment };
		const profile = { ConfigurationProfileId: shop.profile };
		const ConfigurationVersion = await shop.createVersion('{"foo":"bar"}');
		const started = await client.send(
			new StartDeploymentCommand({
				...place,
				...profile,
				ConfigurationVersion,
				DeploymentStrategyId,
				Description: "first",
				Tags,
			}),
		);
		const id = { ...place, DeploymentNumber: started.DeploymentNumber };
		const read = () => client.send(new GetDeploymentCommand(id));
		expect(await read()).toMatchObject({
			...id,
			...profile,
			DeploymentNumber: 1,
			ConfigurationVersion,
			DeploymentStrategyId,
			Description: "first",
			State: "DEPLOYING",
		});
		await changeTags(
			client,
			`application/${ApplicationId}/environment/${shop.environment}/deployment/1`,
		);
		// A deployment itself is only forgotten. What it stands on goes, each after what stands on it.
		await client.send(
			new DeleteDeploymentStrategyCommand({ DeploymentStrategyId }),
		);
		await client.send(new DeleteEnvironmentCommand(place));
		await expect(read()).rejects.toMatchObject(NOT_FOUND);
		await client.send(
			new DeleteHostedConfigurationVersionCommand({
				ApplicationId,
				...profile,
				VersionNumber: Number(ConfigurationVersion),
			}),
		);
		await client.send(
			new DeleteConfigurationProfileCommand({ ApplicationId, ...profile }),
		);
		await client.send(new DeleteApplicationCommand({ ApplicationId }));
	});
});
