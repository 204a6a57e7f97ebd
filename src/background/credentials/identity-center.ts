import type { IdentityCenterConnection } from "../../core/connection/connection.ts";
import type {
	Account,
	CredentialSources,
	SignInSecret,
} from "../../core/connection/credential-sources.ts";
import {
	type CredentialsFault,
	freshnessOf,
	type TemporaryCredentials,
} from "../../core/connection/credentials.ts";
import { serviceHost } from "../../core/connection/endpoint.ts";
import type { Operation } from "../../core/session/fault.ts";
import { ok, type Result } from "../../core/shared/result.ts";
import { createRedactor } from "../http/redaction.ts";
import {
	type CredentialPorts,
	type CredentialReply,
	refuse,
	requestCredentials,
} from "./credential-request.ts";

/** Of 100 items each. */
const MAX_PAGES = 50;

type JsonObject = Readonly<Record<string, unknown>>;

export interface OidcClient {
	readonly clientId: string;
	readonly clientSecret: string;
	/** Epoch ms. */
	readonly clientExpiresAt: number;
}

export interface DeviceGrant {
	readonly deviceCode: string;
	readonly userCode: string;
	readonly verificationUrl: string;
	readonly intervalSeconds: number;
	readonly expiresInSeconds: number;
}

/** `pending` and `slow-down`: the user has not acted yet; `slow-down` also asks for longer intervals. */
export type TokenReply =
	| { readonly status: "granted"; readonly secret: SignInSecret }
	| { readonly status: "pending" | "slow-down" };

const OPERATIONS = {
	"/client/register": "RegisterClient",
	"/device_authorization": "StartDeviceAuthorization",
} as const;
const SCOPES = ["sso:account:access"];
const DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

/**
 * With `redirect` for the authorization code flow, without for the device code flow.
 * https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_RegisterClient.html
 */
export async function registerClient(
	ports: CredentialPorts,
	ssoRegion: string,
	redirect?: { readonly issuerUrl: string; readonly redirectUri: string },
): Promise<Result<OidcClient, CredentialsFault>> {
	const posted = await post(ports, ssoRegion, "/client/register", {
		clientName: "AppConfig Inspector",
		clientType: "public",
		scopes: SCOPES,
		grantTypes: [
			redirect ? "authorization_code" : DEVICE_GRANT,
			"refresh_token",
		],
		...(redirect
			? { redirectUris: [redirect.redirectUri], issuerUrl: redirect.issuerUrl }
			: {}),
	});
	if (!posted.ok) return posted;
	const { clientId, clientSecret, clientSecretExpiresAt } = posted.value.json;
	if (!isText(clientId) || !isText(clientSecret))
		return refuseUnreadable(posted.value.reply);
	const clientExpiresAt = Number(clientSecretExpiresAt) * 1_000 || 0;
	return ok({ clientId, clientSecret, clientExpiresAt });
}

export async function startDevice(
	ports: CredentialPorts,
	ssoRegion: string,
	client: OidcClient,
	startUrl: string,
): Promise<Result<DeviceGrant, CredentialsFault>> {
	const { clientId, clientSecret } = client;
	const posted = await post(ports, ssoRegion, "/device_authorization", {
		clientId,
		clientSecret,
		startUrl,
	});
	if (!posted.ok) return posted;
	const { json, reply } = posted.value;
	const { deviceCode, userCode, interval, expiresIn } = json;
	const url = json.verificationUriComplete;
	// The URL is opened in a tab, so it has to be one of a web page.
	if (!isText(deviceCode) || !isText(userCode) || !isHttps(url))
		return refuseUnreadable(reply);
	return ok({
		deviceCode,
		userCode,
		verificationUrl: url,
		intervalSeconds: Number(interval) || 5,
		expiresInSeconds: Number(expiresIn) || 600,
	});
}

export type Grant =
	| {
			readonly code: string;
			readonly redirectUri: string;
			readonly codeVerifier: string;
	  }
	| { readonly deviceCode: string }
	| { readonly refreshToken: string };

export async function createToken(
	ports: CredentialPorts,
	ssoRegion: string,
	client: OidcClient,
	grant: Grant,
): Promise<Result<TokenReply, CredentialsFault>> {
	const { clientId, clientSecret } = client;
	const grantType =
		"code" in grant
			? "authorization_code"
			: "deviceCode" in grant
				? DEVICE_GRANT
				: "refresh_token";
	const sent = await requestCredentials(ports, oidcUrl(ssoRegion, "/token"), {
		operation: "CreateToken",
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ clientId, clientSecret, grantType, ...grant }),
	});
	if (!sent.ok) return sent;
	const reply = sent.value;
	const json = reply.jsonObject() ?? {};
	if (reply.status !== 200) return refuseToken(reply, json);
	const { accessToken, expiresIn, refreshToken } = json;
	if (!isText(accessToken)) return refuseUnreadable(reply);
	return ok({
		status: "granted",
		secret: {
			kind: "sign-in",
			...client,
			accessToken,
			expiresAt: ports.now() + (Number(expiresIn) || 0) * 1_000,
			...(isText(refreshToken) ? { refreshToken } : {}),
		},
	});
}

function refuseToken(
	reply: CredentialReply,
	{ error }: JsonObject,
): Result<TokenReply, CredentialsFault> {
	const { status } = reply;
	if (error === "authorization_pending") return ok({ status: "pending" });
	if (error === "slow_down") return ok({ status: "slow-down" });
	if (error === "access_denied")
		return refuse("access-denied", {
			...reply,
			detail: "The sign-in was refused.",
		});
	if (status === 429 || status >= 500)
		return refuse("credentials-unavailable", reply);
	const detail = ERRORS.find((known) => known === error) ?? "";
	return refuse(
		typeof error === "string" ? "sign-in-needed" : "not-appconfig",
		{ ...reply, detail },
	);
}

/** https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html */
const ERRORS = [
	"expired_token",
	"invalid_client",
	"invalid_grant",
	"invalid_request",
	"invalid_scope",
	"unauthorized_client",
	"unsupported_grant_type",
];

async function post(
	ports: CredentialPorts,
	ssoRegion: string,
	path: keyof typeof OPERATIONS,
	body: JsonObject & { readonly clientSecret?: string },
): Promise<
	Result<
		{ readonly reply: CredentialReply; readonly json: JsonObject },
		CredentialsFault
	>
> {
	const sent = await requestCredentials(ports, oidcUrl(ssoRegion, path), {
		operation: OPERATIONS[path],
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify(body),
	});
	if (!sent.ok) return sent;
	const reply = sent.value;
	const json = reply.jsonObject();
	if (reply.status === 200 && json) return ok({ reply, json });
	const { error, error_description: description } = json ?? {};
	const detail = createRedactor([body.clientSecret]).text(
		[error, description].filter(isText).join(": "),
	);
	const kind = isText(error) ? "sign-in-needed" : "not-appconfig";
	return refuse(reply.status >= 500 ? "credentials-unavailable" : kind, {
		...reply,
		detail,
	});
}

function oidcUrl(ssoRegion: string, path: string): string {
	return `https://${serviceHost("oidc", ssoRegion)}${path}`;
}

function refuseUnreadable(
	reply: CredentialReply,
): Result<never, CredentialsFault> {
	return refuse("not-appconfig", {
		...reply,
		detail: "The reply is not from IAM Identity Center.",
	});
}

export function createIdentityCenter(
	ports: CredentialPorts,
): CredentialSources["identityCenter"] {
	return (connection, secret) => roleCredentials(ports, connection, secret);
}

export async function listAccounts(
	ports: CredentialPorts,
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
	ports: CredentialPorts,
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

/** Ignores failures: the extension has already deleted the token. */
export async function logOut(
	ports: CredentialPorts,
	connection: IdentityCenterConnection,
	secret: SignInSecret,
): Promise<void> {
	await requestCredentials(ports, portalUrl(connection, "/logout"), {
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

/** Renews by the same rule as temporary credentials. The lifetime is not stored; an hour is usual. */
export async function renewSignIn(
	ports: CredentialPorts,
	{ ssoRegion }: IdentityCenterConnection,
	secret: SignInSecret,
	isRefused: boolean,
): Promise<Result<SignInSecret, CredentialsFault>> {
	const { expiresAt, refreshToken } = secret;
	const freshness = freshnessOf(
		{ receivedAt: expiresAt - 3_600_000, expiresAt },
		ports.now(),
	);
	if (freshness === "fresh" && !isRefused) return ok(secret);
	const isOver = isRefused || freshness === "expired";
	if (!refreshToken) return isOver ? refuse("sign-in-needed") : ok(secret);
	const reply = await createToken(ports, ssoRegion, secret, { refreshToken });
	if (reply.ok && reply.value.status === "granted")
		// A refresh token stays valid unless the reply has a new one.
		return ok({ refreshToken, ...reply.value.secret });
	if (!isOver) return ok(secret);
	return reply.ok ? refuse("sign-in-needed") : reply;
}

/** https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html */
async function roleCredentials(
	ports: CredentialPorts,
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
	const body = await callPortal(ports, { operation, connection, secret, path });
	if (!body.ok) return body;
	const given = body.value.roleCredentials as JsonObject | undefined;
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
	ports: CredentialPorts,
	first: PortalCall,
	key: string,
): Promise<Result<readonly JsonObject[], CredentialsFault>> {
	const all: JsonObject[] = [];
	let next = "";
	for (let page = 0; page < MAX_PAGES; page += 1) {
		const path = next
			? `${first.path}&next_token=${encodeURIComponent(next)}`
			: first.path;
		const body = await callPortal(ports, { ...first, path });
		if (!body.ok) return body;
		const items = body.value[key];
		if (Array.isArray(items)) all.push(...items);
		const { nextToken } = body.value;
		if (!isText(nextToken)) break;
		next = nextToken;
	}
	return ok(all);
}

async function callPortal(
	ports: CredentialPorts,
	{ operation, connection, secret, path }: PortalCall,
): Promise<Result<JsonObject, CredentialsFault>> {
	const sent = await requestCredentials(ports, portalUrl(connection, path), {
		operation,
		headers: bearerOf(secret),
	});
	if (!sent.ok) return sent;
	const reply = sent.value;
	const { status } = reply;
	if (status === 401) return refuse("sign-in-needed", reply);
	if (status === 403)
		return refuse("access-denied", {
			...reply,
			detail: "The access portal does not allow this role.",
		});
	if (status === 429 || status >= 500)
		return refuse("credentials-unavailable", reply);
	const json = reply.jsonObject();
	if (status === 200 && json) return ok(json);
	return refuse(json ? "access-denied" : "not-appconfig", reply);
}

function bearerOf({ accessToken }: SignInSecret): Record<string, string> {
	return { "x-amz-sso_bearer_token": accessToken };
}

function portalUrl(
	{ ssoRegion }: IdentityCenterConnection,
	path: string,
): string {
	return `https://${serviceHost("portal.sso", ssoRegion)}${path}`;
}

function isText(value: unknown): value is string {
	return typeof value === "string" && value.length > 0 && value.length < 16_384;
}

function isHttps(value: unknown): value is string {
	return isText(value) && /^https:\/\/[\w.-]+(:\d+)?\//.test(value);
}
