// Whom a profile's configuration is asked of, by its connection or by what it says itself; never with what is secret about it.
import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";

export interface CallEndpoint {
	/** A custom endpoint's URL; absent for AWS's own. */
	readonly endpoint: string | undefined;
	/** Whether the endpoint wants a signature; an emulator on this machine does without. */
	readonly isSigned: boolean;
	/** Where the Agent is asked. */
	readonly agentUrl: string;
}

/** https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-integration-containers-agent-configuring.html */
const DEFAULT_AGENT_URL = "http://localhost:2772";

export function endpointOf(
	{ profile, takesCredentials }: ProfileSnapshot,
	connections: readonly ConnectionSnapshot[],
): CallEndpoint {
	const connection = connections.find(
		(known) => known.connection.id === profile.connection,
	)?.connection;
	switch (connection?.kind) {
		case undefined:
			return toEndpoint(profile.endpoint, takesCredentials);
		case "endpoint":
			return toEndpoint(connection.endpoint, connection.consent !== undefined);
		case "agent":
			return { endpoint: undefined, isSigned: true, agentUrl: connection.url };
		default:
			return toEndpoint(profile.endpoint, true);
	}
}

// An endpoint that takes no keys is an emulator, which answers as the Agent too.
function toEndpoint(
	endpoint: string | undefined,
	isSigned: boolean,
): CallEndpoint {
	const agentUrl = isSigned
		? DEFAULT_AGENT_URL
		: (endpoint ?? DEFAULT_AGENT_URL);
	return { endpoint, isSigned, agentUrl };
}
