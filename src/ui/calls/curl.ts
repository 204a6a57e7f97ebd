// The one request that the AppConfig Agent wants.
// https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-integration-containers-agent-retrieving-data.html
import type { Call } from "./call.ts";
import { toSegment, toShell } from "./quote.ts";

const AGENT = "http://localhost:2772";

export function toCurl(call: Call): string {
	const { application, environment, configurationProfile } = call;
	const names = [application, environment, configurationProfile];
	const [first, second, third] = names.map(toSegment);
	// The emulator answers as the Agent too, at its own address.
	const base = call.isSigned ? AGENT : (call.endpoint ?? AGENT);
	const url = `${base}/applications/${first}/environments/${second}/configurations/${third}`;
	// Without it curl would walk along names that are dots.
	const asIs = names.some((name) => /^\.\.?$/.test(name));
	return `curl ${asIs ? "--path-as-is " : ""}${toShell(url)}\n`;
}
