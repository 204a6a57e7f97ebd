// Whether polling has to pause by itself: away, offline, or neither.
import { expect, test } from "vitest";
import { createPresence } from "../../src/background/presence.ts";
import { createArea } from "../helpers/area.ts";

const AGENT = "http://localhost:2772";

function setUp() {
	const local = createArea();
	const world = {
		state: "active",
		isOnline: true,
		changes: 0,
		isAllowed: true,
		boot: () =>
			createPresence({
				local,
				idle: () =>
					world.isAllowed ? { queryState: async () => world.state } : undefined,
				isOnline: () => world.isOnline,
				changed: () => {
					world.changes += 1;
				},
			}),
	};
	return world;
}

const BOTH = { pauseWhenIdle: true, pauseWhenOffline: true };

test("without the settings nothing pauses", async () => {
	const world = setUp();
	const presence = world.boot();
	world.state = "locked";
	world.isOnline = false;
	await presence.look();
	expect(presence.holdOf(undefined)).toBeUndefined();
});

test("away, everything pauses, and goes on when somebody is there again", async () => {
	const world = setUp();
	await world.boot().save(BOTH);
	expect(world.changes).toBe(1);
	const presence = world.boot();
	world.state = "idle";
	await presence.look();
	expect(presence.settings()).toEqual(BOTH);
	expect(presence.holdOf(AGENT)).toBe("away");
	world.state = "active";
	await presence.look();
	expect(presence.holdOf(AGENT)).toBeUndefined();
});

test("offline, only what is on this computer is polled", async () => {
	const world = setUp();
	const presence = world.boot();
	await presence.save(BOTH);
	world.isOnline = false;
	expect(presence.holdOf(undefined)).toBe("offline");
	expect(presence.holdOf("https://appconfig.example.com")).toBe("offline");
	expect(presence.holdOf(AGENT)).toBeUndefined();
	world.isOnline = true;
	expect(presence.holdOf(undefined)).toBeUndefined();
});

test("a permission that was taken back pauses nothing", async () => {
	const world = setUp();
	const presence = world.boot();
	await presence.save(BOTH);
	world.isAllowed = false;
	world.state = "idle";
	await presence.look();
	expect(presence.holdOf(undefined)).toBeUndefined();
});
