import { describe, expect, it, vi } from "vitest";
import { createBadge, toBadge } from "../../src/background/badge.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { createWorld } from "../helpers/world.ts";

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
	it("counts the profiles with a version not looked at, and names them", async () => {
		const snapshot = await snapshotOf(async (world) => {
			await world.add({ name: "one" });
			await world.add({ name: "two", environment: "prod" });
		});
		expect(toBadge(snapshot)).toEqual({
			text: "2",
			color: "#0b57d0",
			title:
				"AppConfig Inspector\none: new version release-1\ntwo: new version release-1",
		});
	});

	it("is empty once the version was looked at", async () => {
		const snapshot = await snapshotOf(async (world) => {
			const id = await world.add();
			await world.settle();
			await world.engine.remote.markSeen({ id, number: 1 });
		});
		expect(toBadge(snapshot)).toMatchObject({
			text: "",
			title: "AppConfig Inspector",
		});
	});

	it("shows a fault as such and says which, but not for a paused profile", async () => {
		const failing = async (world: ReturnType<typeof createWorld>) => {
			world.service.trouble = () => ({ kind: "access-denied" });
			await world.add({ name: "orders" });
		};
		expect(toBadge(await snapshotOf(failing))).toEqual({
			text: "!",
			color: "#b3261e",
			title: "AppConfig Inspector\norders: Access denied",
		});
		const paused = await snapshotOf(async (world) => {
			await failing(world);
			const { profile } = await world.profile();
			await world.engine.remote.pause({ id: profile.id });
		});
		expect(toBadge(paused).text).toBe("");
	});

	it("keeps its title readable with many profiles", async () => {
		const snapshot = await snapshotOf(async (world) => {
			for (let i = 0; i < 25; i++) await world.add({ name: `p${i}` });
		});
		const lines = toBadge(snapshot).title.split("\n");
		expect(lines).toHaveLength(11);
		expect(lines.at(-1)).toBe("and 16 more");
	});

	it("calls the browser only when something is different", async () => {
		const action = {
			setBadgeText: vi.fn(),
			setBadgeBackgroundColor: vi.fn(),
			setTitle: vi.fn(),
		};
		const show = createBadge(action);
		const snapshot = await snapshotOf(async (world) => {
			await world.add();
		});
		show(snapshot);
		show(snapshot);
		expect(action.setBadgeText).toHaveBeenCalledOnce();
		expect(action.setTitle).toHaveBeenCalledOnce();
	});
});
