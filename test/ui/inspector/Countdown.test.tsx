// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { formatDuration } from "../../../src/ui/components/Age.tsx";
import {
	Countdown,
	countdown,
	type PollSchedule,
} from "../../../src/ui/inspector/Countdown.tsx";

import { act, render, screen } from "../../helpers/render.tsx";

const NOW = 1_000_000;
const waiting: PollSchedule = {
	phase: "waiting",
	paused: false,
	dueAt: NOW + 42_000,
};

test.each([
	[42_000, "0:42"],
	[41_001, "0:42"],
	[1_000, "0:01"],
	[1, "0:01"],
	[0, "now…"],
	[-5_000, "now…"],
	[65_000, "1:05"],
	[3_600_000, "1:00:00"],
	[86_401_000, "24:00:01"],
])("%i ms before the poll the countdown is %s", (left, words) => {
	expect(countdown({ ...waiting, dueAt: NOW + left }, NOW)).toBe(words);
});

test.each([
	["a poll under way", { ...waiting, phase: "polling" }, "now…"],
	["a session being opened", { ...waiting, phase: "opening" }, "now…"],
	["a session not opened yet", { phase: "idle", paused: false }, "now…"],
	["a pause", { phase: "waiting", paused: true }, "paused"],
	["a pause during a poll", { phase: "polling", paused: true }, "now…"],
	["a stop", { phase: "halted", paused: false }, "stopped"],
	["a stop under a pause", { phase: "halted", paused: true }, "stopped"],
	["a rest", { ...waiting, phase: "resting" }, "retrying in 0:42"],
] as const)("%s is told as it is", (_what, due: PollSchedule, words) => {
	expect(countdown(due, NOW)).toBe(words);
});

test("a duration never goes below zero", () => {
	expect(formatDuration(-1)).toBe("0:00");
});

afterEach(() => {
	vi.useRealTimers();
});

const timer = () => screen.getByRole("timer", { name: "Next poll" });

test("the countdown runs once a second until the poll", () => {
	vi.useFakeTimers({
		now: NOW,
		toFake: ["Date", "setTimeout", "clearTimeout"],
	});
	render(<Countdown profile={{ ...waiting, dueAt: NOW + 2_000 }} />);
	act(() => void vi.advanceTimersByTime(20));
	expect(timer().textContent).toBe("0:02");
	act(() => void vi.advanceTimersByTime(1_000));
	expect(timer().textContent).toBe("0:01");
	act(() => void vi.advanceTimersByTime(1_000));
	expect(timer().textContent).toBe("now…");
});

test("a retry is a sentence, which needs no label", () => {
	vi.useFakeTimers({
		now: NOW,
		toFake: ["Date", "setTimeout", "clearTimeout"],
	});
	const { rerender } = render(<Countdown profile={waiting} />);
	screen.getByText("Next poll");
	rerender(<Countdown profile={{ ...waiting, phase: "resting" }} />);
	expect(timer().textContent).toBe("retrying in 0:42");
	expect(screen.queryByText("Next poll")).toBeNull();
});
