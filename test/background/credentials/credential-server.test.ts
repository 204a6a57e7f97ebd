import type { RequestListener } from "node:http";
import { describe, expect, it } from "vitest";
import { createCredentialServer } from "../../../src/background/credentials/credential-server.ts";
import type { ConnectionId } from "../../../src/core/connection/connection.ts";
import type {
	CredentialsFault,
	TemporaryCredentials,
} from "../../../src/core/connection/credentials.ts";
import type { Result } from "../../../src/core/shared/result.ts";
import { serve } from "../../helpers/loopback-server.ts";

const NOW = Date.UTC(2026, 5, 1);
const SECRET = "wJalrCanarySecret/K7MDENG+bPxRfiCYzExample";
const ports = { now: () => NOW, mayCall: async () => true };

function kindOf(
	result: Result<TemporaryCredentials, CredentialsFault>,
): string {
	return result.ok ? "ok" : result.error.kind;
}

describe("a credential server", () => {
	const ask = async (listener: RequestListener, bearer?: string) =>
		createCredentialServer(ports)(
			{
				id: "c" as ConnectionId,
				name: "n",
				kind: "credential-server",
				url: await serve(listener),
			},
			bearer,
		);

	it("returns keys with their expiry, and receives its token unchanged", async () => {
		let authorization: string | undefined;
		const result = await ask((request, response) => {
			authorization = request.headers.authorization;
			response.end(
				JSON.stringify({
					AccessKeyId: "ASIA1",
					SecretAccessKey: SECRET,
					Token: "t",
					Expiration: "2026-06-01T01:00:00Z",
				}),
			);
		}, "Bearer abc");
		expect(authorization).toBe("Bearer abc");
		expect(result).toEqual({
			ok: true,
			value: {
				credentials: {
					accessKeyId: "ASIA1",
					secretAccessKey: SECRET,
					sessionToken: "t",
				},
				receivedAt: NOW,
				expiresAt: NOW + 3_600_000,
			},
		});
	});

	it.each([
		[403, "{}", "access-denied"],
		[500, "", "credentials-unavailable"],
		[200, "<html>", "not-appconfig"],
		[200, '{"AccessKeyId":"A"}', "credentials-invalid"],
		[
			200,
			`{"AccessKeyId":"A","SecretAccessKey":"${SECRET}","Expiration":"2026-05-31T00:00:00Z"}`,
			"credentials-expired",
		],
	])("with the reply %s %s results in %s", async (status, body, kind) => {
		const result = await ask((_, response) =>
			response.writeHead(status).end(body),
		);
		expect(kindOf(result)).toBe(kind);
		expect(JSON.stringify(result)).not.toContain(SECRET);
	});

	it("with a reply of more than 256 KiB is not a credential server", async () => {
		const result = await ask((_, response) =>
			response.end(`{"AccessKeyId":"${"A".repeat(300_000)}"}`),
		);
		expect(result).toMatchObject({
			error: {
				kind: "not-appconfig",
				operation: "GetCredentials",
				detail: "The reply is larger than 256 KiB.",
			},
		});
	});

	it("that redirects is not followed, and is not a credential server", async () => {
		let requests = 0;
		const other = await serve((_, response) => {
			requests += 1;
			response.end("{}");
		});
		const result = await ask((_, response) =>
			response.writeHead(302, { Location: other }).end(),
		);
		expect(kindOf(result)).toBe("not-appconfig");
		expect(requests).toBe(0);
	});
});
