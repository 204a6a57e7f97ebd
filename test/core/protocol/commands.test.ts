import { describe, expect, it } from "vitest";
import type { Connection } from "../../../src/core/connection/connection.ts";
import { createConnectionCommands } from "../../../src/core/connection-commands.ts";
import {
	type Remote,
	runCommand,
} from "../../../src/core/protocol/commands.ts";
import { createTestRegistry } from "../../helpers/connection-registry.ts";
import { createWorld, DRAFT } from "../../helpers/world.ts";

const NOT_UNDERSTOOD = {
	ok: false,
	error: expect.stringMatching(/^The command \w+ was not understood\.$/),
};

describe("a profile that a page sends", () => {
	async function save(input: unknown) {
		const world = createWorld();
		const remote = world.engine.remote as Remote;
		const result = await runCommand(remote, "saveProfile", input);
		const { profiles } = await world.engine.snapshot();
		return { result, profiles };
	}

	it.each([
		{ application: "" },
		{ environment: "x".repeat(129) },
		{ configurationProfile: 7 },
		{ name: "" },
		{ name: "x".repeat(101) },
		{ region: "Ireland" },
		{ region: "eu-west-1.evil.example" },
		{ endpoint: "http://example.com" },
		{ minimumPollIntervalSeconds: 14 },
		{ minimumPollIntervalSeconds: 15.5 },
		{ minimumPollIntervalSeconds: "60" },
		{ context: ["country"] },
		{ context: ["a=b\r\nX-Injected: 1"] },
		{ flags: ["two words"] },
	])("is refused with %j, and nothing is saved", async (change) => {
		const { result, profiles } = await save({
			profile: { ...DRAFT, ...change },
		});
		expect(result).toEqual(NOT_UNDERSTOOD);
		expect(profiles).toEqual([]);
	});

	it.each([
		{ accessKeyId: "AKIA", secretAccessKey: "s".repeat(40) },
		{ accessKeyId: "AKIAABCDEFGHIJKLMNOP", secretAccessKey: "" },
		{ accessKeyId: "ASIAABCDEFGHIJKLMNOP", secretAccessKey: "s".repeat(40) },
		{
			accessKeyId: "AKIAABCDEFGHIJKLMNOP",
			secretAccessKey: "s".repeat(40),
			sessionToken: "a b",
		},
	])("is refused with the keys %j", async (keys) => {
		const { result, profiles } = await save({ profile: DRAFT, keys });
		expect(result).toEqual(NOT_UNDERSTOOD);
		expect(profiles).toEqual([]);
	});

	it("is saved without members that profiles do not have", async () => {
		const { profiles } = await save({ profile: { ...DRAFT, extra: "x" } });
		expect(profiles[0]?.profile).toEqual({ id: "p1", ...DRAFT });
	});
});

describe("a connection that a page sends", () => {
	async function save(connection: unknown, secret?: unknown) {
		const { registry, store } = createTestRegistry();
		const remote = createConnectionCommands(registry) as Remote;
		const result = await runCommand(remote, "saveConnection", {
			connection,
			...(secret ? { secret } : {}),
		});
		return { result, store };
	}

	const ROLE = {
		arn: "arn:aws:iam::123456789012:role/Read",
		region: "eu-west-1",
	};

	it.each([
		{ kind: "credential-server", url: "https://example.com" },
		{ kind: "agent", url: "http://example.com" },
		{ kind: "identity-center", startUrl: "http://localhost", ssoRegion: "x" },
		{
			kind: "endpoint",
			endpoint: "https://appconfig.example.com",
			consent: "another.example.com",
		},
		{
			kind: "endpoint",
			endpoint: "http://127.0.0.1:4772",
			consent: "127.0.0.1",
		},
		{ kind: "keys", role: { ...ROLE, region: "cn-north-1" } },
		{ kind: "keys", role: { ...ROLE, arn: "arn:aws:iam::1:user/anna" } },
	])("is refused as %j, and nothing is saved", async (connection) => {
		const { result, store } = await save({ name: "n", ...connection });
		expect(result).toEqual(NOT_UNDERSTOOD);
		expect(store.connections.size).toBe(0);
	});

	it.each([
		[{ kind: "keys" }, { kind: "bearer", token: "t" }],
		[
			{ kind: "agent", url: "http://localhost:2772" },
			{
				kind: "keys",
				keys: {
					accessKeyId: "AKIAABCDEFGHIJKLMNOP",
					secretAccessKey: "s".repeat(40),
				},
			},
		],
		[
			{ kind: "agent", url: "http://localhost:2772" },
			{ kind: "bearer", token: "t\r\nX-Injected: 1" },
		],
	])("is refused as %j with the secret %j", async (connection, secret) => {
		const { result, store } = await save({ name: "n", ...connection }, secret);
		expect(result).toEqual(NOT_UNDERSTOOD);
		expect(store.secrets.size).toBe(0);
	});

	it("cannot choose its account and its role", async () => {
		const { store } = await save({
			name: "Work",
			kind: "identity-center",
			startUrl: "https://d-1234567890.awsapps.com/start",
			ssoRegion: "eu-west-1",
			accountId: "123456789012",
			roleName: "Admin",
		});
		expect([...store.connections.values()]).toEqual([
			{
				id: "c1",
				name: "Work",
				kind: "identity-center",
				startUrl: "https://d-1234567890.awsapps.com/start",
				ssoRegion: "eu-west-1",
			} satisfies Connection | { id: string },
		]);
	});
});
