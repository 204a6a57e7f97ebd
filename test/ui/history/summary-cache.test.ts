// Summaries kept from one opening of a popup to the next.
import { expect, test } from "vitest";
import { weightOf } from "../../../src/ui/history/ChangeSummaryLine.tsx";
import {
	cacheSummary,
	readCachedSummary,
} from "../../../src/ui/history/summary-cache.ts";

function createStorage(kept?: string) {
	const items = new Map(kept === undefined ? [] : [["summaries", kept]]);
	return {
		getItem: (key: string) => items.get(key) ?? null,
		setItem: (key: string, value: string) => void items.set(key, value),
	};
}

test("a summary is there again, and the newest word about a pair counts", () => {
	const storage = createStorage();
	cacheSummary(storage, "a b", { text: "1 changed", size: 1 });
	cacheSummary(storage, "b c", { text: "2 added", size: 2 });
	cacheSummary(storage, "a b", { text: "3 changed", size: 3 });
	expect(readCachedSummary(storage, "a b")).toEqual({
		text: "3 changed",
		size: 3,
	});
	expect(readCachedSummary(storage, "b c")?.text).toBe("2 added");
	expect(readCachedSummary(storage, "c d")).toBeUndefined();
});

test("the oldest make room", () => {
	const storage = createStorage();
	for (let index = 0; index <= 300; index += 1)
		cacheSummary(storage, `${index}`, { text: "", size: index });
	expect(readCachedSummary(storage, "0")).toBeUndefined();
	expect(readCachedSummary(storage, "1")).toBeDefined();
	expect(readCachedSummary(storage, "300")).toBeDefined();
});

test.each(["{", "{}", "[1,[2]]", '[["a",1,1]]'])(
	"what is no summary (%s) is none, and is written anew",
	(kept) => {
		const storage = createStorage(kept);
		expect(readCachedSummary(storage, "a")).toBeUndefined();
		cacheSummary(storage, "a", { text: "x", size: 1 });
		expect(readCachedSummary(storage, "a")?.text).toBe("x");
	},
);

test("a full storage costs that it is remembered, nothing else", () => {
	const full = {
		...createStorage(),
		setItem: () => {
			throw new DOMException("full", "QuotaExceededError");
		},
	};
	cacheSummary(full, "a b", { text: "1 changed", size: 1 });
	expect(readCachedSummary(full, "a b")).toBeUndefined();
});

test("the marker grows with the change, from nothing for formatting to five for hundreds", () => {
	const sizes = [-1, 0, 1, 2, 5, 20, 100, 1_000_000];
	expect(sizes.map(weightOf)).toEqual([undefined, 0, 1, 2, 3, 4, 5, 5]);
});
