import {
	AppConfigClient,
	CreateApplicationCommand,
	CreateConfigurationProfileCommand,
	CreateEnvironmentCommand,
	CreateHostedConfigurationVersionCommand,
	StartDeploymentCommand,
} from "@aws-sdk/client-appconfig";
import { onTestFinished } from "vitest";
import {
	createHarness,
	type EmulatorHarness,
	poll,
	startSession,
	toText,
} from "./harness.ts";

export interface SampleApplication {
	readonly harness: EmulatorHarness;
	readonly client: AppConfigClient;
	readonly application: string;
	readonly environment: string;
	readonly profile: string;
	/** Returns the number of the new hosted version. */
	createVersion(content: string, label?: string): Promise<string>;
	deploy(version: string, strategy?: string): Promise<number>;
}

export async function createClient(
	harness: EmulatorHarness = createHarness(),
): Promise<AppConfigClient> {
	const { url } = await harness.emulator.listen({ port: 0 });
	const client = new AppConfigClient({
		// The emulator's clock is set to a fixed time: the SDK takes each refusal for one because of the difference, and tries
		// again.
		maxAttempts: 1,
		endpoint: url,
		region: "eu-west-1",
		credentials: { accessKeyId: "test", secretAccessKey: "test" },
	});
	onTestFinished(() => client.destroy());
	return client;
}

export async function createSampleApplication(
	profile: Partial<CreateConfigurationProfileCommand["input"]> = {},
	options: Parameters<typeof createHarness>[1] = {},
): Promise<SampleApplication> {
	const harness = createHarness({}, options);
	const client = await createClient(harness);
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
		harness,
		client,
		application: ApplicationId,
		environment: EnvironmentId,
		profile: ConfigurationProfileId,
		async createVersion(content, VersionLabel) {
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

/** Counts the contents that a hundred new sessions, one per slot, receive. */
export async function countContents(
	harness: EmulatorHarness,
): Promise<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (let session = 0; session < 100; session++) {
		const reply = await poll(harness, await startSession(harness));
		const text = toText(reply.body);
		counts[text] = (counts[text] ?? 0) + 1;
	}
	return counts;
}
