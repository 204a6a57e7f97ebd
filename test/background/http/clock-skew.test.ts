// AWS's clock beside this computer's.
import { expect, test } from "vitest";
import { createServiceClock } from "../../../src/background/http/clock-skew.ts";
import { createArea } from "../../helpers/storage-area.ts";

const MINUTE = 60_000;

test("a clock that is 20 minutes off is known from the first answer on, also to the next worker", async () => {
	const session = createArea();
	const clock = createServiceClock(session, () => 1_000);
	expect(clock.offset()).toBeUndefined();
	clock.recordOffset(20 * MINUTE);
	expect(clock.now()).toBe(1_000 + 20 * MINUTE);
	const next = createServiceClock(session, () => 2_000);
	await next.load();
	expect(next.now()).toBe(2_000 + 20 * MINUTE);
	next.recordOffset(0);
	expect(next.now()).toBe(2_000);
});

test("whole seconds and slow answers are no difference", () => {
	const clock = createServiceClock(createArea(), () => 0);
	clock.recordOffset(-4 * MINUTE);
	expect(clock.offset()).toBe(0);
	clock.recordOffset(20 * MINUTE);
	clock.recordOffset(21 * MINUTE);
	expect(clock.offset()).toBe(20 * MINUTE);
});
