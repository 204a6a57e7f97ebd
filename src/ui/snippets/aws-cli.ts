// The two calls as commands of the AWS CLI.
// https://docs.aws.amazon.com/cli/latest/reference/appconfigdata/
import type { Call } from "./call.ts";
import { toShell } from "./shell-escape.ts";

/** The CLI takes values that begin so for files and pages whose content is meant. https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html */
const LOADED = /^(?:file|fileb|https?):\/\//;

export function toAwsCli(call: Call): string {
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

function commonOptions({ region, endpoint, isSigned }: Call): string[] {
	return [
		`--region ${toShell(region)}`,
		...(endpoint ? [`--endpoint-url ${toShell(endpoint)}`] : []),
		...(isSigned ? [] : ["--no-sign-request"]),
	];
}

function sessionOptions(call: Call): string[] {
	const { application, environment, configurationProfile } = call;
	const interval = call.intervalSeconds;
	const names = [application, environment, configurationProfile];
	if (names.some((name) => LOADED.test(name)))
		return [`--cli-input-json ${toShell(toInput(call))}`];
	// Joined by "=": a name may begin with a hyphen.
	return [
		`--application-identifier=${toShell(application)}`,
		`--environment-identifier=${toShell(environment)}`,
		`--configuration-profile-identifier=${toShell(configurationProfile)}`,
		...(interval
			? [`--required-minimum-poll-interval-in-seconds ${interval}`]
			: []),
	];
}

function toInput(call: Call): string {
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
