// The one request that the AppConfig Agent wants.
// https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-integration-containers-agent-retrieving-data.html
import type { Call } from "./call.ts";
import { toSegment, toShell } from "./shell-escape.ts";

export function toCurl(call: Call): string {
	const { application, environment, configurationProfile } = call;
	const names = [application, environment, configurationProfile];
	const [first, second, third] = names.map(toSegment);
	const flags = call.flags.map((flag) => `flag=${toSegment(flag)}`).join("&");
	const url = `${call.agent}/applications/${first}/environments/${second}/configurations/${third}${flags && `?${flags}`}`;
	return `${[
		"curl",
		// Without it curl would walk along names that are dots.
		...(names.some((name) => /^\.\.?$/.test(name)) ? ["--path-as-is"] : []),
		...call.context.map((pair) => `-H ${toShell(`Context: ${pair}`)}`),
		toShell(url),
	].join(" ")}\n`;
}
