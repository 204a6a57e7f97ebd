// The two ways to sign in, each up to where the user has to act, and the code of a redirect redeemed.
import type { IdentityCenterConnection } from "../../core/connection/connection.ts";
import type { SignInSecret } from "../../core/connection/credential-sources.ts";
import { serviceHost } from "../../core/connection/endpoint.ts";
import type { CredentialsFault } from "../../core/connection/temporary-credentials.ts";
import { ok, type Result } from "../../core/shared/result.ts";
import { type HttpPorts, refuse } from "../http/http-request.ts";
import {
	createToken,
	type OidcClient,
	registerClient,
	startDevice,
} from "./oidc.ts";
import { base64Url, createVerifier } from "./pkce.ts";
import type { SignInAttempt } from "./sign-in-attempt.ts";

export interface SignInFlowPorts extends HttpPorts {
	readonly tabs: {
		create(tab: { url: string }): Promise<{ id?: number | undefined }>;
	};
}

const DEADLINE_MS = 10 * 60_000;
/** What AWS registers for the CLI as well; nobody listens there: the browser tells where the tab went. */
const REDIRECT_PATH = "/oauth/callback";
const REDIRECT_URI = `http://127.0.0.1${REDIRECT_PATH}`;

type Begun = Promise<Result<SignInAttempt, CredentialsFault>>;

export async function beginAuthorizationCode(
	ports: SignInFlowPorts,
	{ id, startUrl, ssoRegion }: IdentityCenterConnection,
): Begun {
	const client = await registerClient(ports, ssoRegion, {
		issuerUrl: startUrl,
		redirectUri: REDIRECT_URI,
	});
	if (!client.ok) return client;
	const { verifier, challenge } = await createVerifier();
	const state = base64Url(crypto.getRandomValues(new Uint8Array(24)));
	const [offset = 0] = crypto.getRandomValues(new Uint16Array(1));
	const port = 49_152 + (offset % 16_384);
	const redirectUri = `http://127.0.0.1:${port}${REDIRECT_PATH}`;
	const url = authorizeUrl(ssoRegion, client.value, {
		redirectUri,
		state,
		challenge,
	});
	const { id: tabId } = await ports.tabs.create({ url });
	return ok({
		id,
		ssoRegion,
		client: client.value,
		until: ports.now() + DEADLINE_MS,
		...(tabId === undefined ? {} : { tabId }),
		state,
		verifier,
		redirectUri,
	});
}

export async function beginDeviceCode(
	ports: SignInFlowPorts,
	{ id, startUrl, ssoRegion }: IdentityCenterConnection,
): Begun {
	const client = await registerClient(ports, ssoRegion);
	if (!client.ok) return client;
	const grant = await startDevice(ports, ssoRegion, client.value, startUrl);
	if (!grant.ok) return grant;
	const { intervalSeconds, expiresInSeconds, ...codes } = grant.value;
	await ports.tabs.create({ url: codes.verificationUrl });
	const now = ports.now();
	return ok({
		id,
		ssoRegion,
		client: client.value,
		until: now + Math.min(DEADLINE_MS, expiresInSeconds * 1_000),
		device: {
			...codes,
			intervalSeconds,
			nextAt: now + intervalSeconds * 1_000,
		},
	});
}

function authorizeUrl(
	ssoRegion: string,
	{ clientId }: OidcClient,
	asked: { redirectUri: string; state: string; challenge: string },
): string {
	const query = new URLSearchParams({
		response_type: "code",
		client_id: clientId,
		redirect_uri: asked.redirectUri,
		state: asked.state,
		code_challenge_method: "S256",
		code_challenge: asked.challenge,
		scopes: "sso:account:access",
	});
	return `https://${serviceHost("oidc", ssoRegion)}/authorize?${query}`;
}

/** With the state of this very attempt: any page can send the tab there, and must not end it. */
export function isOwnRedirect(
	{ redirectUri, state }: SignInAttempt,
	url: string,
): boolean {
	if (redirectUri === undefined || state === undefined) return false;
	if (!url.startsWith(`${redirectUri}?`)) return false;
	const given = new URL(url).searchParams.getAll("state");
	return given.length === 1 && given[0] === state;
}

export async function exchangeCode(
	ports: SignInFlowPorts,
	attempt: SignInAttempt,
	query: URLSearchParams,
): Promise<Result<SignInSecret, CredentialsFault>> {
	const { state, verifier, redirectUri, ssoRegion, client } = attempt;
	const code = query.get("code");
	if (!state || !verifier || !redirectUri || query.get("state") !== state)
		return refuse("sign-in-needed", "The answer was not to this sign-in.");
	if (ports.now() >= attempt.until)
		return refuse("sign-in-needed", "It took too long.");
	if (!code) return refuse("access-denied", "The sign-in was refused.");
	const reply = await createToken(ports, ssoRegion, client, {
		code,
		redirectUri,
		codeVerifier: verifier,
	});
	if (!reply.ok) return reply;
	return reply.value.status === "granted"
		? ok(reply.value.secret)
		: refuse("sign-in-needed");
}
