import { expect, test } from "vitest";
import type {
	ConnectionId,
	IdentityCenterConnection,
} from "../../../src/core/connection/connection.ts";
import { toConnectionSnapshots } from "../../../src/core/connection/connection-registry.ts";
import { withSsoToken } from "../../../src/core/connection/credential-provider.ts";
import type { SignInSecret } from "../../../src/core/connection/credential-sources.ts";
import type { CredentialsFault } from "../../../src/core/connection/credentials.ts";
import { createConnectionCommands } from "../../../src/core/connection-commands.ts";
import { err, ok, type Result } from "../../../src/core/shared/result.ts";
import {
	createTestRegistry,
	NO_SIGN_IN,
} from "../../helpers/connection-registry.ts";

const CONNECTION: IdentityCenterConnection = {
	id: "work" as ConnectionId,
	name: "Work",
	kind: "identity-center",
	startUrl: "https://d-1234567890.awsapps.com/start",
	ssoRegion: "eu-west-1",
};
const OVER: CredentialsFault = { kind: "sign-in-needed", detail: "" };

function secret(accessToken: string): SignInSecret {
	return {
		kind: "sign-in",
		clientId: "c",
		clientSecret: "s",
		clientExpiresAt: 0,
		accessToken,
		expiresAt: 0,
		refreshToken: `refresh ${accessToken}`,
	};
}

/** A portal that takes only the newest of the tokens that it has given. */
function setUp() {
	let last = 1;
	let renewals = 0;
	const { registry, store } = createTestRegistry({
		signIn: {
			...NO_SIGN_IN,
			renew: async (_, old, isRefused) => {
				if (!isRefused) return ok(old);
				renewals += 1;
				if (old.refreshToken !== `refresh t${last}`) return err(OVER);
				last += 1;
				return ok(secret(`t${last}`));
			},
		},
	});
	registry.connections.set(CONNECTION.id, CONNECTION);
	registry.secrets.set(CONNECTION.id, secret("t1"));
	const use = async ({
		accessToken,
	}: SignInSecret): Promise<Result<string, CredentialsFault>> =>
		accessToken === "t2" ? ok(accessToken) : err(OVER);
	return {
		registry,
		store,
		ask: () => withSsoToken(registry, CONNECTION, use),
		renewals: () => renewals,
	};
}

test("a sign-in that the portal no longer accepts is renewed once for simultaneous calls, and stored", async () => {
	const world = setUp();
	expect(await Promise.all([world.ask(), world.ask()])).toEqual([
		ok("t2"),
		ok("t2"),
	]);
	expect(world.renewals()).toBe(1);
	expect(world.store.secrets.get(CONNECTION.id)).toMatchObject({
		refreshToken: "refresh t2",
	});
});

test("a user who signs out during the renewal stays signed out", async () => {
	const world = setUp();
	const asked = world.ask();
	await createConnectionCommands(world.registry).signOut({ id: CONNECTION.id });
	expect(await asked).toEqual(err(OVER));
	expect(world.store.secrets.has(CONNECTION.id)).toBe(false);
});

test("a sign-in that cannot be renewed is deleted, so that the user can sign in again", async () => {
	const world = setUp();
	world.registry.secrets.set(CONNECTION.id, secret("t0"));
	expect(await world.ask()).toEqual(err(OVER));
	expect(world.registry.secrets.has(CONNECTION.id)).toBe(false);
	expect(toConnectionSnapshots(world.registry)[0]).toMatchObject({
		status: "sign-in-needed",
		hasSecret: false,
	});
});

test("a missing host permission is shown until the portal is reached again", async () => {
	const missing: CredentialsFault = {
		kind: "permission-missing",
		detail: "https://p/*",
	};
	let accounts: Awaited<ReturnType<typeof NO_SIGN_IN.accounts>> = err(missing);
	const { registry } = createTestRegistry({
		signIn: { ...NO_SIGN_IN, accounts: async () => accounts },
	});
	registry.connections.set(CONNECTION.id, CONNECTION);
	registry.secrets.set(CONNECTION.id, secret("t1"));
	const { listAccounts } = createConnectionCommands(registry);
	await listAccounts({ id: CONNECTION.id });
	expect(toConnectionSnapshots(registry)[0]).toMatchObject({
		status: "permission-missing",
		detail: "https://p/*",
	});
	accounts = ok([]);
	await listAccounts({ id: CONNECTION.id });
	expect(toConnectionSnapshots(registry)[0]?.status).toBe("sign-in-needed");
});
