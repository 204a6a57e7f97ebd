import { describe, expect, it, vi } from "vitest";
import type {
	Connection,
	ConnectionId,
} from "../../../src/core/connection/connection.ts";
import {
	type ConnectionPorts,
	toConnectionSnapshots,
} from "../../../src/core/connection/connection-registry.ts";
import {
	CONNECTION_SCHEMA,
	parseConnections,
} from "../../../src/core/connection/connection-schema.ts";
import {
	dummyAccess,
	getAccess,
	getCredentials,
	renewCredentials,
} from "../../../src/core/connection/credential-provider.ts";
import type { CredentialSources } from "../../../src/core/connection/credential-sources.ts";
import type {
	CredentialsFault,
	TemporaryCredentials,
} from "../../../src/core/connection/credentials.ts";
import { createConnectionCommands } from "../../../src/core/connection-commands.ts";
import type { Profile, ProfileId } from "../../../src/core/profile/profile.ts";
import { err, ok, type Result } from "../../../src/core/shared/result.ts";
import {
	createTestRegistry,
	NO_SIGN_IN,
} from "../../helpers/connection-registry.ts";

const MINUTE = 60_000;
const SERVER = {
	id: "server" as ConnectionId,
	name: "Server",
	kind: "credential-server",
	url: "http://127.0.0.1:4144",
} as const satisfies Connection;
const PROFILE = {
	id: "p1" as ProfileId,
	name: "settings",
	application: "abc1234",
	environment: "def5678",
	configurationProfile: "ghi9012",
	region: "eu-west-1",
	connection: SERVER.id,
} satisfies Profile;
const DOWN: CredentialsFault = {
	kind: "credentials-unavailable",
	detail: "down",
};

/** A credential server that counts, hands out an hour each time, and can be down. */
function setUp(
	connection: Connection = SERVER,
	more: Partial<Pick<ConnectionPorts, "clockOffset" | "signIn">> = {},
) {
	let given = 0;
	let isDown = false;
	let gate: Promise<void> | undefined;
	const assumeRole = vi.fn<CredentialSources["assumeRole"]>(async () =>
		ok(lease("ASSUMED")),
	);
	const test = createTestRegistry({
		...more,
		profiles: [PROFILE],
		sources: {
			assumeRole,
			credentialServer: async () => {
				given += 1;
				const own = given;
				await gate;
				return isDown ? err(DOWN) : ok(lease(`K${own}`));
			},
		},
	});
	function lease(accessKeyId: string): TemporaryCredentials {
		return {
			credentials: { accessKeyId, secretAccessKey: "s" },
			receivedAt: test.now,
			expiresAt: test.now + 60 * MINUTE,
		};
	}
	test.registry.connections.set(connection.id, connection);
	return {
		...test,
		assumeRole,
		get given() {
			return given;
		},
		pass(ms: number) {
			test.now += ms;
		},
		/** Until the promise resolves nothing is answered. */
		hold(until: Promise<void>) {
			gate = until;
		},
		setDown(down: boolean) {
			isDown = down;
		},
		key: async () => keyOf(await getCredentials(test.registry, connection)),
		status: () => toConnectionSnapshots(test.registry)[0]?.status,
	};
}

function keyOf(result: Result<TemporaryCredentials, CredentialsFault>): string {
	return result.ok ? result.value.credentials.accessKeyId : result.error.kind;
}

describe("temporary credentials", () => {
	it("are reused for 80 % of their lifetime, then renewed", async () => {
		const world = setUp();
		expect(await world.key()).toBe("K1");
		world.pass(47 * MINUTE);
		expect(await world.key()).toBe("K1");
		world.pass(2 * MINUTE);
		expect(await world.key()).toBe("K2");
	});

	it("that cannot be renewed are used until they expire", async () => {
		const world = setUp();
		await world.key();
		world.setDown(true);
		world.pass(50 * MINUTE);
		expect(await world.key()).toBe("K1");
		expect(world.status()).toBe("credentials-unavailable");
		world.pass(10 * MINUTE);
		expect(await world.key()).toBe("credentials-unavailable");
		world.setDown(false);
		expect(await world.key()).toBe("K3".replace("3", String(world.given)));
		expect(world.calls).toContain("ready server");
	});

	it("are requested once for simultaneous calls", async () => {
		const world = setUp();
		expect(await Promise.all([world.key(), world.key(), world.key()])).toEqual([
			"K1",
			"K1",
			"K1",
		]);
		expect(world.given).toBe(1);
	});

	it("survive the worker in session storage", async () => {
		const world = setUp();
		await world.key();
		expect(
			world.store.credentials.get(SERVER.id)?.credentials.accessKeyId,
		).toBe("K1");
	});

	it("that the service reports as expired are renewed at once", async () => {
		const world = setUp();
		await world.key();
		expect(await renewCredentials(world.registry, SERVER.id)).toBe(true);
		expect(await world.key()).toBe("K2");
	});

	it("requested before the user changed the connection are not used afterwards", async () => {
		const world = setUp();
		const commands = createConnectionCommands(world.registry);
		let open = () => {};
		world.hold(
			new Promise((resolve) => {
				open = resolve;
			}),
		);
		const before = world.key();
		await commands.saveConnection({
			id: SERVER.id,
			connection: draft({ url: "http://127.0.0.1:9999" }),
		});
		open();
		expect(await before).toBe("K2");
		expect(world.calls).toContain("moved server");
	});
});

describe("an assumed role", () => {
	const role = {
		arn: "arn:aws:iam::123456789012:role/read",
		region: "eu-west-1",
	};

	it("uses the connection's credentials and the session policy of its profiles", async () => {
		const world = setUp({ ...SERVER, role });
		expect(await world.key()).toBe("ASSUMED");
		expect(world.assumeRole).toHaveBeenCalledWith({
			role,
			base: { accessKeyId: "K1", secretAccessKey: "s" },
			policy: `policy of ${role.arn}`,
		});
	});

	it("with an MFA device waits for a code, then works", async () => {
		const mfaSerial = "arn:aws:iam::123456789012:mfa/anna";
		const world = setUp({ ...SERVER, role: { ...role, mfaSerial } });
		expect(await world.key()).toBe("mfa-needed");
		expect(world.assumeRole).not.toHaveBeenCalled();
		const commands = createConnectionCommands(world.registry);
		expect(
			await commands.checkConnection({ id: SERVER.id, mfaCode: "123456" }),
		).toEqual({ ok: true, value: undefined });
		expect(await world.key()).toBe("ASSUMED");
		expect(world.calls).toContain("ready server");
	});
});

describe("keys from the user", () => {
	const KEYS = {
		id: SERVER.id,
		name: "Keys",
		kind: "keys",
	} as const satisfies Connection;
	const given = (expiresAt: number) => ({
		kind: "keys" as const,
		lease: {
			credentials: { accessKeyId: "OWN", secretAccessKey: "s" },
			receivedAt: 0,
			expiresAt,
		},
	});

	it("are not used once expired by AWS's clock, and their expiry is shown on this computer's clock", async () => {
		const world = setUp(KEYS, { clockOffset: () => 20 * MINUTE });
		world.registry.secrets.set(KEYS.id, given(world.now + 30 * MINUTE));
		expect(toConnectionSnapshots(world.registry)[0]).toMatchObject({
			status: "ok",
			expiresAt: world.now + 10 * MINUTE,
			actionNeededAt: world.now + 10 * MINUTE,
		});
		world.pass(30 * MINUTE);
		expect(await world.key()).toBe("credentials-expired");
	});

	it("are used until AWS refuses them, while AWS's clock is not known", async () => {
		const world = setUp(KEYS, { clockOffset: () => undefined });
		world.registry.secrets.set(KEYS.id, given(world.now - MINUTE));
		expect(world.status()).toBe("credentials-expired");
		expect(await world.key()).toBe("OWN");
	});

	it("that assume a role do not expire with the session of the role", async () => {
		const role = {
			arn: "arn:aws:iam::123456789012:role/read",
			region: "eu-west-1",
		};
		const world = setUp({ ...KEYS, role });
		world.registry.secrets.set(KEYS.id, given(world.now + 600 * MINUTE));
		expect(await world.key()).toBe("ASSUMED");
		expect(world.status()).toBe("ok");
		world.pass(61 * MINUTE);
		expect(world.status()).toBe("ready");
		expect(await world.key()).toBe("ASSUMED");
	});
});

describe("a call", () => {
	it.each([
		["http://127.0.0.1:4772", undefined],
		["https://appconfig.example.com", undefined],
		["https://appconfig.example.com", "other.example.com"],
	])(
		"to %s with consent for %s carries dummy keys",
		async (endpoint, consent) => {
			const connection: Connection = {
				id: SERVER.id,
				name: "x",
				kind: "endpoint",
				endpoint,
				...(consent ? { consent } : {}),
			};
			const world = setUp(connection);
			const access = await getAccess(world.registry, PROFILE);
			expect(access).toEqual(ok(dummyAccess(endpoint)));
		},
	);

	it("to a host that the user has consented to carries the user's keys", async () => {
		const endpoint = "https://appconfig.example.com";
		const world = setUp({
			id: SERVER.id,
			name: "x",
			kind: "endpoint",
			endpoint,
			consent: "appconfig.example.com",
		});
		expect(await getAccess(world.registry, PROFILE)).toEqual(
			err({ kind: "credentials-missing", detail: "" }),
		);
		const credentials = { accessKeyId: "own", secretAccessKey: "own" };
		world.registry.secrets.set(SERVER.id, {
			kind: "keys",
			lease: { credentials, receivedAt: 0 },
		});
		expect(await getAccess(world.registry, PROFILE)).toEqual(
			ok({ kind: "aws", endpoint, credentials }),
		);
	});

	it("through AWS's credentials to a profile's own endpoint carries dummy keys unless it is AWS's", async () => {
		const world = setUp();
		const elsewhere = { ...PROFILE, endpoint: "https://evil.example.com" };
		expect(await getAccess(world.registry, elsewhere)).toMatchObject({
			value: { isDummy: true },
		});
		expect(world.given).toBe(0);
	});
});

describe("a connection", () => {
	it("is not deleted while profiles use it", async () => {
		const world = setUp();
		const commands = createConnectionCommands(world.registry);
		expect(await commands.deleteConnection({ id: SERVER.id })).toMatchObject({
			ok: false,
		});
		expect(world.registry.connections.size).toBe(1);
	});

	it("that gets another URL loses its secret", async () => {
		const world = setUp();
		const commands = createConnectionCommands(world.registry);
		await commands.saveConnection({
			id: SERVER.id,
			connection: draft({}),
			secret: { kind: "bearer", token: "canary" },
		});
		expect(world.store.secrets.get(SERVER.id)).toMatchObject({
			token: "canary",
		});
		await commands.saveConnection({
			id: SERVER.id,
			connection: draft({ name: "n" }),
		});
		expect(world.store.secrets.get(SERVER.id)).toMatchObject({
			token: "canary",
		});
		await commands.saveConnection({
			id: SERVER.id,
			connection: draft({ url: "http://localhost:1" }),
		});
		expect(world.store.secrets.has(SERVER.id)).toBe(false);
	});

	it("that is renamed after it was read from storage keeps its secret", async () => {
		const [stored] = parseConnections(
			new Map([[SERVER.id, { schema: CONNECTION_SCHEMA, connection: SERVER }]]),
		).connections;
		const world = setUp(stored);
		world.registry.secrets.set(SERVER.id, { kind: "bearer", token: "canary" });
		const { saveConnection } = createConnectionCommands(world.registry);
		await saveConnection({ id: SERVER.id, connection: draft({ name: "n" }) });
		expect(world.registry.connections.get(SERVER.id)?.name).toBe("n");
		expect(world.registry.secrets.has(SERVER.id)).toBe(true);
		expect(world.calls).toEqual([]);
	});

	it("that gets another URL cancels a sign-in in progress, and one that is renamed does not", async () => {
		const cancelled: string[] = [];
		const cancel = async (id: ConnectionId) => void cancelled.push(id);
		const world = setUp(SERVER, { signIn: { ...NO_SIGN_IN, cancel } });
		const { saveConnection } = createConnectionCommands(world.registry);
		await saveConnection({ id: SERVER.id, connection: draft({ name: "n" }) });
		expect(cancelled).toEqual([]);
		await saveConnection({
			id: SERVER.id,
			connection: draft({ url: "http://localhost:1" }),
		});
		expect(cancelled).toEqual([SERVER.id]);
	});
});

function draft(change: { readonly name?: string; readonly url?: string }) {
	const { id: _, ...rest } = SERVER;
	return { ...rest, ...change };
}
