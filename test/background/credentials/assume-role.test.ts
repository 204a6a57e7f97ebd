import type { RequestListener } from "node:http";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAssumeRole } from "../../../src/background/credentials/assume-role.ts";
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

describe("STS", () => {
	const role = {
		arn: "arn:aws:iam::123456789012:role/team/read",
		region: "eu-west-1",
		externalId: "ext",
	};
	const base = {
		accessKeyId: "AKIAEXAMPLE",
		secretAccessKey: SECRET,
		sessionToken: "canary-token",
	};
	const ask = async (listener: RequestListener) => {
		const url = await serve(listener);
		return createAssumeRole({ ...ports, stsUrl: () => url })({
			role,
			base,
			policy: "{}",
		});
	};
	const GIVEN = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
		<AccessKeyId>ASIA2</AccessKeyId><SecretAccessKey>a&amp;b</SecretAccessKey><SessionToken>t+/=</SessionToken>
		<Expiration>2026-06-01T01:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;

	it("receives a signed form for one hour under the session policy", async () => {
		let body = "";
		let authorization = "";
		const result = await ask((request, response) => {
			authorization = String(request.headers.authorization);
			request.on("data", (chunk) => {
				body += chunk;
			});
			request.on("end", () => response.end(GIVEN));
		});
		expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({
			Action: "AssumeRole",
			RoleArn: role.arn,
			ExternalId: "ext",
			Policy: "{}",
			DurationSeconds: "3600",
		});
		expect(authorization).toContain("/20260601/eu-west-1/sts/aws4_request");
		expect(result).toMatchObject({
			value: {
				credentials: { secretAccessKey: "a&b", sessionToken: "t+/=" },
				expiresAt: NOW + 3_600_000,
				accountId: "123456789012",
				roleName: "team/read",
			},
		});
	});

	it("is called once more with its own time when this computer's clock is wrong", async () => {
		const dates: string[] = [];
		const later = new Date(NOW + 20 * 60_000).toUTCString();
		const result = await ask((request, response) => {
			dates.push(String(request.headers["x-amz-date"]));
			response.setHeader("Date", later);
			if (dates.length === 1)
				response
					.writeHead(403)
					.end(error("SignatureDoesNotMatch", "Signature expired"));
			else response.end(GIVEN);
		});
		expect(kindOf(result)).toBe("ok");
		expect(dates).toEqual(["20260601T000000Z", "20260601T002000Z"]);
	});

	it.each([
		["AccessDenied", "not authorized", "access-denied"],
		["AccessDenied", "MultiFactorAuthentication failed", "mfa-needed"],
		["ExpiredToken", `token canary-token is expired`, "credentials-expired"],
		["InvalidClientTokenId", "invalid", "credentials-invalid"],
		["SignatureDoesNotMatch", SECRET, "credentials-invalid"],
		["Throttling", "Rate exceeded", "credentials-unavailable"],
	])(
		"that refuses with %s: %s results in %s without a secret",
		async (code, words, kind) => {
			const result = await ask((_, response) =>
				response.writeHead(403).end(error(code, words)),
			);
			expect(kindOf(result)).toBe(kind);
			expect(JSON.stringify(result)).not.toMatch(/canary-token|wJalrCanary/);
		},
	);

	it("that repeats the secret as an error code is redacted", async () => {
		for (const code of [SECRET, btoa(SECRET), SECRET.slice(0, 24)]) {
			const result = await ask((_, response) =>
				response.writeHead(403).end(error(code, "no")),
			);
			expect(result).toEqual({
				ok: false,
				error: {
					kind: "credentials-invalid",
					detail: expect.stringMatching(/^…[^A-Za-z0-9]*: no$/),
					operation: "AssumeRole",
					host: expect.any(String),
					status: 403,
				},
			});
		}
	});

	it.each([301, 302, 307])(
		"is not followed when it replies with %s",
		async (status) => {
			const result = await ask((_, response) =>
				response.writeHead(status, { Location: "http://127.0.0.1:1/" }).end(),
			);
			expect(kindOf(result)).toBe("not-appconfig");
		},
	);

	it("with a damaged reply results in a fault, never in an exception", async () => {
		let body = "";
		const url = await serve((_, response) => response.end(body));
		const assume = createAssumeRole({ ...ports, stsUrl: () => url });
		await fc.assert(
			fc.asyncProperty(
				fc.nat(GIVEN.length - 1),
				fc.string({ maxLength: 4 }),
				async (at, text) => {
					body = GIVEN.slice(0, at) + text + GIVEN.slice(at + 1);
					const result = await assume({ role, base, policy: "{}" });
					expect(["ok", "credentials-invalid"]).toContain(kindOf(result));
				},
			),
			{ numRuns: 300 },
		);
	});
});

function error(code: string, message: string): string {
	return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
}
