import { describe, expect, it } from "vitest";
import {
	createNotifier,
	fragmentOf,
	type NotificationOptions,
	SUMMARY_ID,
} from "../../../src/background/watch/notifier.ts";
import { describeVersionChange } from "../../../src/background/watch/version-change.ts";
import type { ProfileId } from "../../../src/core/profile/profile.ts";
import type { ProfileSnapshot } from "../../../src/core/protocol/snapshot.ts";
import {
	createProfileSnapshot,
	createSnapshot,
	createVersion,
	PROFILE_ID,
} from "../../helpers/render-view.tsx";
import { createArea } from "../../helpers/storage-area.ts";

const encode = (text: string) => new TextEncoder().encode(text);

function createWorld() {
	let now = 1_000_000;
	const session = createArea();
	const shown: {
		readonly id: string;
		readonly options: NotificationOptions;
	}[] = [];
	const bodies = new Map<string, string>();
	let snapshot = createSnapshot({ profiles: [] });
	let isAllowed = true;
	const start = () =>
		createNotifier({
			notifications: () =>
				isAllowed
					? {
							create: async (id, options) => {
								shown.push({ id, options });
								return id;
							},
							clear: async () => true,
						}
					: undefined,
			readBody: async (id, number) => {
				const text = bodies.get(`${id} ${number}`);
				return text === undefined ? undefined : encode(text);
			},
			session,
			now: () => now,
			wait: async () => undefined,
			currentSnapshot: () => snapshot,
			iconFor: async (environment) => `icon ${environment}`,
		});
	let notifier = start();
	return {
		shown,
		texts: () =>
			shown.map(({ options }) => `${options.title}: ${options.message}`),
		forbid: () => {
			isAllowed = false;
		},
		restartWorker: () => {
			notifier = start();
		},
		advance: (ms: number) => {
			now += ms;
		},
		/** The versions of profiles are bodies, oldest first. */
		async publish(...profiles: readonly ProfileSnapshot[]) {
			snapshot = createSnapshot({ profiles });
			await notifier.onSnapshot(snapshot);
		},
		store: (id: string, number: number, text: string) =>
			bodies.set(`${id} ${number}`, text),
	};
}

const profile = (count: number, change: Partial<ProfileSnapshot> = {}) =>
	createProfileSnapshot({
		notificationRule: "changes",
		lastSeenNumber: 1,
		versions: Array.from({ length: count }, (_, index) =>
			createVersion(count - index, { label: `release-${count - index}` }),
		),
		...change,
	});

const ENABLED = '{"name":"shop","checkout":{"enabled":true,"rate":49.90}}';
const DISABLED = '{"name":"shop","checkout":{"enabled":false,"rate":49.90}}';

describe("notifications of changes", () => {
	it("name the environment, the profile, and the value before and after", async () => {
		const world = createWorld();
		await world.publish(profile(1));
		world.store(PROFILE_ID, 1, ENABLED);
		world.store(PROFILE_ID, 2, DISABLED);
		await world.publish(profile(2));
		expect(world.texts()).toEqual([
			"prod · Shop settings: checkout.enabled true → false",
		]);
		expect(world.shown[0]?.options.iconUrl).toBe("icon prod");
		expect(fragmentOf(world.shown[0]?.id ?? "")).toBe(
			`profile=${PROFILE_ID}&compare=1`,
		);
	});

	it("come once, also after the worker was stopped", async () => {
		const world = createWorld();
		await world.publish(profile(1));
		await world.publish(profile(2));
		await world.publish(profile(2));
		world.restartWorker();
		await world.publish(profile(2));
		expect(world.texts()).toEqual([
			"prod · Shop settings: New version release-2",
		]);
	});

	it("do not come for what was there when the browser started, nor for a first version", async () => {
		const world = createWorld();
		await world.publish(profile(3));
		const other = { ...profile(1).profile, id: "p2" as ProfileId };
		await world.publish(profile(3), profile(0, { profile: other }));
		await world.publish(profile(3), profile(1, { profile: other }));
		expect(world.texts()).toEqual([]);
	});

	it("do not come for what the user has on the screen", async () => {
		const world = createWorld();
		await world.publish(profile(1));
		await world.publish(profile(2, { lastSeenNumber: 2 }));
		expect(world.texts()).toEqual([]);
	});

	it("follow the rule: only watched values, or none", async () => {
		const world = createWorld();
		world.store(PROFILE_ID, 1, ENABLED);
		world.store(PROFILE_ID, 2, DISABLED);
		const watching = (path: string, count: number) =>
			profile(count, { notificationRule: "watched", watchedPaths: [path] });
		await world.publish(watching("$.checkout.rate", 1));
		await world.publish(watching("$.checkout.rate", 2));
		expect(world.texts()).toEqual([]);
		world.store(PROFILE_ID, 3, ENABLED);
		await world.publish(watching("$.checkout.enabled", 3));
		expect(world.texts()).toEqual([
			"prod · Shop settings: checkout.enabled false → true",
		]);
		await world.publish(profile(4, { notificationRule: "faults" }));
		await world.publish(profile(5, { notificationRule: "nothing" }));
		expect(world.texts()).toHaveLength(1);
	});

	it("come for a watched value in a format that is not read here", async () => {
		const world = createWorld();
		const watching = (count: number) =>
			profile(count, { notificationRule: "watched", watchedPaths: ["$.a"] });
		world.store(PROFILE_ID, 1, "a: 1\n");
		world.store(PROFILE_ID, 2, "a: 2\n");
		await world.publish(watching(1));
		await world.publish(watching(2));
		expect(world.texts()).toEqual([
			"prod · Shop settings: New version release-2",
		]);
	});

	it("become one when many profiles change at once", async () => {
		const world = createWorld();
		const all = (count: number) =>
			["a", "b", "c", "d", "e"].map((name) =>
				profile(count, {
					profile: { ...profile(1).profile, id: name as ProfileId, name },
				}),
			);
		await world.publish(...all(1));
		await world.publish(...all(2));
		expect(world.shown.map(({ id }) => id.split(" ")[0])).toEqual([
			"change",
			"change",
			"change",
			SUMMARY_ID,
			SUMMARY_ID,
		]);
		expect(world.texts().at(-1)).toBe(
			"5 profiles changed: prod: a, prod: b, prod: c, prod: d, prod: e",
		);
		world.advance(31_000);
		await world.publish(...all(2).slice(1), ...all(3).slice(0, 1));
		expect(world.shown.at(-1)?.id).toMatch(/^change a /);
	});

	it("need the permission", async () => {
		const world = createWorld();
		world.forbid();
		await world.publish(profile(1));
		await world.publish(profile(2));
		expect(world.texts()).toEqual([]);
	});

	it("escape invisible characters of names and values", async () => {
		const world = createWorld();
		const named = (count: number) =>
			profile(count, {
				profile: { ...profile(1).profile, name: "set\u202etings" },
			});
		await world.publish(named(1));
		await world.publish(named(2));
		expect(world.texts()[0]).toContain("set\\u{202E}tings");
	});
});

describe("notifications of faults", () => {
	const faulty = (change: Partial<ProfileSnapshot> = {}) =>
		profile(2, {
			notificationRule: "faults",
			fault: { kind: "access-denied", at: 1_000_000 } as never,
			failureCount: 3,
			...change,
		});

	it("come once, after ten minutes, and again for the next fault", async () => {
		const world = createWorld();
		await world.publish(profile(2));
		await world.publish(faulty());
		world.advance(599_000);
		await world.publish(faulty());
		expect(world.texts()).toEqual([]);
		world.advance(2_000);
		await world.publish(faulty());
		await world.publish(faulty());
		expect(world.texts()).toEqual([
			expect.stringMatching(
				/^prod · Shop settings gets no configuration: .*Last good version: v2\.$/,
			),
		]);
		await world.publish(profile(2));
		await world.publish(faulty());
		world.advance(601_000);
		await world.publish(faulty());
		expect(world.texts()).toHaveLength(2);
	});

	it("do not come with the rule nothing, nor while the profile is paused", async () => {
		const world = createWorld();
		await world.publish(profile(2));
		for (const change of [
			{ notificationRule: "nothing" as const },
			{ paused: true },
		]) {
			await world.publish(faulty(change));
			world.advance(601_000);
			await world.publish(faulty(change));
		}
		expect(world.texts()).toEqual([]);
	});
});

describe("what changed between two bodies", () => {
	const change = (
		before: string,
		after: string,
		watched: readonly string[] = [],
	) => describeVersionChange(encode(before), encode(after), watched);

	it("names watched values first, as they are written", () => {
		const { items, total, isWatched } = change(
			'{"a":1,"b":1,"rate":49.90}',
			'{"a":2,"b":2,"rate":39.90}',
			["$.rate"],
		);
		expect(items).toEqual([
			{ kind: "changed", path: "rate", before: "49.90", after: "39.90" },
		]);
		expect({ total, isWatched }).toEqual({ total: 1, isWatched: true });
	});

	it("is unknown where a body is not JSON", () => {
		expect(change("a: 1", "a: 2").isWatched).toBeUndefined();
		expect(
			describeVersionChange(new Uint8Array([0xff]), encode("{}"), []).isWatched,
		).toBeUndefined();
	});

	it("concerns a watched value whose container was removed", () => {
		expect(change('{"a":{"b":1}}', "{}", ["$.a.b"]).isWatched).toBe(true);
	});
});
