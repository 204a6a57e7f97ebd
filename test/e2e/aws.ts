// AWS as far as signing in needs it, on loopback: IAM Identity Center's OIDC and portal, and AppConfig Data in front of the emulator.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { PlayedHost } from "./extension.ts";

export const REGION = "eu-west-1";
export const ACCESS_TOKEN = "canary-access-token-1";
export const ROLE_KEYS = {
	accessKeyId: "ASIAQ7CANARYKEYID234",
	secretAccessKey: "wJalrCanarySecret/K7MDENG+bPxRfiCYzExample",
	sessionToken: "IQoJb3JpZ2luX2VjCanaryToken",
};

const HOSTS = ["oidc", "portal.sso", "appconfigdata"].map(
	(service) => `${service}.${REGION}.amazonaws.com`,
);

export interface Aws {
	readonly played: readonly PlayedHost[];
	/** What the user's browser is sent back with, in place of the state that was asked for. */
	state: string | undefined;
	/** Whether the user has agreed to the device code. */
	isAgreed: boolean;
	/** Calls that came, as METHOD path. */
	readonly calls: string[];
	/** The access key id that configurations were asked for with. */
	signer: string | undefined;
	close(): Promise<void>;
}

export async function createAws(emulatorUrl: string): Promise<Aws> {
	let challenge = "";
	const server = createServer(
		{ key: fixture("key.pem"), cert: fixture("cert.pem") },
		(request, response) => void answer(request, response),
	);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	const aws: Aws = {
		played: HOSTS.map((host) => ({ host, port })),
		state: undefined,
		isAgreed: false,
		calls: [],
		signer: undefined,
		close: () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};

	async function answer(
		request: IncomingMessage,
		response: ServerResponse,
	): Promise<void> {
		const url = new URL(request.url ?? "", `https://${request.headers.host}`);
		aws.calls.push(`${request.method} ${url.pathname}`);
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const body = Buffer.concat(chunks);
		if (url.hostname.startsWith("appconfigdata."))
			return forward(request, url, body, response);
		const isPortal = url.hostname.startsWith("portal.");
		const token = request.headers["x-amz-sso_bearer_token"];
		const [status, value] =
			isPortal && token !== ACCESS_TOKEN
				? [401, {}]
				: reply(url, body.length > 0 ? JSON.parse(`${body}`) : {});
		if (status === 302) response.setHeader("Location", String(value));
		response.writeHead(status, { "Content-Type": "application/json" });
		response.end(status === 302 ? "" : JSON.stringify(value));
	}

	function reply(
		url: URL,
		body: Readonly<Record<string, unknown>>,
	): [status: number, value: unknown] {
		const { searchParams: query } = url;
		switch (url.pathname) {
			case "/client/register":
				return [200, CLIENT];
			case "/authorize": {
				challenge = query.get("code_challenge") ?? "";
				const state = aws.state ?? query.get("state");
				return [302, `${query.get("redirect_uri")}?code=c0de&state=${state}`];
			}
			case "/device_authorization":
				return [200, DEVICE];
			case "/signed-in":
				return [200, {}];
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

	function token(
		body: Readonly<Record<string, unknown>>,
	): [status: number, value: unknown] {
		const granted = { accessToken: ACCESS_TOKEN, expiresIn: 3_600 };
		if (body.deviceCode)
			return aws.isAgreed
				? [200, granted]
				: [400, { error: "authorization_pending" }];
		const digest = createHash("sha256")
			.update(String(body.codeVerifier))
			.digest("base64url");
		return body.code === "c0de" && digest === challenge
			? [200, granted]
			: [400, { error: "invalid_grant" }];
	}

	async function forward(
		request: IncomingMessage,
		url: URL,
		body: Buffer,
		response: ServerResponse,
	): Promise<void> {
		const { authorization = "" } = request.headers;
		aws.signer = /Credential=([^/]+)/.exec(authorization)?.[1];
		const answered = await fetch(emulatorUrl + url.pathname + url.search, {
			method: request.method ?? "GET",
			headers: { "content-type": "application/json", authorization },
			...(body.length > 0 ? { body: body.toString() } : {}),
		});
		for (const [name, value] of answered.headers)
			if (!/^(connection|keep-alive|transfer-encoding)$/.test(name))
				response.setHeader(name, value);
		response.writeHead(answered.status);
		response.end(Buffer.from(await answered.arrayBuffer()));
	}

	return aws;
}

const CLIENT = {
	clientId: "client",
	clientSecret: "canary-client-secret",
	clientSecretExpiresAt: 4_000_000_000,
};
const DEVICE = {
	deviceCode: "canary-device-code",
	userCode: "ABCD-EFGH",
	verificationUriComplete: `https://oidc.${REGION}.amazonaws.com/signed-in`,
	expiresIn: 600,
	interval: 1,
};
const ACCOUNT = { accountId: "123456789012", accountName: "Sandbox" };

function fixture(name: string): Buffer {
	return readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url));
}
