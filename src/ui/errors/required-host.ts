import type { Connection } from "../../core/connection/connection.ts";
import {
	hostPattern,
	isLoopback,
	parseEndpoint,
} from "../../core/connection/endpoint.ts";
import type { Profile } from "../../core/profile/profile.ts";

/** The host permission that polling a profile needs; `undefined` when the manifest already has it. */
export function requiredHostPattern(
	profile: Pick<Profile, "region" | "endpoint" | "connection">,
	connections: readonly Connection[],
): string | undefined {
	const url = endpointUrl(profile, connections);
	if (url === undefined) return hostPattern(profile.region, undefined);
	const endpoint = parseEndpoint(url);
	if (!endpoint.ok) return undefined;
	const { scheme, host } = endpoint.value;
	if (scheme === "http" && isLoopback(host)) return undefined;
	return hostPattern(profile.region, endpoint.value);
}

/** The profile's own endpoint, unless its connection has one. */
function endpointUrl(
	{ endpoint, connection }: Pick<Profile, "endpoint" | "connection">,
	connections: readonly Connection[],
): string | undefined {
	const found = connections.find(({ id }) => id === connection);
	if (found?.kind === "agent") return found.url;
	return found?.kind === "endpoint" ? found.endpoint : endpoint;
}
