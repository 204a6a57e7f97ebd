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

test("without a server, every request checks the file", () => {
	const turn = createStatCache(() => 0);
	const looks = Array.from({ length: 100 }, () => turn.generation());
	expect(new Set(looks).size).toBe(100);
});

test("up to 2,000 requests a second, each request checks the file", () => {
	expect(countLooks(every(0.5, 1000))).toBe(1000);
});

test("at 20,000 requests a second, requests share a check for 5 ms", () => {
	// One second of them: the first window looks ten times, then there is one look in each.
	expect(countLooks(every(0.05, 20_000))).toBeLessThan(215);
});

test("after a busy time, each request checks the file again", () => {
	const burst = every(0.05, 1000, 0);
	const after = [200, 200.1, 200.2];
	expect(countLooks([...burst, ...after]) - countLooks(burst)).toBe(3);
});
