import { describe, expect, it } from "vitest";
import { createKeepsake } from "../../src/background/keepsake.ts";
import { SNAPSHOT_KEY } from "../../src/core/contract.ts";
import { createWorld } from "../helpers/world.ts";

describe("the stored snapshot", () => {
	it("is the newest, with at most one write under way", async () => {
		const world = createWorld();
		const written: string[] = [];
		let finish: () => void = () => undefined;
		const keep = createKeepsake({
			get: async () => ({}),
			remove: async () => undefined,
			set: (items) => {
				written.push(String(items[SNAPSHOT_KEY]));
				return new Promise<void>((resolve) => {
					finish = resolve;
				});
			},
		});
		const snapshot = await world.engine.snapshot();
		for (const takenAt of [1, 2, 3]) keep({ ...snapshot, takenAt });
		expect(written).toHaveLength(1);
		finish();
		await world.settle();
		expect(written.map((text) => JSON.parse(text).takenAt)).toEqual([1, 3]);
		finish();
		await world.settle();
		keep({ ...snapshot, takenAt: 4 });
		expect(JSON.parse(written.at(-1) ?? "").takenAt).toBe(4);
	});

	it("that does not fit on a full disk does not stop the next one", async () => {
		const world = createWorld();
		let attempts = 0;
		const keep = createKeepsake({
			get: async () => ({}),
			remove: async () => undefined,
			set: async () => {
				attempts += 1;
				throw new Error("full");
			},
		});
		keep(await world.engine.snapshot());
		await world.settle();
		keep(await world.engine.snapshot());
		await world.settle();
		expect(attempts).toBe(2);
	});
});
