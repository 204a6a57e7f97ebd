import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createSnapshotCache } from "../../src/background/snapshot-cache.ts";
import type { ConnectionId } from "../../src/core/connection/connection.ts";
import type { ProfileId } from "../../src/core/profile/profile.ts";
import {
	SNAPSHOT_SCHEMA,
	type Snapshot,
} from "../../src/core/protocol/snapshot.ts";
import { SNAPSHOT_KEY } from "../../src/core/protocol/stored-snapshot.ts";
import { DEFAULT_SETTINGS } from "../../src/core/shared/settings.ts";
import { createWorld } from "../helpers/world.ts";

function snapshot(takenAt: number, problems = [`${takenAt}`]): Snapshot {
	return {
		schema: SNAPSHOT_SCHEMA,
		takenAt,
		profiles: [],
		connections: [],
		vault: { status: "none" },
		settings: DEFAULT_SETTINGS,
		problems,
	};
}

function setUp(set: () => Promise<void>) {
	const written: number[] = [];
	const keep = createSnapshotCache({
		get: async () => ({}),
		remove: async () => undefined,
		set: (items) => {
			written.push(JSON.parse(String(items[SNAPSHOT_KEY])).takenAt);
			return set();
		},
	});
	return { keep, written };
}

describe("the stored snapshot", () => {
	beforeEach(() => {
		// The world waits by setImmediate.
		vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	it("contains no message of a server and no sign-in", async () => {
		const texts: string[] = [];
		const keep = createSnapshotCache({
			get: async () => ({}),
			remove: async () => undefined,
			set: async (items) => {
				texts.push(...Object.values(items).map(String));
			},
		});
		const words = "canary words of a server";
		const now: Snapshot = {
			...snapshot(1),
			profiles: [
				{
					profile: {
						id: "p1" as ProfileId,
						name: "n",
						application: "a",
						environment: "e",
						configurationProfile: "c",
						region: "eu-west-1",
					},
					paused: false,
					phase: "halted",
					intervalSeconds: 60,
					fault: {
						kind: "access-denied",
						operation: "GetLatestConfiguration",
						at: 1,
						detail: words,
						status: 403,
						host: "h.example",
						requestId: "r-1",
					},
					versions: [],
					failureCount: 0,
					versionCount: 0,
					versionBytes: 0,
					lastSeenNumber: 0,
					takesCredentials: true,
					usage: { since: 0, calls: 0, received: 0 },
				},
			],
			connections: [
				{
					connection: { kind: "keys", id: "k" as ConnectionId, name: "k" },
					status: "access-denied",
					hasSecret: true,
					detail: words,
					signIn: {
						method: "device",
						userCode: "canary-code",
						verificationUrl: "https://canary.example/",
						until: 1,
					},
				},
			],
		};
		keep(now);
		await vi.advanceTimersByTimeAsync(1_000);
		expect(texts).toHaveLength(2);
		expect(texts.join()).not.toContain("canary");
		expect(JSON.parse(texts[1] ?? "").profile.fault).toEqual({
			...now.profiles[0]?.fault,
			detail: "",
		});
	});

	it("is the latest, written at most once a second", async () => {
		const { keep, written } = setUp(async () => undefined);
		for (const takenAt of [1, 2, 3]) keep(snapshot(takenAt));
		expect(written).toEqual([]);
		await vi.advanceTimersByTimeAsync(1_000);
		expect(written).toEqual([3]);
		keep(snapshot(4));
		await vi.advanceTimersByTimeAsync(5_000);
		expect(written).toEqual([3, 4]);
	});

	it("is not written for changed times alone for five minutes", async () => {
		const { keep, written } = setUp(async () => undefined);
		for (const takenAt of [0, 60_000, 120_000, 299_999, 300_000, 360_000]) {
			keep(snapshot(takenAt, []));
			await vi.advanceTimersByTimeAsync(1_000);
		}
		expect(written).toEqual([0, 300_000]);
		keep(snapshot(360_001, ["news"]));
		await vi.advanceTimersByTimeAsync(1_000);
		expect(written).toEqual([0, 300_000, 360_001]);
		// The clock was set back.
		keep(snapshot(1, ["news"]));
		await vi.advanceTimersByTimeAsync(1_000);
		expect(written.at(-1)).toBe(1);
	});

	it("is written in parts: a poll writes the part of its profile only", async () => {
		const disk: Record<string, unknown> = {
			"snapshot:gone": "of a profile that was deleted",
			"profile:other": 1,
		};
		const sets: string[][] = [];
		const keep = createSnapshotCache({
			get: async () => disk,
			remove: async (keys) => {
				for (const key of [keys].flat()) delete disk[key];
			},
			set: async (items) => {
				sets.push(Object.keys(items));
				Object.assign(disk, items);
			},
		});
		const world = createWorld();
		world.service.deploy("v1");
		world.engine.subscribe(keep);
		const ids: ProfileId[] = [];
		for (let number = 0; number < 20; number += 1)
			ids.push(await world.add({ name: `p${number}` }));
		await world.settle();
		await vi.advanceTimersByTimeAsync(1_000);
		expect(Object.keys(disk).sort()).toEqual(
			[
				"profile:other",
				"snapshot",
				...ids.map((id) => `snapshot:${id}`),
			].sort(),
		);
		sets.length = 0;
		// Only times change, for all profiles.
		await world.advance(61_000);
		await world.settle();
		await vi.advanceTimersByTimeAsync(1_000);
		expect(sets).toEqual([]);
		const [first, second] = ids as [ProfileId, ProfileId];
		await world.engine.remote.pause({ id: second });
		await vi.advanceTimersByTimeAsync(1_000);
		expect(sets).toEqual([[`snapshot:${second}`]]);
		sets.length = 0;
		await world.engine.remote.deleteProfile({ id: first });
		await vi.advanceTimersByTimeAsync(1_000);
		expect(sets).toEqual([["snapshot"]]);
		expect(Object.keys(disk)).not.toContain(`snapshot:${first}`);
	});

	it("that failed to be written does not stop the next one", async () => {
		const { keep, written } = setUp(() => Promise.reject(new Error("full")));
		keep(snapshot(1, []));
		await vi.advanceTimersByTimeAsync(1_000);
		keep(snapshot(2, []));
		await vi.advanceTimersByTimeAsync(1_000);
		expect(written).toEqual([1, 2]);
	});
});
