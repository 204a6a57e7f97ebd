// The two calls as commands of the AWS CLI.
// https://docs.aws.amazon.com/cli/latest/reference/appconfigdata/

import { shellQuote } from "./shell-escape.ts";
import type { SnippetInput } from "./snippet.ts";

/** The CLI takes values that begin so for files and pages whose content is meant. https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html */
const FILE_OR_URL = /^(?:file|fileb|https?):\/\//;

export function toAwsCli(call: SnippetInput): string {
	return `${[
		command("TOKEN=$(aws appconfigdata start-configuration-session", [
			...commonOptions(call),
			...sessionOptions(call),
			"--query InitialConfigurationToken",
			"--output text)",
		]),
		command("aws appconfigdata get-latest-configuration", [
			...commonOptions(call),
			'--configuration-token "$TOKEN"',
			// Without it the CLI would print the next token.
			"--query ContentType",
			"--output text",
			"configuration.out",
		]),
		"cat configuration.out",
	].join("\n")}\n`;
}

function commonOptions({ region, endpoint, isSigned }: SnippetInput): string[] {
	return [
		`--region ${shellQuote(region)}`,
		...(endpoint ? [`--endpoint-url ${shellQuote(endpoint)}`] : []),
		...(isSigned ? [] : ["--no-sign-request"]),
	];
}

function sessionOptions(call: SnippetInput): string[] {
	const { application, environment, configurationProfile } = call;
	const interval = call.intervalSeconds;
	const names = [application, environment, configurationProfile];
	if (names.some((name) => FILE_OR_URL.test(name)))
		return [`--cli-input-json ${shellQuote(toCliInputJson(call))}`];
	// Joined by "=": a name may begin with a hyphen.
	return [
		`--application-identifier=${shellQuote(application)}`,
		`--environment-identifier=${shellQuote(environment)}`,
		`--configuration-profile-identifier=${shellQuote(configurationProfile)}`,
		...(interval
			? [`--required-minimum-poll-interval-in-seconds ${interval}`]
			: []),
	];
}

function toCliInputJson(call: SnippetInput): string {
	return JSON.stringify({
		ApplicationIdentifier: call.application,
		EnvironmentIdentifier: call.environment,
		ConfigurationProfileIdentifier: call.configurationProfile,
		RequiredMinimumPollIntervalInSeconds: call.intervalSeconds,
	});
}

function command(name: string, options: readonly string[]): string {
	return [name, ...options].join(" \\\n  ");
}
