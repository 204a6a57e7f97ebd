import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";

export interface CallEndpoint {
	/** A custom endpoint's URL; absent for AWS's own. */
	readonly endpoint: string | undefined;
	/** Whether the endpoint verifies signatures; an emulator on this machine does not. */
	readonly isSigned: boolean;
	/** Where the Agent listens. */
	readonly agentUrl: string;
}

/** What a snippet calls. All texts are safe to quote, and none is secret. */
export interface SnippetInput extends CallEndpoint {
	readonly application: string;
	readonly environment: string;
	readonly configurationProfile: string;
	readonly region: string;
	readonly intervalSeconds: number | undefined;
	/** For the Agent: the context that flag rules evaluate, and the flags to return. */
	readonly context: readonly string[];
	readonly flags: readonly string[];
}

/** https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-integration-containers-agent-configuring.html */
const DEFAULT_AGENT_URL = "http://localhost:2772";

/** Where a profile's configuration is requested, by its connection or its own endpoint. */
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

/** An endpoint that takes no keys is an emulator, which serves the Agent's routes too. */
function toEndpoint(
	endpoint: string | undefined,
	isSigned: boolean,
): CallEndpoint {
	const agentUrl = isSigned
		? DEFAULT_AGENT_URL
		: (endpoint ?? DEFAULT_AGENT_URL);
	return { endpoint, isSigned, agentUrl };
}
