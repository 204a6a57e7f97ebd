// How calls are authorised and where they go, apart from the profiles that share it. Never holds a secret.

declare const connectionId: unique symbol;
export type ConnectionId = string & { readonly [connectionId]: true };

interface Named {
	readonly id: ConnectionId;
	readonly name: string;
}

/** An emulator or another server that speaks AppConfig Data. */
export interface EndpointConnection extends Named {
	readonly kind: "endpoint";
	/** Normalised URL: http on loopback, https anywhere. */
	readonly endpoint: string;
	/** The https host that the user has typed as the one that may see the keys given; other hosts get dummy ones. */
	readonly consent?: string;
}

/** AWS AppConfig Agent: no AWS credentials at all; a bearer token when it was started with ACCESS_TOKEN. */
export interface AgentConnection extends Named {
	readonly kind: "agent";
	/** Normalised URL, `http://localhost:2772` by default. */
	readonly url: string;
}

/** Keys typed or pasted in. */
export interface KeysConnection extends Named {
	readonly kind: "keys";
	readonly role?: AssumedRole;
}

/** A server on loopback that hands out credentials: the protocol of AWS_CONTAINER_CREDENTIALS_FULL_URI. */
export interface CredentialServerConnection extends Named {
	readonly kind: "credential-server";
	readonly url: string;
	readonly role?: AssumedRole;
}

/** IAM Identity Center; account and role are chosen after signing in. */
export interface IdentityCenterConnection extends Named {
	readonly kind: "identity-center";
	/** The access portal's URL: `https://d-1234567890.awsapps.com/start`. */
	readonly startUrl: string;
	/** Of the Identity Center, not of the profiles. */
	readonly ssoRegion: string;
	readonly accountId?: string;
	readonly roleName?: string;
	readonly role?: AssumedRole;
}

export type Connection =
	| EndpointConnection
	| AgentConnection
	| KeysConnection
	| CredentialServerConnection
	| IdentityCenterConnection;

export type ConnectionKind = Connection["kind"];

export const CONNECTION_KINDS = [
	"endpoint",
	"agent",
	"keys",
	"credential-server",
	"identity-center",
] as const satisfies readonly ConnectionKind[];

/** Assumed with the credentials of the connection; every session is limited to reading the configurations of its profiles. */
export interface AssumedRole {
	readonly arn: string;
	/** Whose STS is asked. */
	readonly region: string;
	readonly externalId?: string;
	/** With it a code is asked for at each new session of the role. */
	readonly mfaSerial?: string;
}

export function roleOf(connection: Connection): AssumedRole | undefined {
	return "role" in connection ? connection.role : undefined;
}
