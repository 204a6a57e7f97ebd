// Which host the browser has to allow before a profile can be polled.
import { hostPattern, isLoopback, parseEndpoint } from "../core/endpoint.ts";
import type { Profile } from "../core/profile.ts";

/** The host permission that calls for a profile need; `undefined` when the manifest already has it. */
export function neededHost(
	profile: Pick<Profile, "region" | "endpoint">,
): string | undefined {
	if (profile.endpoint === undefined)
		return hostPattern(profile.region, undefined);
	const endpoint = parseEndpoint(profile.endpoint);
	if (!endpoint.ok) return undefined;
	const { scheme, host } = endpoint.value;
	if (scheme === "http" && isLoopback(host)) return undefined;
	return hostPattern(profile.region, endpoint.value);
}
