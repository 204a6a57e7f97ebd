import { afterEach, expect, test, vi } from "vitest";
import { live } from "../../scripts/shutdown.ts";

afterEach(() => {
	vi.restoreAllMocks();
	vi.useRealTimers();
});

test("What was started last is stopped first, and one that cannot be stopped holds up none", async () => {
	const said = vi.spyOn(console, "error").mockReturnValue();
	const stopped: string[] = [];
	const code = await live(Number.POSITIVE_INFINITY, async ({ onEnd, end }) => {
		onEnd(() => void stopped.push("emulator"));
		onEnd(() => Promise.reject(new Error("The browser has gone already.")));
		onEnd(() => void stopped.push("view"));
		end();
	});
	expect(stopped).toEqual(["view", "emulator"]);
	expect(said).toHaveBeenCalledWith("The browser has gone already.");
	expect(code).toBe(0);
});

test("What cannot start is said, and counts as failed", async () => {
	const said = vi.spyOn(console, "error").mockReturnValue();
	const code = await live(Number.POSITIVE_INFINITY, () =>
		Promise.reject(new Error("No Chromium was found.")),
	);
	expect(said.mock.calls).toEqual([["No Chromium was found."]]);
	expect(code).toBe(1);
});

test("Time that is over before all has started is said to be too short", async () => {
	vi.useFakeTimers();
	const said = vi.spyOn(console, "log").mockReturnValue();
	const code = live(5, () => new Promise(() => undefined));
	vi.advanceTimersByTime(5_000);
	expect(await code).toBe(0);
	expect(said.mock.calls).toEqual([
		["5 s were too few for all of it to start."],
	]);
});

test("A month is longer than a timer can wait, and does not end at once", async () => {
	vi.useFakeTimers();
	let hasEnded = false;
	const code = live(30 * 86_400, async ({ onEnd }) => {
		onEnd(() => {
			hasEnded = true;
		});
	});
	await vi.advanceTimersByTimeAsync(86_400_000);
	expect(hasEnded).toBe(false);
	process.emit("SIGINT");
	expect(await code).toBe(0);
});
