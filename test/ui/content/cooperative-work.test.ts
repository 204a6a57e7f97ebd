// Work that may wait for the first paint, or be done before it.
import { expect, test, vi } from "vitest";
import {
	runInSlices,
	runWithinFrame,
} from "../../../src/ui/content/cooperative-work.ts";

test("what takes no time is done at once, before the first paint", () => {
	let left = 3;
	const isDone = runWithinFrame(() => {
		left -= 1;
		return left === 0;
	});
	expect(isDone).toBe(true);
	expect(left).toBe(0);
});

test("what takes longer goes on behind the first paint, when the page is idle or has been busy for long, until it is stopped", async () => {
	const frames: (() => void)[] = [];
	vi.stubGlobal("requestAnimationFrame", (frame: () => void) =>
		frames.push(frame),
	);
	const waits: [() => void, IdleRequestOptions][] = [];
	vi.stubGlobal(
		"requestIdleCallback",
		(...wait: [() => void, IdleRequestOptions]) => waits.push(wait),
	);
	let now = 0;
	vi.spyOn(performance, "now").mockImplementation(() => {
		now += 5;
		return now;
	});
	const onDone = vi.fn();
	const work = vi.fn(() => false);
	expect(runWithinFrame(work)).toBe(false);
	const stop = runInSlices(work, onDone);
	const before = work.mock.calls.length;
	expect(frames).toHaveLength(1);
	expect(waits).toHaveLength(0);
	frames[0]?.();
	const [[whenIdle, { timeout } = {}] = []] = waits;
	expect(timeout).toBeLessThanOrEqual(50);
	whenIdle?.();
	await vi.waitFor(
		() => expect(work.mock.calls.length).toBeGreaterThan(before),
		{ timeout: 20_000 },
	);
	stop();
	expect(onDone).not.toHaveBeenCalled();
	vi.restoreAllMocks();
	vi.unstubAllGlobals();
});
