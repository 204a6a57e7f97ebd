// Which hosts the browser has to allow for a connection.
import type { Connection } from "../../core/connection/connection.ts";
import {
	hostPattern,
	isLoopback,
	parseEndpoint,
	serviceHost,
} from "../../core/connection/endpoint.ts";

/** The host permissions that a connection needs by itself; those of the profiles' own hosts are asked for with them. */
export function connectionHostPatterns(
	connection: Connection,
): readonly string[] {
	const hosts: string[] = [];
	if (connection.kind === "endpoint") hosts.push(...ofUrl(connection.endpoint));
	else if (connection.kind === "identity-center")
		for (const service of ["oidc", "portal.sso"])
			hosts.push(`https://${serviceHost(service, connection.ssoRegion)}/*`);
	else if (connection.kind !== "keys") hosts.push(...ofUrl(connection.url));
	if ("role" in connection && connection.role)
		hosts.push(`https://${serviceHost("sts", connection.role.region)}/*`);
	return hosts;
}

function ofUrl(url: string): readonly string[] {
	const endpoint = parseEndpoint(url);
	if (!endpoint.ok) return [];
	const { scheme, host } = endpoint.value;
	// Those stand in the manifest.
	if (scheme === "http" && isLoopback(host)) return [];
	return [hostPattern("", endpoint.value)];
}
