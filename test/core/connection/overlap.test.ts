import { expect, test } from "vitest";
import type {
	Connection,
	ConnectionId,
	IdentityCenterConnection,
} from "../../../src/core/connection/connection.ts";
import {
	getCredentials,
	withSsoToken,
} from "../../../src/core/connection/credential-provider.ts";
import type { SignInSecret } from "../../../src/core/connection/credential-sources.ts";
import { createConnectionCommands } from "../../../src/core/connection-commands.ts";
import { err, ok } from "../../../src/core/shared/result.ts";
import {
	createTestRegistry,
	NO_SIGN_IN,
	type TestRegistry,
} from "../../helpers/connection-registry.ts";

const SERVER = {
	id: "server" as ConnectionId,
	name: "Server",
	kind: "credential-server",
	url: "http://127.0.0.1:4144",
} as const satisfies Connection;
const PORTAL: IdentityCenterConnection = {
	id: "work" as ConnectionId,
	name: "Work",
	kind: "identity-center",
	startUrl: "https://d-1234567890.awsapps.com/start",
	ssoRegion: "eu-west-1",
	accountId: "123456789012",
	roleName: "Read",
};

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** The first write of that kind takes until it is let go; those behind it do not. */
function holdFirst(
	{ store }: TestRegistry,
	name: "saveCredentials" | "saveSecret",
): () => void {
	const save = store[name] as (id: ConnectionId, value: unknown) => unknown;
	let letGo = () => {};
	const held = new Promise<void>((resolve) => {
		letGo = resolve;
	});
	let isFirst = true;
	store[name] = async (id: ConnectionId, value: unknown) => {
		const isHeld = isFirst;
		isFirst = false;
		if (isHeld) await held;
		await save(id, value);
	};
	return letGo;
}

function signIn(accessToken: string): SignInSecret {
	return {
		kind: "sign-in",
		clientId: "c",
		clientSecret: "s",
		clientExpiresAt: 0,
		accessToken,
		expiresAt: 0,
	};
}

function atServer() {
	const credentials = { accessKeyId: "GIVEN", secretAccessKey: "s" };
	const world = createTestRegistry({
		sources: {
			credentialServer: async () => ok({ credentials, receivedAt: 0 }),
		},
	});
	world.registry.connections.set(SERVER.id, SERVER);
	return world;
}

test("credentials that arrive after the secret was deleted are not kept", async () => {
	const world = atServer();
	const letGo = holdFirst(world, "saveCredentials");
	const asked = getCredentials(world.registry, SERVER);
	await settled();
	const { forgetSecret } = createConnectionCommands(world.registry);
	const forgotten = forgetSecret({ id: SERVER.id });
	await settled();
	letGo();
	await Promise.all([asked, forgotten]);
	expect(world.registry.credentials.size).toBe(0);
	expect(world.store.credentials.size).toBe(0);
});

test("credentials that arrive while the connection is being deleted are not kept", async () => {
	const world = atServer();
	const letGo = holdFirst(world, "saveCredentials");
	const asked = getCredentials(world.registry, SERVER);
	await settled();
	const { deleteConnection } = createConnectionCommands(world.registry);
	const deleted = deleteConnection({ id: SERVER.id });
	await settled();
	letGo();
	await Promise.all([asked, deleted]);
	expect(world.registry.credentials.size).toBe(0);
	expect(world.store.credentials.size).toBe(0);
});

test("a sign-in that is renewed while the user signs out stays signed out", async () => {
	const world = createTestRegistry({
		signIn: { ...NO_SIGN_IN, renew: async () => ok(signIn("next")) },
	});
	const { registry, store } = world;
	registry.connections.set(PORTAL.id, PORTAL);
	registry.secrets.set(PORTAL.id, signIn("first"));
	const letGo = holdFirst(world, "saveSecret");
	const asked = withSsoToken(registry, PORTAL, async () => ok("used"));
	await settled();
	const left = createConnectionCommands(registry).signOut({ id: PORTAL.id });
	await settled();
	letGo();
	await Promise.all([asked, left]);
	expect(registry.secrets.has(PORTAL.id)).toBe(false);
	expect(store.secrets.has(PORTAL.id)).toBe(false);
});

test("a connection is not deleted while a profile that names it is being saved", async () => {
	const profiles: { name: string; connection: ConnectionId }[] = [];
	let saved = () => {};
	const saving = new Promise<void>((resolve) => {
		saved = resolve;
	});
	const { registry } = createTestRegistry({
		withSavedProfiles: (job) => saving.then(() => job(profiles as never)),
	});
	registry.connections.set(SERVER.id, SERVER);
	const { deleteConnection } = createConnectionCommands(registry);
	const deleted = deleteConnection({ id: SERVER.id });
	await settled();
	profiles.push({ name: "Shop", connection: SERVER.id });
	saved();
	expect(await deleted).toEqual(err(expect.stringContaining("“Shop”")));
	expect(registry.connections.has(SERVER.id)).toBe(true);
});
