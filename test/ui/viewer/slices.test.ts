// Work that may wait for the first paint, or be done before it.
import { expect, test, vi } from "vitest";
import { soonInSlices } from "../../../src/ui/viewer/slices.ts";

test("what takes no time is done at once, before the first paint", () => {
	const onDone = vi.fn();
	let left = 3;
	soonInSlices(() => {
		left -= 1;
		return left === 0;
	}, onDone);
	expect(onDone).toHaveBeenCalledOnce();
});

test("what takes longer goes on behind the first paint, until it is stopped", async () => {
	const frames: (() => void)[] = [];
	vi.stubGlobal("requestAnimationFrame", (frame: () => void) =>
		frames.push(frame),
	);
	let now = 0;
	vi.spyOn(performance, "now").mockImplementation(() => {
		now += 5;
		return now;
	});
	const onDone = vi.fn();
	const work = vi.fn(() => false);
	const stop = soonInSlices(work, onDone);
	const before = work.mock.calls.length;
	expect(frames).toHaveLength(1);
	frames[0]?.();
	await vi.waitFor(() =>
		expect(work.mock.calls.length).toBeGreaterThan(before),
	);
	stop();
	expect(onDone).not.toHaveBeenCalled();
	vi.restoreAllMocks();
});
