// The benchmark's worker: the product's own, and beside it the bare SDK.
import { pollOnce } from "./moved-clock.ts";
import "../src/background/index.ts";
import {
	AppConfigDataClient,
	GetLatestConfigurationCommand,
	StartConfigurationSessionCommand,
} from "@aws-sdk/client-appconfigdata";

export interface PollBench {
	poll(times: number): Promise<void>;
	call(times: number, endpoint: string): Promise<void>;
}

const bench: PollBench = {
	async poll(times) {
		for (let time = 0; time < times; time += 1) await pollOnce();
	},
	async call(times, endpoint) {
		client ??= createClient(endpoint);
		token ??= await openSession(client);
		for (let time = 0; time < times; time += 1) {
			const command = new GetLatestConfigurationCommand({
				ConfigurationToken: token,
			});
			const reply = await client.send(command);
			token = reply.NextPollConfigurationToken;
			// As after each poll: what sleeps in between is woken for both.
			await new Promise((resolve) => setTimeout(resolve));
		}
	},
};
Object.assign(globalThis, { bench });

let client: AppConfigDataClient | undefined;
let token: string | undefined;

function createClient(endpoint: string): AppConfigDataClient {
	const credentials = { accessKeyId: "test", secretAccessKey: "test" };
	return new AppConfigDataClient({
		region: "us-east-1",
		endpoint,
		credentials,
	});
}

async function openSession(
	client: AppConfigDataClient,
): Promise<string | undefined> {
	const command = new StartConfigurationSessionCommand({
		ApplicationIdentifier: "shop",
		EnvironmentIdentifier: "test",
		ConfigurationProfileIdentifier: "settings",
	});
	const reply = await client.send(command);
	return reply.InitialConfigurationToken;
}
