import type { RequestListener } from "node:http";
import { expect, test } from "vitest";
import { createAgentSource } from "../../../src/background/appconfig/agent.ts";
import type { Profile, ProfileId } from "../../../src/core/profile/profile.ts";
import { serve } from "../../helpers/loopback-server.ts";

const BEARER = "canary-agent-bearer-token";
const PROFILE: Profile = {
	id: "p1" as ProfileId,
	name: "settings",
	application: "my shop",
	environment: "prod",
	configurationProfile: "settings",
	region: "us-east-1",
	context: ["country=US", "tier=premium"],
	flags: ["checkout", "dark-mode"],
};

async function poll(listener: RequestListener, bearer: string = BEARER) {
	const url = (await serve(listener)).replace(/\/$/, "");
	const source = createAgentSource({
		now: () => 7,
		mayCall: async () => true,
	});
	return source.poll(PROFILE, { kind: "agent", url, bearer });
}

test("the Agent is asked for one configuration with the context and flags of the profile", async () => {
	let received: { url?: string; context?: string; authorization?: string } = {};
	const reply = await poll((request, response) => {
		const { context, authorization } = request.headers;
		received = { url: request.url, context, authorization } as typeof received;
		response.setHeader("Configuration-Version", "7");
		response.setHeader("Version-Label", "v1");
		response.setHeader("Content-Type", "application/json");
		response.end("{}");
	});
	expect(received).toEqual({
		url: "/applications/my%20shop/environments/prod/configurations/settings?flag=checkout&flag=dark-mode",
		context: "country=US, tier=premium",
		authorization: `Bearer ${BEARER}`,
	});
	expect(reply).toMatchObject({
		value: { label: "v1 (7)", configurationVersion: "7", intervalSeconds: 45 },
	});
});

test.each([
	[400, "bad-request"],
	[401, "access-denied"],
	[404, "not-found"],
	[429, "throttled"],
	[500, "service-error"],
])(
	"status %s is a fault with the Agent's message, redacted",
	async (status, kind) => {
		const reply = await poll((request, response) =>
			response
				.writeHead(status)
				.end(`refused: ${request.headers.authorization}`),
		);
		expect(reply).toEqual({
			ok: false,
			error: {
				kind,
				operation: "GetLatestConfiguration",
				at: 7,
				host: expect.stringMatching(/^(127\.0\.0\.1|localhost):\d+$/),
				status,
				detail: "refused: Bearer …",
			},
		});
	},
);

test("a redirect by the Agent is not followed", async () => {
	const reply = await poll((_, response) =>
		response.writeHead(302, { Location: "http://127.0.0.1:1/" }).end(),
	);
	expect(reply).toMatchObject({
		error: {
			kind: "not-appconfig",
			detail: "The reply was a redirect, which is not followed.",
		},
	});
	expect(JSON.stringify(reply)).not.toContain(BEARER);
});

test("stored metadata of the Agent's reply does not repeat the token", async () => {
	const reply = await poll((_, response) => {
		response.setHeader("Version-Label", `v1 ${BEARER}`);
		response.setHeader("Configuration-Version", btoa(BEARER));
		response.setHeader("Content-Type", `text/plain; echo=${BEARER}`);
		response.end("hello");
	});
	expect(reply).toMatchObject({
		value: { contentType: undefined, label: undefined },
	});
	expect(JSON.stringify(reply)).not.toMatch(/canary|Y2FuYXJ5/);
});
