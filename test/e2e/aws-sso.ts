// A mock of IAM Identity Center: OIDC, which signs users in, and the portal, which returns a role's credentials.
import { createHash } from "node:crypto";
import type { Call } from "./aws.ts";

export const ROLE_KEYS = {
	accessKeyId: "ASIAQ7CANARYKEYID234",
	secretAccessKey: "wJalrCanarySecret/K7MDENG+bPxRfiCYzExample",
	sessionToken: "IQoJb3JpZ2luX2VjCanaryToken",
};
export const CLIENT_SECRET = "canary-client-secret";
export const DEVICE_CODE = "canary-device-code";
/** The access token of the n-th grant, and what renews it. */
export const accessToken = (grant: number) => `canary-access-token-${grant}`;
export const refreshToken = (grant: number) => `canary-refresh-token-${grant}`;

type Reply = readonly [status: number, value: unknown];

export interface Sso {
	/** What the user's browser is sent back with, in place of the state that was asked for. */
	state: string | undefined;
	/** Whether the user has agreed to the device code. */
	isAgreed: boolean;
	/** How many access tokens were granted; the last one is good. */
	grants: number;
	/** The last access token is not taken any more. */
	isEnded: boolean;
	reply(call: Call): Reply;
}

export function createSso(): Sso {
	let challenge = "";
	const sso: Sso = {
		state: undefined,
		isAgreed: false,
		grants: 0,
		isEnded: false,
		reply(call) {
			const { url, headers, body } = call;
			const isPortal = url.hostname.startsWith("portal.");
			const token = headers["x-amz-sso_bearer_token"];
			if (isPortal && (sso.isEnded || token !== accessToken(sso.grants)))
				return [401, {}];
			return replyTo(url, body ? JSON.parse(body) : {});
		},
	};

	function replyTo(
		{ pathname, searchParams: query }: URL,
		body: Readonly<Record<string, unknown>>,
	): Reply {
		switch (pathname) {
			case "/client/register":
				return [200, CLIENT];
			case "/authorize": {
				challenge = query.get("code_challenge") ?? "";
				const state = sso.state ?? query.get("state");
				return [302, `${query.get("redirect_uri")}?code=c0de&state=${state}`];
			}
			case "/device_authorization":
				return [200, DEVICE];
			case "/token":
				return token(body);
			case "/assignment/accounts":
				return [200, { accountList: [ACCOUNT] }];
			case "/assignment/roles":
				return [200, { roleList: [{ roleName: "ReadOnly" }] }];
			case "/federation/credentials":
				return [
					200,
					{
						roleCredentials: {
							...ROLE_KEYS,
							expiration: Date.now() + 3_600_000,
						},
					},
				];
			default:
				return [200, {}];
		}
	}

	function token(body: Readonly<Record<string, unknown>>): Reply {
		if (body.deviceCode && !sso.isAgreed)
			return [400, { error: "authorization_pending" }];
		if (!body.deviceCode && !isGood(body))
			return [400, { error: "invalid_grant" }];
		sso.grants += 1;
		sso.isEnded = false;
		return [
			200,
			{
				accessToken: accessToken(sso.grants),
				refreshToken: refreshToken(sso.grants),
				expiresIn: 3_600,
			},
		];
	}

	function isGood(body: Readonly<Record<string, unknown>>): boolean {
		if (body.refreshToken)
			return body.refreshToken === refreshToken(sso.grants);
		const digest = createHash("sha256")
			.update(String(body.codeVerifier))
			.digest("base64url");
		return body.code === "c0de" && digest === challenge;
	}

	return sso;
}

const CLIENT = {
	clientId: "client",
	clientSecret: CLIENT_SECRET,
	clientSecretExpiresAt: 4_000_000_000,
};
const DEVICE = {
	deviceCode: DEVICE_CODE,
	userCode: "ABCD-EFGH",
	verificationUriComplete: "https://oidc.eu-west-1.amazonaws.com/signed-in",
	expiresIn: 600,
	interval: 1,
};
const ACCOUNT = { accountId: "123456789012", accountName: "Sandbox" };
