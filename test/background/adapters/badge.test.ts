import { describe, expect, it, vi } from "vitest";
import {
	createBadge,
	type Icon,
	toBadge,
} from "../../../src/background/adapters/badge.ts";
import type { Snapshot } from "../../../src/core/protocol/snapshot.ts";
import type { ResourceType } from "../../../src/core/session/fault.ts";
import { createWorld } from "../../helpers/world.ts";

async function snapshotOf(
	play: (world: ReturnType<typeof createWorld>) => Promise<void>,
): Promise<Snapshot> {
	const world = createWorld();
	world.service.deploy("v1", "release-1");
	await play(world);
	await world.settle();
	return world.engine.snapshot();
}

describe("the badge", () => {
	it("counts profiles with unseen changes and names them in its title", async () => {
		const snapshot = await snapshotOf(async (world) => {
			await world.add({ name: "one" });
			await world.add({ name: "two", environment: "prod" });
			await world.settle();
			world.service.deploy("v2", "release-2");
			await world.advance(120_000);
		});
		expect(toBadge(snapshot)).toEqual({
			text: "2",
			hasFault: false,
			title:
				"AppConfig Inspector\none: new version release-2\ntwo: new version release-2",
		});
	});

	it("does not count a profile's first version", async () => {
		const snapshot = await snapshotOf(async (world) => {
			await world.add();
		});
		expect(snapshot.profiles[0]?.versions).toHaveLength(1);
		expect(toBadge(snapshot)).toEqual({
			text: "",
			hasFault: false,
			title: "AppConfig Inspector",
		});
	});

	it("counts changes only; a fault changes the icon", async () => {
		const snapshot = await snapshotOf(async (world) => {
			await world.add({ name: "one" });
			await world.settle();
			world.service.deploy("v2", "release-2");
			await world.advance(120_000);
			world.service.trouble = () => ({ kind: "access-denied" });
			await world.advance(120_000);
		});
		expect(toBadge(snapshot)).toEqual({
			text: "1",
			hasFault: true,
			title:
				"AppConfig Inspector\none: Access denied\none: new version release-2",
		});
	});

	it("marks a fault from the second failed poll until the first successful one", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		await world.add({ name: "one" });
		await world.settle();
		const badge = async () => toBadge(await world.engine.snapshot());
		world.service.trouble = () => ({ kind: "network" });
		await world.advance(61_000);
		expect((await world.profile()).failureCount).toBe(1);
		expect(await badge()).toMatchObject({
			hasFault: false,
			title: expect.stringContaining("one: "),
		});
		await world.advance(120_000);
		expect(await badge()).toMatchObject({ text: "", hasFault: true });
		world.service.trouble = undefined;
		await world.advance(600_000);
		expect(await badge()).toEqual({
			text: "",
			hasFault: false,
			title: "AppConfig Inspector",
		});
	});

	it("is empty once the version was seen", async () => {
		const snapshot = await snapshotOf(async (world) => {
			const id = await world.add();
			await world.settle();
			world.service.deploy("v2", "release-2");
			await world.advance(120_000);
			await world.engine.remote.markSeen({ id, number: 2 });
		});
		expect(toBadge(snapshot)).toMatchObject({
			text: "",
			title: "AppConfig Inspector",
		});
	});

	it("names a profile's fault, except while the profile is paused", async () => {
		const failing = async (world: ReturnType<typeof createWorld>) => {
			world.service.trouble = () => ({ kind: "access-denied" });
			await world.add({ name: "orders" });
		};
		expect(toBadge(await snapshotOf(failing))).toEqual({
			text: "",
			hasFault: true,
			title: "AppConfig Inspector\norders: Access denied",
		});
		const paused = await snapshotOf(async (world) => {
			await failing(world);
			const { profile } = await world.profile();
			await world.engine.remote.pause({ id: profile.id });
		});
		expect(toBadge(paused).hasFault).toBe(false);
	});

	it("shows no fault for an environment without a deployment", async () => {
		const { profiles, ...rest } = await snapshotOf(async (world) => {
			world.service.trouble = () => ({ kind: "not-found" });
			await world.add({ name: "orders" });
			await world.advance(300_000);
		});
		const withType = (resourceType: ResourceType) => ({
			...rest,
			profiles: profiles.map((entry) =>
				entry.fault
					? { ...entry, fault: { ...entry.fault, resourceType } }
					: entry,
			),
		});
		expect(toBadge(withType("Application")).hasFault).toBe(true);
		expect(toBadge(withType("Deployment"))).toEqual({
			text: "",
			hasFault: false,
			title: "AppConfig Inspector",
		});
	});

	it("keeps its title readable with many profiles", async () => {
		const snapshot = await snapshotOf(async (world) => {
			for (let i = 0; i < 25; i++) await world.add({ name: `p${i}` });
			await world.settle();
			world.service.deploy("v2");
			await world.advance(120_000);
		});
		const lines = toBadge(snapshot).title.split("\n");
		expect(lines).toHaveLength(11);
		expect(lines.at(-1)).toBe("and 16 more");
	});

	it("calls the browser only for changes", async () => {
		const action = {
			setBadgeText: vi.fn(),
			setBadgeBackgroundColor: vi.fn(),
			setTitle: vi.fn(),
			setIcon: vi.fn(async () => undefined),
		};
		const drawn = { 16: "with a triangle" } as unknown as Icon;
		const show = createBadge(action, { 16: "icon.png" }, async () => drawn);
		const good = await snapshotOf(async (world) => {
			await world.add();
		});
		const bad = await snapshotOf(async (world) => {
			world.service.trouble = () => ({ kind: "access-denied" });
			await world.add();
		});
		for (const snapshot of [good, good, bad, bad, good]) {
			show(snapshot);
			await new Promise(setImmediate);
		}
		expect(action.setIcon.mock.calls).toEqual([
			[{ path: { 16: "icon.png" } }],
			[{ imageData: drawn }],
			[{ path: { 16: "icon.png" } }],
		]);
		expect(action.setBadgeText).toHaveBeenCalledOnce();
		expect(action.setTitle).toHaveBeenCalledTimes(3);
	});
});
