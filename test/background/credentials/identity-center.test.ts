import { describe, expect, it } from "vitest";
import {
	createIdentityCenter,
	listAccounts,
	listRoles,
	renewSignIn,
} from "../../../src/background/credentials/identity-center.ts";
import type {
	ConnectionId,
	IdentityCenterConnection,
} from "../../../src/core/connection/connection.ts";
import type { SignInSecret } from "../../../src/core/connection/credential-sources.ts";
import { stubFetch } from "../../helpers/fetch.ts";

const NOW = Date.UTC(2026, 5, 1);
const MINUTE = 60_000;
const ports = { now: () => NOW, mayCall: async () => true };
const CONNECTION: IdentityCenterConnection = {
	id: "work" as ConnectionId,
	name: "Work",
	kind: "identity-center",
	startUrl: "https://d-1234567890.awsapps.com/start",
	ssoRegion: "eu-west-1",
	accountId: "123456789012",
	roleName: "ReadOnly",
};
const KEYS = {
	accessKeyId: "ASIA1",
	secretAccessKey: "canary-key",
	sessionToken: "canary-session",
};

function secret(endsIn: number, refreshToken?: string): SignInSecret {
	return {
		kind: "sign-in",
		clientId: "client",
		clientSecret: "canary-client",
		clientExpiresAt: 0,
		accessToken: "canary-access",
		expiresAt: NOW + endsIn,
		...(refreshToken ? { refreshToken } : {}),
	};
}

describe("the access portal", () => {
	it("returns credentials of the chosen role with their expiry", async () => {
		const requests = stubFetch(() => [
			200,
			{ roleCredentials: { ...KEYS, expiration: NOW + 60 * MINUTE } },
		]);
		const lease = await createIdentityCenter(ports)(
			CONNECTION,
			secret(60 * MINUTE),
		);
		expect(lease).toEqual({
			ok: true,
			value: {
				credentials: KEYS,
				receivedAt: NOW,
				expiresAt: NOW + 60 * MINUTE,
				accountId: "123456789012",
				roleName: "ReadOnly",
			},
		});
		expect(requests[0]?.url.href).toBe(
			"https://portal.sso.eu-west-1.amazonaws.com/federation/credentials?account_id=123456789012&role_name=ReadOnly",
		);
		expect(requests[0]?.headers.get("x-amz-sso_bearer_token")).toBe(
			"canary-access",
		);
	});

	it("is called in the domain of the Region's partition", async () => {
		const requests = stubFetch(() => [200, {}]);
		await listAccounts(
			ports,
			{ ...CONNECTION, ssoRegion: "cn-north-1" },
			secret(MINUTE),
		);
		expect(requests[0]?.url.hostname).toBe(
			"portal.sso.cn-north-1.amazonaws.com.cn",
		);
	});

	it("lists accounts and roles page by page", async () => {
		stubFetch(({ url }) => {
			const isSecond = url.searchParams.get("next_token") === "n/2";
			if (url.pathname.endsWith("accounts"))
				return [
					200,
					isSecond
						? {
								accountList: [
									{ accountId: "2", accountName: "Two", emailAddress: "a@b" },
								],
							}
						: { accountList: [{ accountId: "1" }], nextToken: "n/2" },
				];
			return [200, { roleList: [{ roleName: "A" }, { roleName: "B" }, {}] }];
		});
		expect(await listAccounts(ports, CONNECTION, secret(MINUTE))).toMatchObject(
			{
				value: [
					{ accountId: "1", name: "1" },
					{ accountId: "2", name: "Two", email: "a@b" },
				],
			},
		);
		expect(
			await listRoles(ports, CONNECTION, secret(MINUTE), "1"),
		).toMatchObject({ value: ["A", "B"] });
	});

	it.each([
		[401, {}, "sign-in-needed"],
		[403, {}, "access-denied"],
		[429, {}, "credentials-unavailable"],
		[503, {}, "credentials-unavailable"],
		[200, {}, "credentials-invalid"],
		[
			200,
			{ roleCredentials: { ...KEYS, sessionToken: 7 } },
			"credentials-invalid",
		],
		[404, { message: "canary-access" }, "access-denied"],
	])(
		"with the reply %s %j fails with %s, without a secret",
		async (status, body, kind) => {
			stubFetch(() => [status, body]);
			const lease = await createIdentityCenter(ports)(
				CONNECTION,
				secret(60 * MINUTE),
			);
			expect(lease).toMatchObject({ error: { kind } });
			expect(JSON.stringify(lease)).not.toContain("canary");
		},
	);

	it("is unreachable or lacks permission: the faults differ", async () => {
		stubFetch(() => undefined);
		const ask = (isAllowed: boolean) =>
			createIdentityCenter({ ...ports, mayCall: async () => isAllowed })(
				CONNECTION,
				secret(60 * MINUTE),
			);
		expect(await ask(true)).toMatchObject({
			error: { kind: "credentials-unavailable" },
		});
		expect(await ask(false)).toMatchObject({
			error: {
				kind: "permission-missing",
				detail: "https://portal.sso.eu-west-1.amazonaws.com/*",
			},
		});
	});
});

describe("a sign-in", () => {
	const granted = (more: object) =>
		stubFetch(() => [200, { accessToken: "next", expiresIn: 3_600, ...more }]);

	it("is renewed after 80 % of an hour", async () => {
		const requests = granted({});
		const fresh = secret(13 * MINUTE, "r1");
		expect(await renewSignIn(ports, CONNECTION, fresh, false)).toEqual({
			ok: true,
			value: fresh,
		});
		expect(requests).toHaveLength(0);
		expect(
			await renewSignIn(ports, CONNECTION, secret(11 * MINUTE, "r1"), false),
		).toMatchObject({
			value: {
				accessToken: "next",
				expiresAt: NOW + 60 * MINUTE,
				refreshToken: "r1",
			},
		});
		expect(requests[0]?.body).toMatchObject({
			grantType: "refresh_token",
			refreshToken: "r1",
		});
	});

	it("keeps the latest refresh token", async () => {
		granted({ refreshToken: "r2" });
		expect(
			await renewSignIn(ports, CONNECTION, secret(MINUTE, "r1"), false),
		).toMatchObject({
			value: { refreshToken: "r2" },
		});
	});

	it("that cannot be renewed is used until it expires", async () => {
		stubFetch(() => [503, {}]);
		expect(
			await renewSignIn(ports, CONNECTION, secret(8 * MINUTE, "r1"), false),
		).toMatchObject({ ok: true });
		expect(
			await renewSignIn(ports, CONNECTION, secret(0, "r1"), false),
		).toMatchObject({
			error: { kind: "credentials-unavailable" },
		});
		expect(
			await renewSignIn(ports, CONNECTION, secret(0), false),
		).toMatchObject({
			error: { kind: "sign-in-needed" },
		});
	});

	it("ends when its renewal is refused", async () => {
		stubFetch(() => [400, { error: "invalid_grant" }]);
		expect(
			await renewSignIn(ports, CONNECTION, secret(50 * MINUTE, "r1"), true),
		).toEqual({
			ok: false,
			error: {
				kind: "sign-in-needed",
				detail: "invalid_grant",
				operation: "CreateToken",
				host: "oidc.eu-west-1.amazonaws.com",
				status: 400,
			},
		});
	});
});
