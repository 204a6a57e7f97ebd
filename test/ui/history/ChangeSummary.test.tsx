import { expect, test } from "vitest";
import {
	cacheSummary,
	levelOf,
	readCachedSummary,
} from "../../../src/ui/history/ChangeSummary.tsx";

function createStorage(kept?: string) {
	const items = new Map(kept === undefined ? [] : [["summaries", kept]]);
	return {
		getItem: (key: string) => items.get(key) ?? null,
		setItem: (key: string, value: string) => void items.set(key, value),
	};
}

test("a cached summary is found again, and the newest one of a pair counts", () => {
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

test("the oldest summaries are removed when there are too many", () => {
	const storage = createStorage();
	for (let index = 0; index <= 300; index += 1)
		cacheSummary(storage, `${index}`, { text: "", size: index });
	expect(readCachedSummary(storage, "0")).toBeUndefined();
	expect(readCachedSummary(storage, "1")).toBeDefined();
	expect(readCachedSummary(storage, "300")).toBeDefined();
});

test.each(["{", "{}", "[1,[2]]", '[["a",1,1]]'])(
	"damaged summaries (%s) are ignored and replaced",
	(kept) => {
		const storage = createStorage(kept);
		expect(readCachedSummary(storage, "a")).toBeUndefined();
		cacheSummary(storage, "a", { text: "x", size: 1 });
		expect(readCachedSummary(storage, "a")?.text).toBe("x");
	},
);

test("a full storage is not an error", () => {
	const full = {
		...createStorage(),
		setItem: () => {
			throw new DOMException("full", "QuotaExceededError");
		},
	};
	cacheSummary(full, "a b", { text: "1 changed", size: 1 });
	expect(readCachedSummary(full, "a b")).toBeUndefined();
});

test("the bar of the size grows from 0 for formatting to 5 for hundreds of changes", () => {
	const sizes = [-1, 0, 1, 2, 5, 20, 100, 1_000_000];
	expect(sizes.map(levelOf)).toEqual([undefined, 0, 1, 2, 3, 4, 5, 5]);
});
