// Hands out what a profile's calls carry: leases of credentials, renewed before they end, asked for once at a time.

import type { Profile } from "../profile/profile.ts";
import { err, ok, type Result } from "../result.ts";
import {
	type AssumedRole,
	type Connection,
	type ConnectionId,
	type IdentityCenterConnection,
	roleOf,
} from "./connection.ts";
import { type Book, generationOf, policyOf } from "./connection-registry.ts";
import type { ScopedLease } from "./connection-store.ts";
import type { Credentials } from "./credentials.ts";
import { mayCarryCredentials, parseEndpoint } from "./endpoint.ts";
import {
	freshnessOf,
	type Lease,
	type Refusal,
} from "./temporary-credentials.ts";
import { withSignIn } from "./with-sso-token.ts";

/** Where a profile's calls go and what they carry. */
export type Access =
	| {
			readonly kind: "aws";
			/** Absent: AWS's own of the profile's Region. */
			readonly endpoint: string | undefined;
			readonly credentials: Credentials;
			/** Of a role's session that is limited to reading configurations. */
			readonly isScoped?: boolean;
	  }
	| {
			readonly kind: "agent";
			readonly url: string;
			readonly bearer: string | undefined;
	  };

/** What the service takes when nobody checks: signing needs something to sign with. */
export const DUMMY: Credentials = {
	accessKeyId: "test",
	secretAccessKey: "test",
};

/** Of a profile with a connection. */
export async function accessOf(
	book: Book,
	profile: Profile & { readonly connection: ConnectionId },
): Promise<Result<Access, Refusal>> {
	const connection = book.connections.get(profile.connection);
	if (!connection)
		return refuse("credentials-missing", "Its connection was deleted.");
	if (connection.kind === "agent") {
		const secret = book.secrets.get(connection.id);
		const bearer = secret?.kind === "bearer" ? secret.token : undefined;
		if (book.ports.vault.isLocked(connection.id))
			return refuse("credentials-locked");
		return ok({ kind: "agent", url: connection.url, bearer });
	}
	const endpoint =
		connection.kind === "endpoint" ? connection.endpoint : profile.endpoint;
	if (!mayCarry(endpoint, connection))
		return ok({ kind: "aws", endpoint, credentials: DUMMY });
	const lease = await leaseOf(book, connection);
	if (!lease.ok) return lease;
	const { credentials } = lease.value;
	return ok({
		kind: "aws",
		endpoint,
		credentials,
		...(roleOf(connection) ? { isScoped: true } : {}),
	});
}

/** The service has refused the credentials as expired: `true` when there are new ones to try once more. */
export async function renew(book: Book, id: ConnectionId): Promise<boolean> {
	const connection = book.connections.get(id);
	if (!connection || (connection.kind === "keys" && !connection.role))
		return false;
	return (await obtainOnce(book, connection)).ok;
}

/** `mfaCode`: typed in just now, good for one session of the role. */
export async function leaseOf(
	book: Book,
	connection: Connection,
	mfaCode?: string,
): Promise<Result<Lease, Refusal>> {
	const { id } = connection;
	if (book.ports.vault.isLocked(id)) return refuse("credentials-locked");
	const known = book.leases.get(id);
	const now = book.ports.now();
	const freshness = known ? freshnessOf(known, now) : "expired";
	const isFit = known?.policy === policyOf(book, connection);
	if (known && isFit && freshness === "fresh" && !mfaCode) return ok(known);
	const obtained = await obtainOnce(book, connection, mfaCode);
	// Until the last minute what is at hand will do: whoever hands out the next may be back by then.
	if (!obtained.ok && known && isFit && freshness === "stale") return ok(known);
	return obtained;
}

function obtainOnce(
	book: Book,
	connection: Connection,
	mfaCode?: string,
): Promise<Result<Lease, Refusal>> {
	const { id } = connection;
	const pending = book.pending.get(id);
	if (pending && !mfaCode) return pending;
	const generation = generationOf(book, id);
	const asked = obtain(book, connection, mfaCode)
		.then((result) =>
			book.enqueue(async () =>
				generationOf(book, id) === generation
					? note(book, id, result)
					: undefined,
			),
		)
		.then((noted) => noted ?? again(book, id));
	const settled = asked.finally(() => {
		if (book.pending.get(id) === settled) book.pending.delete(id);
	});
	book.pending.set(id, settled);
	return settled;
}

// The user has changed the connection meanwhile: what came is not for it any more.
async function again(
	book: Book,
	id: ConnectionId,
): Promise<Result<Lease, Refusal>> {
	const connection = book.connections.get(id);
	return connection
		? leaseOf(book, connection)
		: refuse("credentials-missing", "Its connection was deleted.");
}

async function obtain(
	book: Book,
	connection: Connection,
	mfaCode: string | undefined,
): Promise<Result<ScopedLease, Refusal>> {
	const base = await baseLease(book, connection);
	if (!base.ok) return base;
	const role = roleOf(connection);
	if (!role) return ok({ ...base.value, policy: "" });
	const policy = policyOf(book, connection);
	const assumed = await assume(book, role, {
		base: base.value.credentials,
		policy,
		mfaCode,
	});
	if (!assumed.ok) return assumed;
	return ok({ ...assumed.value, policy });
}

function assume(
	book: Book,
	role: AssumedRole,
	given: {
		readonly base: Credentials;
		readonly policy: string;
		readonly mfaCode: string | undefined;
	},
): Promise<Result<Lease, Refusal>> | Result<Lease, Refusal> {
	const { base, policy, mfaCode } = given;
	if (role.mfaSerial && !mfaCode) return refuse("mfa-needed");
	return book.ports.providers.assumeRole({
		role,
		base,
		policy,
		...(mfaCode ? { mfaCode } : {}),
	});
}

async function baseLease(
	book: Book,
	connection: Connection,
): Promise<Result<Lease, Refusal>> {
	const { providers, now, clockOffset } = book.ports;
	const secret = book.secrets.get(connection.id);
	if (connection.kind === "credential-server") {
		const bearer = secret?.kind === "bearer" ? secret.token : undefined;
		return providers.credentialServer(connection, bearer);
	}
	if (connection.kind === "identity-center") {
		return secret ? signedInLease(book, connection) : refuse("sign-in-needed");
	}
	if (secret?.kind !== "keys") return refuse("credentials-missing");
	// Until AWS has told its time, whether they are over is for AWS to say.
	if (clockOffset() !== undefined && isOver(secret.lease, now()))
		return refuse("credentials-expired");
	return ok(secret.lease);
}

function signedInLease(
	book: Book,
	connection: IdentityCenterConnection,
): Promise<Result<Lease, Refusal>> | Result<Lease, Refusal> {
	if (!connection.accountId || !connection.roleName)
		return refuse("sign-in-needed", "Choose an account and a role.");
	return withSignIn(book, connection, (secret) =>
		book.ports.providers.identityCenter(connection, secret),
	);
}

async function note(
	book: Book,
	id: ConnectionId,
	result: Result<ScopedLease, Refusal>,
): Promise<Result<Lease, Refusal>> {
	const { keyring, changed, ready } = book.ports;
	const wasRefused = book.refusals.has(id);
	if (!result.ok) {
		book.refusals.set(id, result.error);
		changed();
		return result;
	}
	await keyring.saveLease(id, result.value);
	book.leases.set(id, result.value);
	book.refusals.delete(id);
	changed();
	if (wasRefused) ready(id);
	return result;
}

function isOver(lease: Lease, now: number): boolean {
	return freshnessOf(lease, now) === "expired";
}

function mayCarry(
	endpoint: string | undefined,
	connection: Connection,
): boolean {
	if (endpoint === undefined) return true;
	const parsed = parseEndpoint(endpoint);
	if (!parsed.ok) return false;
	if (mayCarryCredentials(parsed.value)) return true;
	const { scheme, host } = parsed.value;
	return (
		connection.kind === "endpoint" &&
		scheme === "https" &&
		connection.consent === host
	);
}

function refuse(kind: Refusal["kind"], detail = ""): Result<never, Refusal> {
	return err({ kind, detail });
}
