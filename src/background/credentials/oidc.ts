// IAM Identity Center's OIDC: registering as a client, and exchanging what the user granted for an access token.

import type { SignInSecret } from "../../core/connection/credential-sources.ts";
import { serviceHost } from "../../core/connection/endpoint.ts";
import type { CredentialsFault } from "../../core/connection/temporary-credentials.ts";
import { ok, type Result } from "../../core/shared/result.ts";
import {
	type HttpPorts,
	type HttpReply,
	parseObject,
	refuse,
	sendRequest,
} from "../http/http-request.ts";
import { createRedactor } from "../http/redaction.ts";

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

/** `pending` and `slow-down` are the service's way to say: ask again later. */
export type TokenReply =
	| { readonly status: "granted"; readonly secret: SignInSecret }
	| { readonly status: "pending" | "slow-down" };

const OPERATIONS = {
	"/client/register": "RegisterClient",
	"/device_authorization": "StartDeviceAuthorization",
} as const;
const SCOPES = ["sso:account:access"];
const DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

/** With a redirect for the browser's way in, without for a device code. Source: https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_RegisterClient.html */
export async function registerClient(
	ports: HttpPorts,
	ssoRegion: string,
	redirect?: { readonly issuerUrl: string; readonly redirectUri: string },
): Promise<Result<OidcClient, CredentialsFault>> {
	const body = await post(ports, ssoRegion, "/client/register", {
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
	if (!body.ok) return body;
	const { clientId, clientSecret, clientSecretExpiresAt } = body.value.body;
	if (!isText(clientId) || !isText(clientSecret)) return unreadable(body.value);
	const clientExpiresAt = Number(clientSecretExpiresAt) * 1_000 || 0;
	return ok({ clientId, clientSecret, clientExpiresAt });
}

export async function startDevice(
	ports: HttpPorts,
	ssoRegion: string,
	client: OidcClient,
	startUrl: string,
): Promise<Result<DeviceGrant, CredentialsFault>> {
	const { clientId, clientSecret } = client;
	const body = await post(ports, ssoRegion, "/device_authorization", {
		clientId,
		clientSecret,
		startUrl,
	});
	if (!body.ok) return body;
	const { deviceCode, userCode, interval, expiresIn } = body.value.body;
	const url = body.value.body.verificationUriComplete;
	// It is opened in a tab: nothing but a web page may be.
	if (!isText(deviceCode) || !isText(userCode) || !isHttps(url))
		return unreadable(body.value);
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
	ports: HttpPorts,
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
	const answer = await sendRequest(ports, urlOf(ssoRegion, "/token"), {
		operation: "CreateToken",
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ clientId, clientSecret, grantType, ...grant }),
	});
	if (!answer.ok) return answer;
	const { status, text } = answer.value;
	const body = parseObject(text) ?? {};
	if (status !== 200) return notGranted(answer.value, body);
	const { accessToken, expiresIn, refreshToken } = body;
	if (!isText(accessToken)) return unreadable(answer.value);
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

function notGranted(
	answer: HttpReply,
	body: Record<string, unknown>,
): Result<TokenReply, CredentialsFault> {
	const { status } = answer;
	const { error } = body;
	if (error === "authorization_pending") return ok({ status: "pending" });
	if (error === "slow_down") return ok({ status: "slow-down" });
	if (error === "access_denied")
		return refuse("access-denied", {
			...answer,
			detail: "The sign-in was refused.",
		});
	if (status === 429 || status >= 500)
		return refuse("credentials-unavailable", answer);
	const detail = ERRORS.find((known) => known === error) ?? "";
	return refuse(
		typeof error === "string" ? "sign-in-needed" : "not-appconfig",
		{ ...answer, detail },
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
	ports: HttpPorts,
	ssoRegion: string,
	path: keyof typeof OPERATIONS,
	body: Readonly<Record<string, unknown>> & { readonly clientSecret?: string },
): Promise<
	Result<
		HttpReply & { readonly body: Record<string, unknown> },
		CredentialsFault
	>
> {
	const answer = await sendRequest(ports, urlOf(ssoRegion, path), {
		operation: OPERATIONS[path],
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify(body),
	});
	if (!answer.ok) return answer;
	const { status, text } = answer.value;
	const object = parseObject(text);
	if (status === 200 && object) return ok({ ...answer.value, body: object });
	const { error, error_description: words } = object ?? {};
	const detail = createRedactor([body.clientSecret]).text(
		[error, words].filter(isText).join(": "),
	);
	const kind = isText(error) ? "sign-in-needed" : "not-appconfig";
	return refuse(status >= 500 ? "credentials-unavailable" : kind, {
		...answer.value,
		detail,
	});
}

function urlOf(ssoRegion: string, path: string): string {
	return `https://${serviceHost("oidc", ssoRegion)}${path}`;
}

function unreadable(answer: HttpReply): Result<never, CredentialsFault> {
	return refuse("not-appconfig", {
		...answer,
		detail: "The reply is not from IAM Identity Center.",
	});
}

function isText(value: unknown): value is string {
	return typeof value === "string" && value.length > 0 && value.length < 16_384;
}

function isHttps(value: unknown): value is string {
	return isText(value) && /^https:\/\/[\w.-]+(:\d+)?\//.test(value);
}
