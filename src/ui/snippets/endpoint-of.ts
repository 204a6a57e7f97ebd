// Whom a profile's configuration is asked of, by its connection or by what it says itself; never with what is secret about it.
import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";

export interface Way {
	/** A custom endpoint's URL; absent for AWS's own. */
	readonly endpoint: string | undefined;
	/** Whether the endpoint wants a signature; an emulator on this machine does without. */
	readonly isSigned: boolean;
	/** Where the Agent is asked. */
	readonly agent: string;
}

/** https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-integration-containers-agent-configuring.html */
const AGENT = "http://localhost:2772";

export function wayOf(
	{ profile, takesCredentials }: ProfileSnapshot,
	connections: readonly ConnectionSnapshot[],
): Way {
	const connection = connections.find(
		(known) => known.connection.id === profile.connection,
	)?.connection;
	switch (connection?.kind) {
		case undefined:
			return toEndpoint(profile.endpoint, takesCredentials);
		case "endpoint":
			return toEndpoint(connection.endpoint, connection.consent !== undefined);
		case "agent":
			return { endpoint: undefined, isSigned: true, agent: connection.url };
		default:
			return toEndpoint(profile.endpoint, true);
	}
}

// An endpoint that takes no keys is an emulator, which answers as the Agent too.
function toEndpoint(endpoint: string | undefined, isSigned: boolean): Way {
	const agent = isSigned ? AGENT : (endpoint ?? AGENT);
	return { endpoint, isSigned, agent };
}
