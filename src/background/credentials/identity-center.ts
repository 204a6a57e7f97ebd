// IAM Identity Center's access portal: accounts, roles, and the credentials of a role.
import type { IdentityCenterConnection } from "../../core/connection/connection.ts";
import type {
	Account,
	CredentialSources,
	SignInSecret,
} from "../../core/connection/credential-sources.ts";
import { serviceHost } from "../../core/connection/endpoint.ts";
import {
	type CredentialsFault,
	freshnessOf,
	type TemporaryCredentials,
} from "../../core/connection/temporary-credentials.ts";
import type { Operation } from "../../core/session/fault.ts";
import { ok, type Result } from "../../core/shared/result.ts";
import {
	type HttpPorts,
	parseObject,
	refuse,
	sendRequest,
} from "../http/http-request.ts";
import { createToken } from "./oidc.ts";

/** Pages of 100; nobody looks through more. */
const MAX_PAGES = 50;

export function createIdentityCenter(
	ports: HttpPorts,
): CredentialSources["identityCenter"] {
	return (connection, secret) => roleCredentials(ports, connection, secret);
}

export async function listAccounts(
	ports: HttpPorts,
	connection: IdentityCenterConnection,
	secret: SignInSecret,
): Promise<Result<readonly Account[], CredentialsFault>> {
	const found = await listAll(
		ports,
		{
			operation: "ListAccounts",
			connection,
			secret,
			path: "/assignment/accounts?max_result=100",
		},
		"accountList",
	);
	if (!found.ok) return found;
	return ok(
		found.value.flatMap(({ accountId, accountName, emailAddress }) =>
			typeof accountId === "string"
				? [
						{
							accountId,
							name: String(accountName ?? accountId),
							...(typeof emailAddress === "string"
								? { email: emailAddress }
								: {}),
						},
					]
				: [],
		),
	);
}

export async function listRoles(
	ports: HttpPorts,
	connection: IdentityCenterConnection,
	secret: SignInSecret,
	accountId: string,
): Promise<Result<readonly string[], CredentialsFault>> {
	const path = `/assignment/roles?max_result=100&account_id=${encodeURIComponent(accountId)}`;
	const found = await listAll(
		ports,
		{ operation: "ListAccountRoles", connection, secret, path },
		"roleList",
	);
	if (!found.ok) return found;
	return ok(
		found.value.flatMap(({ roleName }) =>
			typeof roleName === "string" ? [roleName] : [],
		),
	);
}

/** An unreachable portal is no error: the browser has forgotten the token already. */
export async function logOut(
	ports: HttpPorts,
	connection: IdentityCenterConnection,
	secret: SignInSecret,
): Promise<void> {
	await sendRequest(ports, urlOf(connection, "/logout"), {
		operation: "Logout",
		method: "POST",
		headers: bearerOf(secret),
	});
}

interface PortalCall {
	readonly operation: Operation;
	readonly connection: IdentityCenterConnection;
	readonly secret: SignInSecret;
	readonly path: string;
}

/** The same rule as for leases: at 80 % of its life, or 5 minutes before its end. How long it lives is not kept; an hour is usual. */
export async function renewSignIn(
	ports: HttpPorts,
	{ ssoRegion }: IdentityCenterConnection,
	secret: SignInSecret,
	isRefused: boolean,
): Promise<Result<SignInSecret, CredentialsFault>> {
	const { expiresAt, refreshToken } = secret;
	const freshness = freshnessOf(
		{ ...NO_LEASE, receivedAt: expiresAt - 3_600_000, expiresAt },
		ports.now(),
	);
	if (freshness === "fresh" && !isRefused) return ok(secret);
	const isOver = isRefused || freshness === "expired";
	if (!refreshToken) return isOver ? refuse("sign-in-needed") : ok(secret);
	const reply = await createToken(ports, ssoRegion, secret, { refreshToken });
	if (reply.ok && reply.value.status === "granted")
		// A refresh token that is not replaced stays good.
		return ok({ refreshToken, ...reply.value.secret });
	if (!isOver) return ok(secret);
	return reply.ok ? refuse("sign-in-needed") : reply;
}

const NO_LEASE: TemporaryCredentials = {
	credentials: { accessKeyId: "", secretAccessKey: "" },
	receivedAt: 0,
};

/** https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html */
async function roleCredentials(
	ports: HttpPorts,
	connection: IdentityCenterConnection,
	secret: SignInSecret,
): Promise<Result<TemporaryCredentials, CredentialsFault>> {
	const { accountId = "", roleName = "" } = connection;
	const query = new URLSearchParams({
		account_id: accountId,
		role_name: roleName,
	});
	const path = `/federation/credentials?${query}`;
	const operation = "GetRoleCredentials";
	const body = await call(ports, { operation, connection, secret, path });
	if (!body.ok) return body;
	const given = body.value.roleCredentials as
		| Readonly<Record<string, unknown>>
		| undefined;
	const { accessKeyId, secretAccessKey, sessionToken, expiration } =
		given ?? {};
	if (![accessKeyId, secretAccessKey, sessionToken].every(isText))
		return refuse("credentials-invalid", {
			operation,
			host: serviceHost("portal.sso", connection.ssoRegion),
			detail: "The reply has no keys.",
		});
	return ok({
		credentials: {
			accessKeyId: String(accessKeyId),
			secretAccessKey: String(secretAccessKey),
			sessionToken: String(sessionToken),
		},
		receivedAt: ports.now(),
		...(Number.isFinite(expiration) ? { expiresAt: Number(expiration) } : {}),
		accountId,
		roleName,
	});
}

async function listAll(
	ports: HttpPorts,
	first: PortalCall,
	key: string,
): Promise<
	Result<readonly Readonly<Record<string, unknown>>[], CredentialsFault>
> {
	const all: Record<string, unknown>[] = [];
	let next = "";
	for (let page = 0; page < MAX_PAGES; page += 1) {
		const path = next
			? `${first.path}&next_token=${encodeURIComponent(next)}`
			: first.path;
		const body = await call(ports, { ...first, path });
		if (!body.ok) return body;
		const items = body.value[key];
		if (Array.isArray(items)) all.push(...items);
		const { nextToken } = body.value;
		if (!isText(nextToken)) break;
		next = nextToken;
	}
	return ok(all);
}

async function call(
	ports: HttpPorts,
	{ operation, connection, secret, path }: PortalCall,
): Promise<Result<Record<string, unknown>, CredentialsFault>> {
	const answer = await sendRequest(ports, urlOf(connection, path), {
		operation,
		headers: bearerOf(secret),
	});
	if (!answer.ok) return answer;
	const { status, text } = answer.value;
	if (status === 401) return refuse("sign-in-needed", answer.value);
	if (status === 403)
		return refuse("access-denied", {
			...answer.value,
			detail: "The access portal does not allow this role.",
		});
	if (status === 429 || status >= 500)
		return refuse("credentials-unavailable", answer.value);
	const body = parseObject(text);
	if (status === 200 && body) return ok(body);
	return refuse(body ? "access-denied" : "not-appconfig", answer.value);
}

function bearerOf({ accessToken }: SignInSecret): Record<string, string> {
	return { "x-amz-sso_bearer_token": accessToken };
}

function urlOf({ ssoRegion }: IdentityCenterConnection, path: string): string {
	return `https://${serviceHost("portal.sso", ssoRegion)}${path}`;
}

function isText(value: unknown): value is string {
	return typeof value === "string" && value.length > 0;
}
