import type { ProfileId } from "../shared/profile-id.ts";
import type { Connection, ConnectionId } from "./connection.ts";
import { mayCarryCredentials, parseEndpoint } from "./endpoint.ts";

/** Where calls go and whose credentials they carry. Every saved profile is one. */
export interface AccessTarget {
	readonly region: string;
	/** A custom endpoint's normalised URL; absent for AWS's own. */
	readonly endpoint?: string;
	readonly connection?: ConnectionId;
	/** The saved profile whose own keys are used where there is no connection. */
	readonly id?: ProfileId;
}

/** Whether calls are signed with keys given to the profile itself; otherwise with a connection's, or with fixed dummy keys. */
export function usesOwnKeys({ connection, endpoint }: AccessTarget): boolean {
	if (connection) return false;
	if (endpoint === undefined) return true;
	const parsed = parseEndpoint(endpoint);
	return parsed.ok && mayCarryCredentials(parsed.value);
}

/** The URL that calls go to; `undefined` for AWS's own. `connection`: the target's, where it is saved. */
export function targetUrl(
	{ endpoint }: AccessTarget,
	connection: Connection | undefined,
): string | undefined {
	if (connection?.kind === "agent") return connection.url;
	return connection?.kind === "endpoint" ? connection.endpoint : endpoint;
}
