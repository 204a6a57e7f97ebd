// The two calls with the AWS SDK for JavaScript v3.
// https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/appconfigdata/

import { stringLiteral as q } from "./shell-escape.ts";
import type { SnippetInput } from "./snippet.ts";

/** This SDK has no way to leave the signature out; whoever does without does not look at it. */
const UNSIGNED = '{ accessKeyId: "none", secretAccessKey: "none" }';

export function toJavaScript(call: SnippetInput): string {
	const { region, endpoint, intervalSeconds, isSigned } = call;
	return `import {
  AppConfigDataClient,
  GetLatestConfigurationCommand,
  StartConfigurationSessionCommand,
} from "@aws-sdk/client-appconfigdata";

const client = new AppConfigDataClient({
  region: ${q(region)},${option("endpoint", endpoint && q(endpoint))}${option(
		"credentials",
		isSigned ? undefined : UNSIGNED,
	)}
});
const { InitialConfigurationToken } = await client.send(
  new StartConfigurationSessionCommand({
    ApplicationIdentifier: ${q(call.application)},
    EnvironmentIdentifier: ${q(call.environment)},
    ConfigurationProfileIdentifier: ${q(call.configurationProfile)},${option(
			"  RequiredMinimumPollIntervalInSeconds",
			intervalSeconds && String(intervalSeconds),
		)}
  }),
);
const { Configuration } = await client.send(
  new GetLatestConfigurationCommand({
    ConfigurationToken: InitialConfigurationToken,
  }),
);
console.log(new TextDecoder().decode(Configuration));
`;
}

function option(name: string, value: string | 0 | undefined): string {
	return value ? `\n  ${name}: ${value},` : "";
}
