import * as v from "valibot";
import type {
	ConnectionId,
	IdentityCenterConnection,
} from "../../core/connection/connection.ts";
import type {
	SignInProgress,
	SignInSecret,
} from "../../core/connection/credential-sources.ts";
import type { CredentialsFault } from "../../core/connection/credentials.ts";
import { isRegion, serviceHost } from "../../core/connection/endpoint.ts";
import { ok, type Result } from "../../core/shared/result.ts";
import { toBase64Url } from "../../storage/byte-encoding.ts";
import { type CredentialPorts, refuse } from "./credential-request.ts";
import {
	createToken,
	type OidcClient,
	registerClient,
	startDevice,
} from "./identity-center.ts";

const text = v.pipe(v.string(), v.minLength(1));
const time = v.pipe(v.number(), v.finite());
const maybe = v.exactOptional(text);

const schema = v.object({
	id: v.custom<ConnectionId>((value) => typeof value === "string"),
	ssoRegion: v.pipe(v.string(), v.check(isRegion)),
	client: v.object({
		clientId: text,
		clientSecret: text,
		clientExpiresAt: time,
	}),
	/** Epoch ms. */
	until: time,
	/** These belong to the authorization code flow. */
	tabId: v.exactOptional(v.number()),
	state: maybe,
	verifier: maybe,
	redirectUri: maybe,
	/** This belongs to the device code flow. */
	device: v.exactOptional(
		v.object({
			deviceCode: text,
			userCode: text,
			verificationUrl: text,
			intervalSeconds: time,
			/** Epoch ms of the next request for a token. */
			nextAt: time,
		}),
	),
});

/** A sign-in that waits for the user. It is stored for the browser session, so that it survives the worker. */
export type SignInAttempt = Readonly<v.InferOutput<typeof schema>>;

export function parseAttempt(value: unknown): SignInAttempt | undefined {
	const result = v.safeParse(schema, value);
	return result.success ? result.output : undefined;
}

export function toProgress({ device, until }: SignInAttempt): SignInProgress {
	if (!device) return { method: "browser", until };
	const { userCode, verificationUrl } = device;
	return { method: "device", userCode, verificationUrl, until };
}

export interface SignInFlowPorts extends CredentialPorts {
	readonly tabs: {
		create(tab: { url: string }): Promise<{ id?: number | undefined }>;
	};
}

export const TIMED_OUT = "The sign-in took too long.";
const DEADLINE_MS = 10 * 60_000;
/** AWS accepts the same redirect for its CLI. Nothing listens there: the extension reads the code from the tab's URL. */
const REDIRECT_PATH = "/oauth/callback";
const REDIRECT_URI = `http://127.0.0.1${REDIRECT_PATH}`;

export async function startAuthorizationCode(
	ports: SignInFlowPorts,
	{ id, startUrl, ssoRegion }: IdentityCenterConnection,
): Promise<Result<SignInAttempt, CredentialsFault>> {
	const client = await registerClient(ports, ssoRegion, {
		issuerUrl: startUrl,
		redirectUri: REDIRECT_URI,
	});
	if (!client.ok) return client;
	const { verifier, challenge } = await createVerifier();
	const state = toBase64Url(crypto.getRandomValues(new Uint8Array(24)));
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

export async function startDeviceCode(
	ports: SignInFlowPorts,
	{ id, startUrl, ssoRegion }: IdentityCenterConnection,
): Promise<Result<SignInAttempt, CredentialsFault>> {
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
	request: { redirectUri: string; state: string; challenge: string },
): string {
	const query = new URLSearchParams({
		response_type: "code",
		client_id: clientId,
		redirect_uri: request.redirectUri,
		state: request.state,
		code_challenge_method: "S256",
		code_challenge: request.challenge,
		scopes: "sso:account:access",
	});
	return `https://${serviceHost("oidc", ssoRegion)}/authorize?${query}`;
}

/** Any page can send the tab to the redirect URL, so only a URL with the state of this attempt counts. */
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
		return refuse("sign-in-needed", {
			detail: "The reply belongs to another sign-in.",
		});
	if (ports.now() >= attempt.until)
		return refuse("sign-in-needed", { detail: TIMED_OUT });
	if (!code)
		return refuse("access-denied", {
			detail: "The sign-in was refused.",
		});
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

/** Proof Key for Code Exchange: https://www.rfc-editor.org/rfc/rfc7636. The authorize page sees only the challenge. */
async function createVerifier(): Promise<{
	readonly verifier: string;
	readonly challenge: string;
}> {
	const verifier = toBase64Url(crypto.getRandomValues(new Uint8Array(48)));
	const digest = await crypto.subtle.digest(
		"SHA-256",
		new TextEncoder().encode(verifier),
	);
	return { verifier, challenge: toBase64Url(new Uint8Array(digest)) };
}
