import { shellQuote, urlSegment } from "./shell-escape.ts";
import type { SnippetInput } from "./snippet-input.ts";

/** The CLI reads a value with one of these prefixes from a file or a URL. https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html */
const FILE_OR_URL = /^(?:file|fileb|https?):\/\//;

/** The two calls as commands of the AWS CLI. https://docs.aws.amazon.com/cli/latest/reference/appconfigdata/ */
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

/** The request to the AppConfig Agent. https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-integration-containers-agent-retrieving-data.html */
export function toCurl(call: SnippetInput): string {
	const { application, environment, configurationProfile } = call;
	const names = [application, environment, configurationProfile];
	const [first, second, third] = names.map(urlSegment);
	const flags = call.flags.map((flag) => `flag=${urlSegment(flag)}`).join("&");
	const url = `${call.agentUrl}/applications/${first}/environments/${second}/configurations/${third}${flags && `?${flags}`}`;
	return `${[
		"curl",
		// Without it curl resolves names that are dots as path segments.
		...(names.some((name) => /^\.\.?$/.test(name)) ? ["--path-as-is"] : []),
		...call.context.map((pair) => `-H ${shellQuote(`Context: ${pair}`)}`),
		shellQuote(url),
	].join(" ")}\n`;
}
