import { describe, expect, it, test } from "vitest";
import {
	concernsWatched,
	isWatched,
	MAX_WATCHED_PATHS,
	notificationRuleOf,
	setWatched,
} from "../../../src/core/watch/watch.ts";
import { createWorld } from "../../helpers/world.ts";

test.each([
	["$.a.b", true],
	["$.a.b.c", true],
	["$.a.b[0]", true],
	["$.a.bc", false],
	["$.a", false],
])("with $.a.b watched, %s is watched: %s", (path, expected) => {
	expect(isWatched(["$.a.b"], path)).toBe(expected);
});

test("a container that changed as a whole concerns the watched value in it", () => {
	expect(concernsWatched(["$.a.b"], "$.a")).toBe(true);
	expect(concernsWatched(["$.a.b"], "$")).toBe(true);
	expect(concernsWatched(["$.a.b"], "$.ab")).toBe(false);
	expect(concernsWatched([], "$.a")).toBe(false);
});

test("production is notified of watched values, other environments of faults, unless the user chose a rule", () => {
	expect(notificationRuleOf({}, { environment: "prod" })).toBe("watched");
	expect(notificationRuleOf({}, { environment: "test" })).toBe("faults");
	expect(
		notificationRuleOf(
			{ notificationRule: "nothing" },
			{ environment: "prod" },
		),
	).toBe("nothing");
});

test("a path is watched once, and there is a limit", () => {
	expect(setWatched(["$.a"], "$.a", true)).toEqual(["$.a"]);
	expect(setWatched(["$.a", "$.b"], "$.a", false)).toEqual(["$.b"]);
	const full = Array.from({ length: MAX_WATCHED_PATHS }, (_, at) => `$[${at}]`);
	expect(setWatched(full, "$.more", true)).toBeUndefined();
	expect(setWatched(full, "$[0]", true)).toHaveLength(MAX_WATCHED_PATHS);
});

describe("watched values and the rule of a profile", () => {
	it("outlive the browser", async () => {
		const world = createWorld();
		world.service.deploy("v1", "one");
		const id = await world.add();
		const { remote } = world.engine;
		await remote.setWatched({ id, path: "$.a", watched: true });
		await remote.setNotificationRule({ id, rule: "changes" });
		world.restartBrowser();
		await world.settle();
		expect(await world.profile()).toMatchObject({
			watchedPaths: ["$.a"],
			notificationRule: "changes",
		});
		await world.engine.remote.setWatched({ id, path: "$.a", watched: false });
		world.restartBrowser();
		await world.settle();
		expect(await world.profile()).not.toHaveProperty("watchedPaths");
	});

	it("tell of a value from the moment that it is watched, with any rule before", async () => {
		const world = createWorld();
		const id = await world.add();
		const { remote } = world.engine;
		for (const [before, after] of [
			["faults", "watched"],
			["nothing", "watched"],
			["changes", "changes"],
		] as const) {
			await remote.setNotificationRule({ id, rule: before });
			await remote.setWatched({ id, path: "$.a", watched: true });
			expect((await world.profile()).notificationRule).toBe(after);
			await remote.setNotificationRule({ id, rule: before });
			await remote.setWatched({ id, path: "$.a", watched: false });
			expect((await world.profile()).notificationRule).toBe(before);
		}
	});

	it("are refused above the limit", async () => {
		const world = createWorld();
		const id = await world.add();
		const { remote } = world.engine;
		for (let at = 0; at < MAX_WATCHED_PATHS; at += 1)
			await remote.setWatched({ id, path: `$[${at}]`, watched: true });
		expect(
			await remote.setWatched({ id, path: "$.more", watched: true }),
		).toMatchObject({ ok: false });
	});
});
