// How long a look at the disk is good for.
import { expect, test } from "vitest";
import { createStatCache } from "../../../src/emulator/files/stat-cache.ts";

function countLooks(times: readonly number[]): number {
	let time = 0;
	const turn = createStatCache(() => time);
	turn.shareAcrossRequests();
	const looks = new Set<number>();
	for (time of times) looks.add(turn.generation());
	return looks.size;
}

const every = (gap: number, count: number, from = 1000) =>
	Array.from({ length: count }, (_, index) => from + index * gap);

test("Within one process every request looks for itself", () => {
	const turn = createStatCache(() => 0);
	const looks = Array.from({ length: 100 }, () => turn.generation());
	expect(new Set(looks).size).toBe(100);
});

test("Up to 2,000 requests a second each look for themselves", () => {
	expect(countLooks(every(0.5, 1000))).toBe(1000);
});

test("20,000 requests a second share a look for 5 ms", () => {
	// One second of them: the first window looks ten times, then there is one look in each.
	expect(countLooks(every(0.05, 20_000))).toBeLessThan(215);
});

test("After a busy time the first requests look for themselves again", () => {
	const burst = every(0.05, 1000, 0);
	const after = [200, 200.1, 200.2];
	expect(countLooks([...burst, ...after]) - countLooks(burst)).toBe(3);
});
