import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { AgentSource } from "../../../src/background/appconfig/agent.ts";
import { toPolled } from "../../../src/background/appconfig/response-validation.ts";
import { createSource } from "../../../src/background/appconfig/source.ts";
import { createAccess } from "../../../src/background/credentials/connections.ts";
import { createRedactor } from "../../../src/background/http/redaction.ts";
import { minIntervalSeconds } from "../../../src/core/connection/endpoint.ts";
import type { Profile, ProfileId } from "../../../src/core/profile/profile.ts";
import type { Token } from "../../../src/core/session/session.ts";
import { ok, type Result } from "../../../src/core/shared/result.ts";
import { createEmulator } from "../../../src/emulator/emulator.ts";
import { createTestRegistry } from "../../helpers/connection-registry.ts";

const PROFILE: Profile = {
	id: "p1" as ProfileId,
	name: "settings",
	application: "shop",
	environment: "dev",
	configurationProfile: "settings",
	region: "eu-west-1",
};
const TOKEN = "AYADe/+=" as Token;

const NO_AGENT: AgentSource = {
	open: () =>
		Promise.reject(new Error("no profile of this test uses an Agent")),
	poll: () =>
		Promise.reject(new Error("no profile of this test uses an Agent")),
};

function source(mayCall = true) {
	return createSource({
		now: () => 5,
		access: createAccess(createTestRegistry().registry, () => undefined),
		renew: async () => false,
		agent: NO_AGENT,
		mayCall: async () => mayCall,
	});
}

async function emulator(content: string, options = {}) {
	const directory = mkdtempSync(join(tmpdir(), "source-"));
	mkdirSync(join(directory, "shop/dev"), { recursive: true });
	writeFileSync(join(directory, "shop/dev/settings.json"), content);
	const made = createEmulator({
		directory,
		settleMs: 0,
		testing: true,
		...options,
	});
	const { url } = await made.listen({ port: 0 });
	onTestFinished(async () => {
		await made.close();
		rmSync(directory, { recursive: true });
	});
	return { made, profile: { ...PROFILE, endpoint: url } };
}

function unwrap<T>(result: Result<T, unknown>): T {
	if (!result.ok) throw new Error(JSON.stringify(result.error));
	return result.value;
}

/** A server that is not AppConfig. */
async function stub(listener: RequestListener): Promise<Profile> {
	const server = createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	const { port } = server.address() as AddressInfo;
	return { ...PROFILE, endpoint: `http://127.0.0.1:${port}` };
}

describe("the source with the emulator", () => {
	it("opens a session and returns the configuration's exact bytes, type and interval", async () => {
		const content = '{"id":9007199254740993,"html":"&lt;","emoji":"🛒"}\r\n';
		const { profile } = await emulator(content);
		const token = unwrap(await source().open(profile));
		const polled = unwrap(await source().poll(profile, token));
		expect(new TextDecoder().decode(polled.body)).toBe(content);
		expect(polled).toMatchObject({
			contentType: "application/json",
			intervalSeconds: 60,
		});
		expect(polled.token).not.toBe(token);
	});

	it("reports an unchanged configuration without a body", async () => {
		const { made, profile } = await emulator("{}");
		const token = unwrap(await source().open(profile));
		const first = unwrap(await source().poll(profile, token));
		made.advanceClock(61_000);
		const second = await source().poll(profile, first.token);
		expect(second).toMatchObject({ ok: true, value: { body: undefined } });
	});

	it("reports an early poll, a used token and a missing application", async () => {
		const { profile } = await emulator("{}");
		const token = unwrap(await source().open(profile));
		const first = unwrap(await source().poll(profile, token));
		const again = await source().poll(profile, token);
		const early = await source().poll(profile, first.token);
		const missing = await source().open({ ...profile, application: "nowhere" });
		expect(again).toMatchObject({ error: { kind: "token-refused" } });
		expect(early).toMatchObject({ error: { kind: "too-early" } });
		expect(missing).toMatchObject({
			error: { kind: "not-found", resourceType: "Application" },
		});
	});

	it.each([
		["throttle", "throttled"],
		["error", "service-error"],
		["html", "service-error"],
		["cut", "incomplete"],
	] as const)("maps the fault %s to %s", async (fault, kind) => {
		const { made, profile } = await emulator('{"a":1}');
		const opened = await source().open(profile);
		if (!opened.ok) throw new Error("not opened");
		made.injectFault({ fault, operation: "GetLatestConfiguration" });
		const polled = await source().poll(profile, opened.value);
		expect(polled).toMatchObject({ ok: false, error: { kind } });
	});
});

describe("the source with another server", () => {
	it("does not accept a page with status 200 as a configuration", async () => {
		const profile = await stub((_, reply) =>
			reply.setHeader("Content-Type", "text/html").end("<h1>Sign in</h1>"),
		);
		expect(await source().open(profile)).toMatchObject({
			error: { kind: "not-appconfig" },
		});
		expect(await source().poll(profile, TOKEN)).toMatchObject({
			error: { kind: "no-next-token" },
		});
	});

	it.each([
		["next-poll-interval-in-seconds", "abc", 60],
		["next-poll-interval-in-seconds", "-5", 60],
		["next-poll-interval-in-seconds", "1e99", 86_400],
		["next-poll-interval-in-seconds", "9".repeat(400), 86_400],
		["next-poll-interval-in-seconds", "", 60],
		["content-type", "\u00ff".repeat(4_000), 30],
		["content-type", ";;;", 30],
		["version-label", "x".repeat(8_000), 30],
		["date", "yesterday", 30],
		["x-amzn-requestid", "<script>", 30],
		["content-encoding", "nonsense", 30],
	])("tolerates the header %s: %.20s", async (name, value, interval) => {
		const profile = await stub((_, reply) => {
			reply.setHeader("Next-Poll-Configuration-Token", "next");
			reply.setHeader("Next-Poll-Interval-In-Seconds", "30");
			reply.setHeader(name, value).end("the configuration");
		});
		const polled = unwrap(await source().poll(profile, TOKEN));
		expect(polled).toMatchObject({
			token: "next",
			intervalSeconds: interval,
		});
		expect(new TextDecoder().decode(polled.body)).toBe("the configuration");
		expect(polled.contentType?.length ?? 0).toBeLessThanOrEqual(255);
		expect(polled.label?.length ?? 0).toBeLessThanOrEqual(64);
	});

	it("refuses a reply that is too large", async () => {
		const profile = await stub((_, reply) => {
			reply.setHeader("Next-Poll-Configuration-Token", "next");
			const chunk = Buffer.alloc(1024 * 1024);
			const write = () => {
				while (!reply.destroyed && reply.write(chunk));
				if (!reply.destroyed) reply.once("drain", write);
			};
			write();
		});
		expect(await source().poll(profile, TOKEN)).toMatchObject({
			error: { kind: "oversized" },
		});
	});

	it("sends no header to the target of a redirect", async () => {
		const seen: string[] = [];
		const elsewhere = await stub((request, reply) => {
			seen.push(String(request.url));
			reply.end();
		});
		const profile = await stub((_, reply) =>
			reply.writeHead(307, { Location: `${elsewhere.endpoint}/stolen` }).end(),
		);
		expect(await source().poll(profile, TOKEN)).toMatchObject({ ok: false });
		expect(seen).toEqual([]);
	});

	it("tells an unreachable host from one without permission", async () => {
		const profile = { ...PROFILE, endpoint: "http://127.0.0.1:9" };
		expect(await source(true).open(profile)).toMatchObject({
			error: { kind: "network" },
		});
		expect(await source(false).open(profile)).toMatchObject({
			error: { kind: "permission-missing", detail: "http://127.0.0.1/*" },
		});
	});

	it("makes no call without keys", async () => {
		expect(await source().open(PROFILE)).toMatchObject({
			error: { kind: "credentials-missing", isUnsent: true },
		});
	});

	it("sends a call once when the signature is refused and the clocks agree", async () => {
		let requests = 0;
		const profile = await stub((_, reply) => {
			requests += 1;
			reply.writeHead(403, { "x-amzn-ErrorType": "InvalidSignatureException" });
			reply.end(
				'{"message":"The request signature we calculated does not match"}',
			);
		});
		expect(await source().poll(profile, TOKEN)).toMatchObject({
			error: { kind: "signature-invalid" },
		});
		expect(requests).toBe(1);
	});

	it.each([
		["a b", /spaces/],
		["x".repeat(8_193), /8193 characters/],
	])("reports an unusable token: %.20s", async (token, why) => {
		const profile = await stub((request, reply) => {
			if (request.method === "POST")
				return reply
					.writeHead(201, { "Content-Type": "application/json" })
					.end(JSON.stringify({ InitialConfigurationToken: token }));
			reply.setHeader("Next-Poll-Configuration-Token", token).end("content");
			return reply;
		});
		const error = {
			kind: "token-unusable",
			detail: expect.stringMatching(why),
		};
		expect(await source().open(profile)).toMatchObject({ error });
		expect(await source().poll(profile, TOKEN)).toMatchObject({ error });
	});

	it("reports a redirect as not from AppConfig and does not follow it", async () => {
		let followed = 0;
		const other = await stub((_, reply) => {
			followed += 1;
			reply.end();
		});
		for (const status of [301, 302, 303, 307, 308]) {
			const profile = await stub((_, reply) =>
				reply.writeHead(status, { Location: other.endpoint }).end(),
			);
			expect(await source().open(profile)).toMatchObject({
				error: { kind: "not-appconfig" },
			});
			expect(await source().poll(profile, TOKEN)).toMatchObject({
				error: { kind: "not-appconfig" },
			});
		}
		expect(followed).toBe(0);
	});

	it.each([
		[401, ""],
		[403, ""],
		[403, "<html>Forbidden</html>"],
		[403, '{"message":null}'],
	])(
		"reports %s %j, which names no AWS error, as forbidden",
		async (status, body) => {
			const profile = await stub((_, reply) =>
				reply.writeHead(status).end(body),
			);
			const { host } = new URL(profile.endpoint ?? "");
			expect(await source().open(profile)).toMatchObject({
				error: { kind: "forbidden", status, host, detail: "" },
			});
		},
	);

	it("bounds the poll interval to 15 s except on this machine, and reports what the service asked for", () => {
		const context = (minIntervalSeconds: number) => ({
			at: 5,
			host: "h",
			minIntervalSeconds,
			redactor: createRedactor([]),
		});
		const poll = (seconds: number | undefined, min: number) =>
			toPolled(
				ok({
					NextPollConfigurationToken: "t",
					NextPollIntervalInSeconds: seconds,
				}),
				context(min),
			);
		const remote = minIntervalSeconds("https://appconfig.example.com");
		expect(minIntervalSeconds(undefined)).toBe(15);
		expect(minIntervalSeconds("http://localhost:4772")).toBe(1);
		expect(poll(1, remote)).toMatchObject({
			value: { intervalSeconds: 15, requestedIntervalSeconds: 1 },
		});
		expect(poll(1, 1)).toMatchObject({ value: { intervalSeconds: 1 } });
		expect(poll(90_000, remote)).toMatchObject({
			value: { intervalSeconds: 86_400, requestedIntervalSeconds: 90_000 },
		});
		const usual = poll(undefined, remote);
		expect(usual).toMatchObject({ value: { intervalSeconds: 60 } });
		expect(usual).not.toHaveProperty("value.requestedIntervalSeconds");
	});

	it("does not redact the metadata of an unchanged reply, which nothing reads", () => {
		const fail = () => {
			throw new Error("redacted");
		};
		const polled = toPolled(
			ok({ NextPollConfigurationToken: "next", ContentType: "text/plain" }),
			{
				at: 5,
				host: "h",
				minIntervalSeconds: 15,
				redactor: { text: fail, value: fail },
			},
		);
		expect(polled).toMatchObject({
			value: { token: "next", body: undefined, contentType: undefined },
		});
	});

	it("drops a label or content type that repeats a secret", () => {
		const token = "AYADeHsecretConfigurationToken0123456789";
		const polled = toPolled(
			ok({
				NextPollConfigurationToken: "next",
				Configuration: new Uint8Array([1]),
				ContentType: `text/plain; a=${btoa(token)}`,
				VersionLabel: token.slice(0, 24),
			}),
			{
				at: 5,
				host: "h",
				minIntervalSeconds: 15,
				redactor: createRedactor([token]),
			},
		);
		expect(polled).toMatchObject({
			value: { contentType: undefined, label: undefined },
		});
	});

	it.each(['{"InitialConfigurationToken":5}', "{}", "null"])(
		"opens no session from the reply %s",
		async (body) => {
			const profile = await stub((_, reply) => {
				reply.writeHead(201, { "Content-Type": "application/json" }).end(body);
			});
			expect(await source().open(profile)).toMatchObject({
				error: { kind: "not-appconfig" },
			});
		},
	);

	it("repeats a call once when this computer's clock is wrong", async () => {
		let requests = 0;
		const profile = await stub((_, reply) => {
			requests += 1;
			reply.setHeader("Date", new Date(Date.now() + 20 * 60_000).toUTCString());
			if (requests === 1) {
				reply.writeHead(403, {
					"x-amzn-ErrorType": "InvalidSignatureException",
				});
				reply.end('{"message":"Signature not yet current"}');
				return;
			}
			reply.writeHead(201, { "Content-Type": "application/json" });
			reply.end('{"InitialConfigurationToken":"t1"}');
		});
		expect(await source().open(profile)).toEqual({ ok: true, value: "t1" });
		expect(requests).toBe(2);
	});
});
