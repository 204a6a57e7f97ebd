import { expect, test } from "vitest";
import { createAutoPause } from "../../../src/background/adapters/auto-pause.ts";
import type { StorageArea } from "../../../src/background/adapters/storage-adapter.ts";
import { createArea } from "../../helpers/storage-area.ts";

const AGENT = "http://localhost:2772";

function setUp() {
	const area = createArea();
	const local: StorageArea = {
		...area,
		get: async (keys) => {
			if (world.isBroken) throw new DOMException("broken", "UnknownError");
			return area.get(keys);
		},
	};
	const world = {
		local,
		isBroken: false,
		state: "active",
		isOnline: true,
		changes: 0,
		isAllowed: true,
		boot: () =>
			createAutoPause({
				local,
				idle: () =>
					world.isAllowed ? { queryState: async () => world.state } : undefined,
				isOnline: () => world.isOnline,
				onChange: () => {
					world.changes += 1;
				},
			}),
	};
	return world;
}

const BOTH = { pauseWhenIdle: true, pauseWhenOffline: true };

test("nothing pauses without the settings", async () => {
	const world = setUp();
	const presence = world.boot();
	world.state = "locked";
	world.isOnline = false;
	await presence.refresh();
	expect(presence.pauseReasonFor(undefined)).toBeUndefined();
});

test("all polling pauses while the user is away and resumes afterwards", async () => {
	const world = setUp();
	await world.boot().save(BOTH);
	expect(world.changes).toBe(1);
	const presence = world.boot();
	world.state = "idle";
	await presence.refresh();
	expect(presence.settings()).toEqual(BOTH);
	expect(presence.pauseReasonFor(AGENT)).toBe("away");
	world.state = "active";
	await presence.refresh();
	expect(presence.pauseReasonFor(AGENT)).toBeUndefined();
});

test("only loopback endpoints are polled while offline", async () => {
	const world = setUp();
	const presence = world.boot();
	await presence.save(BOTH);
	world.isOnline = false;
	expect(presence.pauseReasonFor(undefined)).toBe("offline");
	expect(presence.pauseReasonFor("https://appconfig.example.com")).toBe(
		"offline",
	);
	expect(presence.pauseReasonFor(AGENT)).toBeUndefined();
	world.isOnline = true;
	expect(presence.pauseReasonFor(undefined)).toBeUndefined();
});

test("a revoked permission pauses nothing", async () => {
	const world = setUp();
	const presence = world.boot();
	await presence.save(BOTH);
	world.isAllowed = false;
	world.state = "idle";
	await presence.refresh();
	expect(presence.pauseReasonFor(undefined)).toBeUndefined();
});

test("settings that could not be read pause nothing, and are read again the next time", async () => {
	const world = setUp();
	await world.boot().save(BOTH);
	world.isBroken = true;
	const presence = world.boot();
	world.state = "idle";
	await presence.refresh();
	expect(presence.pauseReasonFor(undefined)).toBeUndefined();
	await expect(presence.save({ pauseWhenIdle: false })).rejects.toThrow();
	world.isBroken = false;
	await presence.refresh();
	expect(presence.pauseReasonFor(undefined)).toBe("away");
	expect(presence.settings()).toEqual(BOTH);
});

test("a browser without the idle API pauses nothing", async () => {
	const presence = createAutoPause({
		local: createArea(),
		idle: () => ({ queryState: () => Promise.reject(new Error("no")) }),
		isOnline: () => true,
		onChange: () => undefined,
	});
	await presence.save(BOTH);
	expect(presence.pauseReasonFor(undefined)).toBeUndefined();
});

test("keeps both of two settings that change at the same time", async () => {
	const world = setUp();
	const presence = world.boot();
	await Promise.all([
		presence.save({ pauseWhenIdle: true }),
		presence.save({ pauseWhenOffline: true }),
	]);
	expect(presence.settings()).toEqual(BOTH);
	const next = world.boot();
	await next.refresh();
	expect(next.settings()).toEqual(BOTH);
});

test.each([
	["a text", "on"],
	["null", null],
	["a list", [true]],
	["a member of another type", { pauseWhenIdle: "yes" }],
])(
	"settings that are %s are reported and kept until they are saved or deleted",
	async (_, stored) => {
		const world = setUp();
		await world.local.set({ settings: stored });
		const presence = world.boot();
		await presence.refresh();
		expect(presence.settings()).toEqual({
			pauseWhenIdle: false,
			pauseWhenOffline: false,
		});
		const [record] = presence.damaged();
		expect(record).toEqual({
			area: "local",
			key: "settings",
			title: "the settings",
		});
		expect((await world.local.get("settings")).settings).toEqual(stored);

		presence.forgetDamaged({ area: "local", key: "settings" });
		expect(presence.damaged()).toEqual([]);
		const next = world.boot();
		await next.save({ pauseWhenOffline: true });
		expect(next.damaged()).toEqual([]);
		expect(next.settings().pauseWhenOffline).toBe(true);
	},
);

test("the readable part of damaged settings is used", async () => {
	const world = setUp();
	await world.local.set({
		settings: { pauseWhenIdle: 1, pauseWhenOffline: true },
	});
	const presence = world.boot();
	await presence.refresh();
	expect(presence.settings().pauseWhenOffline).toBe(true);
	expect(presence.damaged()).toHaveLength(1);
});

test("choices of environments are stored with the other settings", async () => {
	const world = setUp();
	await world.boot().save(BOTH);
	const environments = [{ name: "blue", color: "production" }] as const;
	await world.boot().save({ environments });
	const presence = world.boot();
	await presence.refresh();
	expect(presence.settings()).toEqual({ ...BOTH, environments });
	expect(presence.damaged()).toEqual([]);
});

test("choices of environments that cannot be read are reported, and the other settings are used", async () => {
	const world = setUp();
	await world.local.set({
		settings: { ...BOTH, environments: [{ name: "blue", color: "plaid" }] },
	});
	const presence = world.boot();
	await presence.refresh();
	expect(presence.settings()).toEqual(BOTH);
	expect(presence.damaged()).toHaveLength(1);
});
