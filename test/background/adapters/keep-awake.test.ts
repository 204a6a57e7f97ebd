import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createKeepAwake } from "../../../src/background/adapters/keep-awake.ts";

describe("work that takes longer than a browser lets a worker be idle", () => {
	beforeEach(() => {
		vi.useFakeTimers();
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	it("keeps the worker awake until all of it is done, and no longer", async () => {
		const touch = vi.fn();
		const { during } = createKeepAwake(touch);
		const ends: (() => void)[] = [];
		const work = () =>
			new Promise<void>((resolve) => {
				ends.push(resolve);
			});
		const both = [during(work), during(work)];
		vi.advanceTimersByTime(300_000);
		expect(touch).toHaveBeenCalledTimes(15);
		ends[0]?.();
		await both[0];
		vi.advanceTimersByTime(20_000);
		expect(touch).toHaveBeenCalledTimes(16);
		ends[1]?.();
		await both[1];
		vi.advanceTimersByTime(300_000);
		expect(touch).toHaveBeenCalledTimes(16);
		expect(vi.getTimerCount()).toBe(0);
	});

	it("ends with work that fails, whose error it passes on", async () => {
		const touch = vi.fn();
		const { during } = createKeepAwake(touch);
		await expect(
			during(() => Promise.reject(new Error("failed"))),
		).rejects.toThrow("failed");
		expect(vi.getTimerCount()).toBe(0);
	});
});
