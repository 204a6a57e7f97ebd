// The one request that the AppConfig Agent wants.
// https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-integration-containers-agent-retrieving-data.html

import { shellQuote, urlSegment } from "./shell-escape.ts";
import type { SnippetInput } from "./snippet.ts";

export function toCurl(call: SnippetInput): string {
	const { application, environment, configurationProfile } = call;
	const names = [application, environment, configurationProfile];
	const [first, second, third] = names.map(urlSegment);
	const flags = call.flags.map((flag) => `flag=${urlSegment(flag)}`).join("&");
	const url = `${call.agentUrl}/applications/${first}/environments/${second}/configurations/${third}${flags && `?${flags}`}`;
	return `${[
		"curl",
		// Without it curl would walk along names that are dots.
		...(names.some((name) => /^\.\.?$/.test(name)) ? ["--path-as-is"] : []),
		...call.context.map((pair) => `-H ${shellQuote(`Context: ${pair}`)}`),
		shellQuote(url),
	].join(" ")}\n`;
}
