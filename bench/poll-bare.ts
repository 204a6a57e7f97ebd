// The reference: a poll by the bare SDK, as a program makes it that stores nothing and shows nothing.
import {
	AppConfigDataClient,
	GetLatestConfigurationCommand,
	StartConfigurationSessionCommand,
} from "@aws-sdk/client-appconfigdata";

let client: AppConfigDataClient | undefined;
let token: string | undefined;

export async function call(endpoint: string): Promise<void> {
	client ??= createClient(endpoint);
	token ??= await openSession(client);
	const command = new GetLatestConfigurationCommand({
		ConfigurationToken: token,
	});
	const reply = await client.send(command);
	token = reply.NextPollConfigurationToken;
	// As after each poll, so that both have the same idle time.
	await new Promise((resolve) => setTimeout(resolve));
}

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
