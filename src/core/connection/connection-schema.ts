import * as v from "valibot";
import type { DamagedRecord } from "../shared/storage-problems.ts";
import {
	type Connection,
	type ConnectionDraft,
	type ConnectionId,
	type ConnectionSecret,
	EXTERNAL_ID,
	isConsentGiven,
	isRegionOfRole,
	MAX_NAME_LENGTH,
	MFA_SERIAL,
	ROLE_ARN,
} from "./connection.ts";
import type { ScopedCredentials } from "./connection-store.ts";
import {
	ACCESS_KEY_ID,
	BEARER_TOKEN,
	needsSessionToken,
	type OwnKeys,
	SECRET_ACCESS_KEY,
	SESSION_TOKEN,
	type Secret,
	type TemporaryCredentials,
} from "./credentials.ts";
import { isLoopback, isRegion, parseEndpoint } from "./endpoint.ts";

export const CONNECTION_SCHEMA = 1;

/** Kept across browser restarts. */
export interface ConnectionRecord {
	readonly schema: typeof CONNECTION_SCHEMA;
	readonly connection: Connection;
	/** The consent in the connection was typed on this machine: older versions took it from imports as well. */
	readonly isConsentTyped?: true;
}

export function toConnectionRecord(connection: Connection): ConnectionRecord {
	const isConsentTyped =
		connection.kind === "endpoint" && connection.consent !== undefined;
	return {
		schema: CONNECTION_SCHEMA,
		connection,
		...(isConsentTyped ? { isConsentTyped } : {}),
	};
}

const text = v.pipe(v.string(), v.minLength(1));
const time = v.pipe(v.number(), v.finite());
const id = v.custom<ConnectionId>(
	(value) => typeof value === "string" && value.length > 0,
);
// Values that become part of a host name or of a request are checked as strictly as those of a form.
const region = v.pipe(v.string(), v.check(isRegion));
const url = v.pipe(
	v.string(),
	v.check((value) => parseEndpoint(value).ok),
);
const loopbackUrl = v.pipe(v.string(), v.check(isOnThisMachine));
const roleSchema = v.object({
	arn: v.pipe(v.string(), v.regex(ROLE_ARN)),
	region,
	externalId: v.exactOptional(v.pipe(v.string(), v.regex(EXTERNAL_ID))),
	mfaSerial: v.exactOptional(v.pipe(v.string(), v.regex(MFA_SERIAL))),
});
const role = v.exactOptional(roleSchema);
const roleOfPartition = v.exactOptional(
	v.pipe(roleSchema, v.check(isRegionOfRole)),
);

const saved = { id, name: v.string() };
const draft = {
	name: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_NAME_LENGTH)),
};
const endpointEntries = {
	kind: v.literal("endpoint"),
	endpoint: url,
	consent: v.exactOptional(text),
};
const agentEntries = { kind: v.literal("agent"), url };
const keysEntries = { kind: v.literal("keys") };
const serverEntries = {
	kind: v.literal("credential-server"),
	url: loopbackUrl,
};
const identityCenterEntries = {
	kind: v.literal("identity-center"),
	startUrl: v.pipe(url, v.startsWith("https:")),
	ssoRegion: region,
};

const connectionSchema = v.variant("kind", [
	v.object({ ...saved, ...endpointEntries }),
	v.object({ ...saved, ...agentEntries }),
	v.object({ ...saved, ...keysEntries, role }),
	v.object({ ...saved, ...serverEntries, role }),
	v.object({
		...saved,
		...identityCenterEntries,
		accountId: v.exactOptional(v.pipe(v.string(), v.regex(/^\d{12}$/))),
		roleName: v.exactOptional(
			v.pipe(v.string(), v.regex(/^[\w+=,.@-]{1,128}$/)),
		),
		role,
	}),
]) satisfies v.GenericSchema<unknown, Connection>;

/** A draft that a view sends. Refuses everything that the form refuses, because the background does not trust pages. */
export const connectionDraftSchema = v.variant("kind", [
	v.pipe(
		v.object({ ...draft, ...endpointEntries }),
		v.check(
			({ endpoint, consent }) =>
				consent === undefined || isConsentGiven({ endpoint, consent }),
		),
	),
	v.object({ ...draft, ...agentEntries }),
	v.object({ ...draft, ...keysEntries, role: roleOfPartition }),
	v.object({ ...draft, ...serverEntries, role: roleOfPartition }),
	v.object({ ...draft, ...identityCenterEntries, role: roleOfPartition }),
]) satisfies v.GenericSchema<unknown, ConnectionDraft>;

/** Keys that the user gives. */
export const ownKeysSchema = v.pipe(
	v.object({
		accessKeyId: v.pipe(v.string(), v.regex(ACCESS_KEY_ID)),
		secretAccessKey: secretText(SECRET_ACCESS_KEY),
		sessionToken: v.exactOptional(secretText(SESSION_TOKEN)),
		expiresAt: v.exactOptional(time),
	}),
	v.check(
		({ accessKeyId, sessionToken }) =>
			sessionToken !== undefined || !needsSessionToken(accessKeyId),
	),
) satisfies v.GenericSchema<unknown, OwnKeys>;

export const connectionSecretSchema = v.variant("kind", [
	v.object({ kind: v.literal("keys"), keys: ownKeysSchema }),
	v.object({
		kind: v.literal("bearer"),
		token: v.pipe(v.string(), v.regex(BEARER_TOKEN)),
	}),
]) satisfies v.GenericSchema<unknown, ConnectionSecret>;

const recordSchema = v.object({
	schema: v.literal(CONNECTION_SCHEMA),
	connection: connectionSchema,
	isConsentTyped: v.exactOptional(v.literal(true)),
});

const credentialsSchema = v.object({
	credentials: v.object({
		accessKeyId: text,
		secretAccessKey: text,
		sessionToken: v.exactOptional(text),
	}),
	receivedAt: time,
	expiresAt: v.exactOptional(time),
	accountId: v.exactOptional(text),
	roleName: v.exactOptional(text),
}) satisfies v.GenericSchema<unknown, TemporaryCredentials>;

const scopedCredentialsSchema = v.object({
	...credentialsSchema.entries,
	policy: v.string(),
}) satisfies v.GenericSchema<unknown, ScopedCredentials>;

const secretSchema = v.variant("kind", [
	v.object({ kind: v.literal("keys"), lease: credentialsSchema }),
	v.object({ kind: v.literal("bearer"), token: text }),
	v.object({
		kind: v.literal("sign-in"),
		clientId: text,
		clientSecret: text,
		clientExpiresAt: time,
		accessToken: text,
		expiresAt: time,
		refreshToken: v.exactOptional(text),
	}),
]) satisfies v.GenericSchema<unknown, Secret>;

/** `stored`: records by id. Unreadable records are listed in `damaged`; they are never overwritten or deleted without the user. */
export function parseConnections(stored: ReadonlyMap<string, unknown>): {
	readonly connections: readonly Connection[];
	readonly damaged: readonly DamagedRecord[];
	/** Connections whose consent does not count, because it may have come with an import. */
	readonly withdrawnConsents: readonly ConnectionId[];
} {
	const connections: Connection[] = [];
	const damaged: DamagedRecord[] = [];
	const withdrawnConsents: ConnectionId[] = [];
	for (const [key, raw] of stored) {
		const record = v.safeParse(recordSchema, raw);
		if (!record.success || record.output.connection.id !== key) {
			damaged.push(toDamaged(key, raw));
			continue;
		}
		const { connection, isConsentTyped } = record.output;
		if (connection.kind !== "endpoint" || isConsentTyped) {
			connections.push(connection);
			continue;
		}
		const { consent, ...rest } = connection;
		connections.push(rest);
		if (consent !== undefined) withdrawnConsents.push(rest.id);
	}
	return { connections, damaged, withdrawnConsents };
}

const newerSchema = v.object({
	schema: v.pipe(v.number(), v.minValue(CONNECTION_SCHEMA + 1)),
});
const namedSchema = v.object({ connection: v.object({ name: v.string() }) });

function toDamaged(key: string, raw: unknown): DamagedRecord {
	const named = v.safeParse(namedSchema, raw);
	const name = named.success ? named.output.connection.name.slice(0, 100) : "";
	return {
		area: "local",
		key: `connection:${key}`,
		title: name ? `connection “${name}”` : "a connection",
		...(v.is(newerSchema, raw) ? { isNewer: true } : {}),
	};
}

function secretText(pattern: RegExp) {
	return v.pipe(v.string(), v.maxLength(16_384), v.regex(pattern));
}

function isOnThisMachine(value: string): boolean {
	const endpoint = parseEndpoint(value);
	return endpoint.ok && isLoopback(endpoint.value.host);
}

export function parseSecret(value: unknown): Secret | undefined {
	const result = v.safeParse(secretSchema, value);
	return result.success ? result.output : undefined;
}

export function parseScopedCredentials(
	value: unknown,
): ScopedCredentials | undefined {
	const result = v.safeParse(scopedCredentialsSchema, value);
	return result.success ? result.output : undefined;
}
