import { describe, expect, it } from "vitest";
import type { ConnectionDraft } from "../../../src/core/connection/connection.ts";
import { containsSecrets } from "../../../src/core/connection/credentials.ts";
import { createConnectionCommands } from "../../../src/core/connection-commands.ts";
import type { ProfileDraft } from "../../../src/core/profile/profile.ts";
import type { ProfileSnapshot } from "../../../src/core/protocol/snapshot.ts";
import { importAll } from "../../../src/options/import-export/import.ts";
import {
	MAX_IMPORT_BYTES,
	parseExport,
} from "../../../src/options/share/export.ts";
import { createTestRegistry } from "../../helpers/connection-registry.ts";
import { createWorld } from "../../helpers/world.ts";

const PROFILE = {
	name: "Shop",
	application: "shop",
	environment: "prod",
	configurationProfile: "settings",
	region: "eu-west-1",
};

function exported(
	profiles: readonly unknown[],
	connections: Readonly<Record<string, unknown>> = {},
): string {
	return JSON.stringify({
		format: "appconfig-inspector",
		version: 1,
		profiles,
		connections,
	});
}

function many(count: number): readonly object[] {
	return Array.from({ length: count }, (_, index) => ({
		...PROFILE,
		name: `p${index}`,
	}));
}

function read(text: string) {
	const parsed = parseExport(text);
	if (!parsed.ok) throw new Error(parsed.error);
	return parsed.value;
}

function errorOf(text: string): string {
	const parsed = parseExport(text);
	return parsed.ok ? "" : parsed.error;
}

/** The real commands of the background. */
function createRemote() {
	const world = createWorld();
	const { registry, store } = createTestRegistry();
	const calls: string[] = [];
	const { importConnections } = createConnectionCommands(registry);
	return {
		world,
		store,
		calls,
		remote: {
			importConnections: (input: {
				connections: readonly ConnectionDraft[];
			}) => {
				calls.push(`connections ${input.connections.length}`);
				return importConnections(input);
			},
			importProfiles: (input: { profiles: readonly ProfileDraft[] }) => {
				calls.push(`profiles ${input.profiles.length}`);
				return world.engine.remote.importProfiles(input);
			},
		},
	};
}

const NOBODY = { profiles: [], connections: [] };

describe("an import", () => {
	it("adds a thousand profiles in ten writes, in the order of the file, and reports progress", async () => {
		const { remote, calls, world } = createRemote();
		const told: number[] = [];
		const added = await importAll(remote, read(exported(many(1_000))), NOBODY, {
			signal: new AbortController().signal,
			onProgress: (count) => told.push(count),
		});
		expect(added).toMatchObject({ profiles: 1_000, cancelled: 0 });
		expect(calls).toEqual(Array.from({ length: 10 }, () => "profiles 100"));
		expect(told).toEqual([
			0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000,
		]);
		const { profiles } = await world.engine.snapshot();
		expect(profiles.map(({ profile }) => profile.name)).toEqual(
			many(1_000).map((_, index) => `p${index}`),
		);
		world.restartBrowser();
		const again = await world.engine.snapshot();
		expect(again.profiles.map(({ profile }) => profile.name)).toEqual(
			profiles.map(({ profile }) => profile.name),
		);
	});

	it("that is cancelled keeps what was added, and continues from there the next time", async () => {
		const { remote, world } = createRemote();
		const controller = new AbortController();
		const file = read(exported(many(250)));
		const added = await importAll(remote, file, NOBODY, {
			signal: controller.signal,
			onProgress: (count) => count === 100 && controller.abort(),
		});
		expect(added).toMatchObject({ profiles: 100, cancelled: 150 });
		const { profiles } = await world.engine.snapshot();
		const rest = await importAll(
			remote,
			file,
			{ profiles: profiles as readonly ProfileSnapshot[], connections: [] },
			{ signal: new AbortController().signal, onProgress: () => undefined },
		);
		expect(rest).toMatchObject({ profiles: 150, cancelled: 0 });
	});

	it("adds duplicates in the file once, and keeps the connections of profiles", async () => {
		const { remote, world, store } = createRemote();
		const connections = { a: { kind: "agent", name: "Agent" } };
		const profiles = [
			{ ...PROFILE, connection: "a" },
			{ ...PROFILE, connection: "a" },
			PROFILE,
		];
		const added = await importAll(
			remote,
			read(exported(profiles, connections)),
			NOBODY,
			{ signal: new AbortController().signal, onProgress: () => undefined },
		);
		expect(added).toMatchObject({ profiles: 2, connections: 1 });
		const [id] = store.connections.keys();
		const { profiles: now } = await world.engine.snapshot();
		expect(now.map(({ profile }) => profile.connection)).toEqual([
			id,
			undefined,
		]);
	});

	it("opens sessions for the added profiles automatically", async () => {
		const { remote, world } = createRemote();
		const local = many(3).map((form) => ({
			...form,
			endpoint: "http://127.0.0.1:4772",
		}));
		await importAll(remote, read(exported(local)), NOBODY, {
			signal: new AbortController().signal,
			onProgress: () => undefined,
		});
		expect(world.alarmAt).toBeLessThanOrEqual(world.now);
		await world.advance(1);
		const { profiles } = await world.engine.snapshot();
		expect(profiles.map(({ phase }) => phase)).not.toContain("idle");
	});

	it("adds nothing when the storage fails", async () => {
		const { world, remote } = createRemote();
		const { profiles } = read(exported(many(2)));
		world.storage.failNextSave();
		await expect(remote.importProfiles({ profiles })).rejects.toThrow();
		expect((await world.engine.snapshot()).profiles).toEqual([]);
	});

	it("drops consent in the background as well", async () => {
		const { remote, store } = createRemote();
		await remote.importConnections({
			connections: [
				{
					kind: "endpoint",
					name: "evil.example",
					endpoint: "https://evil.example",
					consent: "evil.example",
				},
			],
		});
		const [saved] = store.connections.values();
		expect(saved).toEqual({
			id: "c1",
			kind: "endpoint",
			name: "evil.example",
			endpoint: "https://evil.example",
		});
	});
});

describe("a file that is hostile or damaged", () => {
	const deep = "[".repeat(200_000) + "]".repeat(200_000);
	it.each([
		[exported(many(1_001)), "the limit is 1,000"],
		[
			exported(
				[],
				Object.fromEntries(many(1_001).map((_, at) => [`c${at}`, {}])),
			),
			"the limit is 1,000",
		],
		[" ".repeat(MAX_IMPORT_BYTES + 1), "the limit is 10 MB"],
		[exported([PROFILE, 7]), "Profile 2 cannot be read: it is not an object."],
		[exported([PROFILE, null]), "Profile 2 cannot be read"],
		[exported([[PROFILE]]), "Profile 1 cannot be read: it is not an object."],
		[
			exported([{ ...PROFILE, region: ["eu-west-1"] }]),
			"Profile 1 (“Shop”) cannot be read: region: it is not text.",
		],
		[
			exported([{ ...PROFILE, context: "x".repeat(20_000) }]),
			"context: it has 20000 characters",
		],
		[
			exported([{ ...PROFILE, name: "\ud800" }]),
			"name: it has an unpaired surrogate.",
		],
		[
			exported([{ ...PROFILE, connection: "__proto__" }]),
			"a connection that is not in the file",
		],
		[
			exported([{ ...PROFILE, connection: "toString" }]),
			"a connection that is not in the file",
		],
		[
			exported([], { x: { kind: "agent", url: 7 } }),
			"Connection 1 (“x”) cannot be read: url: it is not text.",
		],
		[exported([], { x: { kind: "toString" } }), "Connection 1 (“x”)"],
		[
			exported([PROFILE]).replace("}]", '},{"application":}]'),
			"line 1 is not JSON",
		],
		[`${exported([PROFILE]).slice(0, -3)}`, "The export is damaged"],
		[
			exported([PROFILE]).replace('"name"', '"region":"us-east-1","name"'),
			"“region” occurs twice",
		],
		[
			'{"format":"appconfig-inspector","version":1,"profiles":[],"connections":{"a":{"kind":"agent"},"a":{"kind":"keys"}}}',
			"“a” occurs twice",
		],
		[
			`{"format":"appconfig-inspector","version":1,"profiles":${deep}}`,
			"cannot be read",
		],
	])("is refused with its entry and the reason (%#)", (text, words) => {
		expect(errorOf(text)).toContain(words);
	});

	it("may use keys that are members of every object", () => {
		const text = exported([{ ...PROFILE, connection: "__proto__" }]).replace(
			'"connections":{}',
			'"connections":{"__proto__":{"kind":"agent"},"constructor":{"kind":"keys"}}',
		);
		expect([...read(text).connections.keys()]).toEqual([
			"__proto__",
			"constructor",
		]);
	});
});

describe("text with keys in it", () => {
	const secret = "q8Zr/w+Jx0Lm5Nc7Vb2Ty9Ku4Hg6Fd1Sa3PoEXAM";
	it.each([
		exported([{ ...PROFILE, secretAccessKey: "short" }]),
		exported([], { a: { kind: "agent", bearerToken: "t" } }),
		exported([{ ...PROFILE, name: "AKIAQ3EGZX7EXAMPLE01" }]),
		`aws_secret_access_key = ${secret}`,
		`export AWS_SESSION_TOKEN="${secret}"`,
		`{"SecretAccessKey":"${secret}"}`,
		"-----BEGIN RSA PRIVATE KEY-----",
	])("%j is told apart", (text) => {
		expect(containsSecrets(text)).toBe(true);
	});

	it.each([
		exported([PROFILE], { a: { kind: "keys", name: "My access key" } }),
		exported([{ ...PROFILE, secretAccessKey: "" }]),
		"https://d-1234567890.awsapps.com/start",
		"",
	])("%j has none", (text) => {
		expect(containsSecrets(text)).toBe(false);
	});
});
