// The benchmark's worker: the product's own, and beside it the bare SDK.
import { pollOnce } from "./moved-clock.ts";
import "../src/background/index.ts";
import {
	AppConfigDataClient,
	GetLatestConfigurationCommand,
	StartConfigurationSessionCommand,
} from "@aws-sdk/client-appconfigdata";

/** What a page may ask for; it is answered when it is done. */
export interface Work {
	readonly name: "poll" | "call";
	readonly endpoint: string;
	readonly times: number;
}

interface Api {
	readonly runtime: {
		readonly onMessage: {
			addListener(
				listener: (work: Work, sender: unknown, reply: () => void) => true,
			): void;
		};
	};
}

const { chrome } = globalThis as unknown as { chrome: Api };
chrome.runtime.onMessage.addListener((work, _sender, reply) => {
	void run(work).then(reply);
	return true;
});

async function run({ name, times, endpoint }: Work): Promise<void> {
	for (let time = 0; time < times; time += 1)
		await (name === "poll" ? pollOnce() : call(endpoint));
}

async function call(endpoint: string): Promise<void> {
	client ??= createClient(endpoint);
	token ??= await openSession(client);
	const command = new GetLatestConfigurationCommand({
		ConfigurationToken: token,
	});
	const reply = await client.send(command);
	token = reply.NextPollConfigurationToken;
	// As after each poll: what sleeps in between is woken for both.
	await new Promise((resolve) => setTimeout(resolve));
}

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
