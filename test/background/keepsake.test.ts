import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createKeepsake } from "../../src/background/keepsake.ts";
import type { ConnectionId } from "../../src/core/connection/connection.ts";
import { SNAPSHOT_KEY } from "../../src/core/contract.ts";
import type { ProfileId } from "../../src/core/profile.ts";
import { DEFAULT_SETTINGS } from "../../src/core/settings.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { parseStoredSnapshot } from "../../src/ui/line/message.ts";

function snapshot(takenAt: number, problems = [`${takenAt}`]): Snapshot {
	return {
		schema: 3,
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
	const keep = createKeepsake({
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
		vi.useFakeTimers();
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	it("has nothing that a server said, and no sign-in", async () => {
		const texts: string[] = [];
		const keep = createKeepsake({
			get: async () => ({}),
			remove: async () => undefined,
			set: async (items) => {
				texts.push(String(items[SNAPSHOT_KEY]));
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
					seen: 0,
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
		expect(texts).toHaveLength(1);
		expect(texts[0]).not.toContain("canary");
		expect(JSON.parse(texts[0] ?? "").profiles[0].fault).toEqual({
			...now.profiles[0]?.fault,
			detail: "",
		});
		// What an older version has stored is read without it.
		const old = parseStoredSnapshot(JSON.stringify(now));
		expect(JSON.stringify(old)).not.toContain("canary");
		expect(old?.profiles[0]?.fault?.status).toBe(403);
	});

	it("is the newest, written at most once a second", async () => {
		const { keep, written } = setUp(async () => undefined);
		for (const takenAt of [1, 2, 3]) keep(snapshot(takenAt));
		expect(written).toEqual([]);
		await vi.advanceTimersByTimeAsync(1_000);
		expect(written).toEqual([3]);
		keep(snapshot(4));
		await vi.advanceTimersByTimeAsync(5_000);
		expect(written).toEqual([3, 4]);
	});

	it("is not written again for its times alone, for five minutes", async () => {
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

	it("that does not fit on a full disk does not stop the next one", async () => {
		const { keep, written } = setUp(() => Promise.reject(new Error("full")));
		keep(snapshot(1, []));
		await vi.advanceTimersByTimeAsync(1_000);
		keep(snapshot(2, []));
		await vi.advanceTimersByTimeAsync(1_000);
		expect(written).toEqual([1, 2]);
	});
});
