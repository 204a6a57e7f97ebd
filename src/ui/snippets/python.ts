// The two calls with the AWS SDK for Python, boto3.
// https://docs.aws.amazon.com/boto3/latest/reference/services/appconfigdata.html

import { stringLiteral as q } from "./shell-escape.ts";
import type { SnippetInput } from "./snippet.ts";

export function toPython(call: SnippetInput): string {
	const { region, endpoint, intervalSeconds, isSigned } = call;
	return `${[
		"import boto3",
		...(isSigned
			? []
			: [
					"from botocore import UNSIGNED",
					"from botocore.config import Config",
				]),
		"",
		"client = boto3.client(",
		'    "appconfigdata",',
		`    region_name=${q(region)},`,
		...(endpoint ? [`    endpoint_url=${q(endpoint)},`] : []),
		...(isSigned ? [] : ["    config=Config(signature_version=UNSIGNED),"]),
		")",
		"session = client.start_configuration_session(",
		`    ApplicationIdentifier=${q(call.application)},`,
		`    EnvironmentIdentifier=${q(call.environment)},`,
		`    ConfigurationProfileIdentifier=${q(call.configurationProfile)},`,
		...(intervalSeconds
			? [`    RequiredMinimumPollIntervalInSeconds=${intervalSeconds},`]
			: []),
		")",
		"latest = client.get_latest_configuration(",
		'    ConfigurationToken=session["InitialConfigurationToken"],',
		")",
		'print(latest["Configuration"].read().decode())',
	].join("\n")}\n`;
}
