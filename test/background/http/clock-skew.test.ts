import { expect, test } from "vitest";
import {
	createServiceClock,
	retryAfterClockSkew,
} from "../../../src/background/http/clock-skew.ts";
import { createArea } from "../../helpers/storage-area.ts";

const MINUTE = 60_000;

test("an offset of 20 minutes is recorded from the first reply, and restored after a restart of the worker", async () => {
	const session = createArea();
	const clock = createServiceClock(session, () => 1_000);
	expect(clock.offset()).toBeUndefined();
	clock.recordServerDate(1_000 + 20 * MINUTE);
	expect(clock.now()).toBe(1_000 + 20 * MINUTE);
	const next = createServiceClock(session, () => 2_000);
	await next.load();
	expect(next.now()).toBe(2_000 + 20 * MINUTE);
	next.recordServerDate(2_000);
	expect(next.now()).toBe(2_000);
});

test("differences below five minutes do not count", () => {
	const clock = createServiceClock(createArea(), () => 0);
	clock.recordServerDate(-4 * MINUTE);
	expect(clock.offset()).toBe(0);
	clock.recordServerDate(20 * MINUTE);
	clock.recordServerDate(21 * MINUTE);
	expect(clock.offset()).toBe(20 * MINUTE);
});

test.each([
	["is refused and the clocks differ", "refused", 20 * MINUTE, 2],
	["is refused and the clocks agree", "refused", 2_000, 1],
	["is accepted", "accepted", 20 * MINUTE, 1],
])(
	"when a signature %s, the call is repeated only for a wrong clock",
	async (_, outcome, skew, calls) => {
		let made = 0;
		let known = 0;
		const result = await retryAfterClockSkew({
			call: async () => {
				made += 1;
				known = skew;
				return outcome;
			},
			skew: () => known,
			isSignatureRefused: (reply) => reply === "refused",
		});
		expect(result).toBe(outcome);
		expect(made).toBe(calls);
	},
);
