// Deployments through the real @aws-sdk/client-appconfig, and what they do to sessions.
import {
	ConflictException,
	CreateDeploymentStrategyCommand,
	GetDeploymentCommand,
	GetEnvironmentCommand,
	ListDeploymentsCommand,
	StartDeploymentCommand,
	StopDeploymentCommand,
} from "@aws-sdk/client-appconfig";
import { describe, expect, test } from "vitest";
import { toProgress } from "../../../src/emulator/registry/rollout.ts";
import { poll, startSession, toText } from "../harness.ts";
import { countContents, createSampleApplication } from "../sample-data.ts";

describe("Deployments", () => {
	test("a version is delivered only after its deployment", async () => {
		const shop = await createSampleApplication();
		const token = await startSession(shop.harness);
		expect((await poll(shop.harness, token)).status).toBe(404);
		await shop.deploy(await shop.createVersion('"one"'));
		await shop.createVersion('"two"');
		const reply = await poll(shop.harness, token);
		expect(toText(reply.body)).toBe('"one"');
	});

	test("a linear deployment reaches 0, 50 and 100 % of sessions, bakes and completes", async () => {
		const shop = await createSampleApplication();
		await shop.deploy(await shop.createVersion('"old"'));
		shop.harness.advance(600);
		const number = await shop.deploy(
			await shop.createVersion('"new"'),
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
		expect(await countContents(shop.harness)).toEqual({ '"old"': 100 });
		shop.harness.advance(20);
		expect(await countContents(shop.harness)).toEqual({
			'"old"': 50,
			'"new"': 50,
		});
		expect(await get()).toMatchObject({
			State: "DEPLOYING",
			PercentageComplete: 50,
		});
		shop.harness.advance(20);
		expect(await countContents(shop.harness)).toEqual({ '"new"': 100 });
		expect(await get()).toMatchObject({
			State: "DEPLOYING",
			PercentageComplete: 100,
		});
		shop.harness.advance(20);
		expect(await get()).toMatchObject({ State: "BAKING" });
		shop.harness.advance(60);
		const done = await get();
		expect(done).toMatchObject({ State: "COMPLETE", PercentageComplete: 100 });
		expect(done.EventLog?.map(({ EventType }) => EventType)).toEqual([
			"DEPLOYMENT_COMPLETED",
			"BAKE_TIME_STARTED",
			"PERCENTAGE_UPDATED",
			"PERCENTAGE_UPDATED",
			"DEPLOYMENT_STARTED",
		]);
		expect(done.CompletedAt?.getTime()).toBe(shop.harness.now());
	});

	test("a session never goes back to the old version during a deployment", async () => {
		const shop = await createSampleApplication();
		await shop.deploy(await shop.createVersion('"old"'));
		shop.harness.advance(600);
		await shop.deploy(
			await shop.createVersion('"new"'),
			"AppConfig.Canary10Percent20Minutes",
		);
		let changes = 0;
		let token = await startSession(shop.harness);
		for (let minute = 0; minute < 40; minute++) {
			const reply = await poll(shop.harness, token);
			if (reply.body.length > 0) changes += 1;
			token = reply.header("Next-Poll-Configuration-Token") ?? "";
			shop.harness.advance(60);
		}
		expect(changes).toBeLessThanOrEqual(2);
		expect(await countContents(shop.harness)).toEqual({ '"new"': 100 });
	});

	test("a stopped deployment is rolled back, and sessions receive the old version again", async () => {
		const shop = await createSampleApplication();
		await shop.deploy(await shop.createVersion('"old"'));
		shop.harness.advance(600);
		const number = await shop.deploy(await shop.createVersion('"new"'));
		const first = await poll(shop.harness, await startSession(shop.harness));
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
		shop.harness.advance(60);
		const next = first.header("Next-Poll-Configuration-Token") ?? "";
		expect(toText((await poll(shop.harness, next)).body)).toBe('"old"');
	});

	test("a complete deployment is reverted with Allow-Revert, within 72 hours", async () => {
		const shop = await createSampleApplication();
		await shop.deploy(await shop.createVersion('"old"'));
		shop.harness.advance(600);
		const number = await shop.deploy(await shop.createVersion('"new"'));
		shop.harness.advance(600);
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
		expect(await countContents(shop.harness)).toEqual({ '"old"': 100 });
	});

	test("a deployment cannot be reverted 72 hours after its completion", async () => {
		const shop = await createSampleApplication();
		const number = await shop.deploy(await shop.createVersion('"new"'));
		const { CompletedAt } = await shop.client.send(
			new GetDeploymentCommand({
				ApplicationId: shop.application,
				EnvironmentId: shop.environment,
				DeploymentNumber: number,
			}),
		);
		expect(CompletedAt).toBeUndefined();
		shop.harness.advance(600 + 72 * 3600 + 1);
		await expect(
			shop.client.send(
				new StopDeploymentCommand({
					ApplicationId: shop.application,
					EnvironmentId: shop.environment,
					DeploymentNumber: number,
					AllowRevert: true,
				}),
			),
		).rejects.toMatchObject({
			name: "BadRequestException",
			message: expect.stringContaining("72 hours"),
		});
	});

	test.each([
		["LINEAR", 20, [0, 20, 40, 60, 80, 100]],
		["LINEAR", 40, [0, 40, 80, 100]],
		["EXPONENTIAL", 10, [10, 20, 40, 80, 100]],
		["EXPONENTIAL", 25, [25, 50, 100]],
		["EXPONENTIAL", 100, [100, 100]],
	] as const)(
		"%s growth by %i goes in the steps %j",
		(GrowthType, GrowthFactor, shares) => {
			const deployment = {
				...SLOW,
				GrowthType,
				GrowthFactor,
				startedAt: 0,
				evenSteps: true,
			};
			const last = shares.length - 1;
			const seen = shares.map(
				(_, step) => toProgress(deployment, (600_000 * step) / last).percentage,
			);
			expect(seen).toEqual(shares);
			const before = toProgress(deployment, 600_000 / last - 1).percentage;
			expect(before).toBe(shares[0]);
		},
	);

	test("a second deployment in an environment is a ConflictException", async () => {
		const shop = await createSampleApplication();
		const version = await shop.createVersion("1");
		await shop.deploy(version);
		await expect(shop.deploy(version)).rejects.toBeInstanceOf(
			ConflictException,
		);
		shop.harness.advance(600);
		expect(await shop.deploy(version)).toBe(2);
	});

	test.each([
		["recorded", [180, 360, 540, 720]],
		["even", [225, 450, 675, 900]],
	] as const)(
		"A linear deployment of 25 %% in 15 minutes, %s, logs what AWS's sample logs",
		async (linearSteps, seconds) => {
			const shop = await createSampleApplication({}, { linearSteps });
			const { Id } = await shop.client.send(
				new CreateDeploymentStrategyCommand({
					Name: "sample",
					DeploymentDurationInMinutes: 15,
					GrowthFactor: 25,
				}),
			);
			const startedAt = shop.harness.now();
			const number = await shop.deploy(await shop.createVersion("1"), Id);
			shop.harness.advance(900);
			const { EventLog = [], AppliedExtensions } = await shop.client.send(
				new GetDeploymentCommand({
					ApplicationId: shop.application,
					EnvironmentId: shop.environment,
					DeploymentNumber: number,
				}),
			);
			expect(AppliedExtensions).toEqual([]);
			expect(
				EventLog.map((event) => [
					(Number(event.OccurredAt) - startedAt) / 1000,
					event.EventType,
					event.TriggeredBy,
					event.Description,
				]),
			).toEqual([
				[900, "DEPLOYMENT_COMPLETED", "APPCONFIG", "Deployment completed"],
				[900, "BAKE_TIME_STARTED", "APPCONFIG", "Deployment bake time started"],
				...[100, 75, 50, 25].map((share, index) => [
					seconds[3 - index],
					"PERCENTAGE_UPDATED",
					"APPCONFIG",
					`Configuration available to ${share}.00% of clients`,
				]),
				[0, "DEPLOYMENT_STARTED", "USER", "Deployment started"],
			]);
			for (const { ActionInvocations } of EventLog)
				expect(ActionInvocations).toEqual([]);
		},
	);

	test("the event log says that a user stopped a deployment, and lists name its profile", async () => {
		const shop = await createSampleApplication();
		const place = {
			ApplicationId: shop.application,
			EnvironmentId: shop.environment,
		};
		const stop = async (AllowRevert: boolean) => {
			const number = await shop.deploy(await shop.createVersion("1"));
			if (AllowRevert) shop.harness.advance(600);
			const { EventLog = [] } = await shop.client.send(
				new StopDeploymentCommand({
					...place,
					DeploymentNumber: number,
					AllowRevert,
				}),
			);
			return EventLog.map(
				({ EventType, TriggeredBy }) => `${EventType} ${TriggeredBy}`,
			);
		};
		expect((await stop(false)).slice(0, 2)).toEqual([
			"ROLLBACK_COMPLETED APPCONFIG",
			"ROLLBACK_STARTED USER",
		]);
		expect((await stop(true))[0]).toBe("REVERT_COMPLETED USER");
		const { Items } = await shop.client.send(new ListDeploymentsCommand(place));
		for (const item of Items ?? [])
			expect(item).toMatchObject({
				ConfigurationProfileId: shop.profile,
				Type: "USER",
			});
	});

	test("a deployment is refused if LatestDeploymentNumber is outdated", async () => {
		const shop = await createSampleApplication();
		const version = await shop.createVersion("1");
		const start = (LatestDeploymentNumber: number) =>
			shop.client.send(
				new StartDeploymentCommand({
					ApplicationId: shop.application,
					EnvironmentId: shop.environment,
					ConfigurationProfileId: shop.profile,
					ConfigurationVersion: version,
					DeploymentStrategyId: "AppConfig.AllAtOnce",
					DynamicExtensionParameters: { "ext#name": "value" },
					LatestDeploymentNumber,
				}),
			);
		await expect(start(1)).rejects.toBeInstanceOf(ConflictException);
		expect((await start(0)).DeploymentNumber).toBe(1);
		shop.harness.advance(600);
		await expect(start(0)).rejects.toBeInstanceOf(ConflictException);
		expect((await start(1)).DeploymentNumber).toBe(2);
	});

	test("a version can be deployed by its label", async () => {
		const shop = await createSampleApplication();
		await shop.createVersion('"a"', "spring");
		await shop.createVersion('"b"', "autumn");
		await shop.deploy("spring");
		const reply = await poll(shop.harness, await startSession(shop.harness));
		expect(reply.header("Version-Label")).toBe("spring");
	});
});

/** Ten minutes long. */
const SLOW = {
	ApplicationId: "a",
	EnvironmentId: "e",
	ConfigurationProfileId: "p",
	ConfigurationName: "p",
	ConfigurationLocationUri: "hosted",
	ConfigurationVersion: "1",
	DeploymentNumber: 1,
	DeploymentStrategyId: "s",
	DeploymentDurationInMinutes: 10,
	FinalBakeTimeInMinutes: 0,
};
