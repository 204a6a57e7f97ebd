import type { OwnKeys } from "./credentials.ts";
import { parseEndpoint, partitionOf } from "./endpoint.ts";

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
	/** The https host that may see the user's keys, because the user has typed its name; other hosts get dummy keys. */
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
	/** The Region of the Identity Center, not of the profiles. */
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

/** A role that is assumed with the connection's credentials. A session policy limits it to reading the configurations of its profiles. */
export interface AssumedRole {
	readonly arn: string;
	/** The Region whose STS is called. */
	readonly region: string;
	readonly externalId?: string;
	/** The MFA device. With one, every new session of the role needs a code from the user. */
	readonly mfaSerial?: string;
}

/** Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html and the API of STS. */
export const ROLE_ARN =
	/^arn:aws[a-z-]*:iam::(\d{12}):role\/[\w+=,.@/-]{1,512}$/;
export const MFA_SERIAL =
	/^(arn:aws[a-z-]*:iam::\d{12}:mfa\/[\w+=,.@/-]+|[\w]{9,64})$/;
export const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
export const MAX_NAME_LENGTH = 100;

/** A connection that has not been saved yet. The account and the role of an Identity Center are chosen after signing in. */
export type ConnectionDraft = DraftOf<Connection>;
type DraftOf<C> = C extends Connection
	? Omit<C, "id" | "accountId" | "roleName">
	: never;

/** A secret as the user gives it to a connection. */
export type ConnectionSecret =
	| { readonly kind: "keys"; readonly keys: OwnKeys }
	| { readonly kind: "bearer"; readonly token: string };

export const DEFAULT_AGENT_URL = "http://localhost:2772";

/** Whether the Region is of the role's own partition: credentials are sent to its STS, and to no other partition's. */
export function isRegionOfRole({ arn, region }: AssumedRole): boolean {
	return arn.startsWith(`arn:${partitionOf(region).name}:`);
}

/** Whether the host may see real keys: the user has typed its name, and it is reached over https. */
export function isConsentGiven({
	endpoint,
	consent,
}: Pick<EndpointConnection, "endpoint" | "consent">): boolean {
	const parsed = parseEndpoint(endpoint);
	return (
		parsed.ok &&
		parsed.value.scheme === "https" &&
		parsed.value.host === consent
	);
}

export function roleOf(
	connection: Connection | ConnectionDraft,
): AssumedRole | undefined {
	return "role" in connection ? connection.role : undefined;
}

/** Whether a role can be assumed with the credentials of connections of this kind. */
export function takesRole(kind: ConnectionKind): boolean {
	return kind !== "endpoint" && kind !== "agent";
}

/** The kind of secret that connections of this kind take from the user; `undefined` where they take none. */
export function secretKindOf(
	kind: ConnectionKind,
): ConnectionSecret["kind"] | undefined {
	if (kind === "agent" || kind === "credential-server") return "bearer";
	return kind === "identity-center" ? undefined : "keys";
}
