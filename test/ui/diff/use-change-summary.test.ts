import { expect, test } from "vitest";
import {
	type CachedSummary,
	cacheSummary,
	readCachedSummary,
} from "../../../src/ui/diff/use-change-summary.ts";

function createSummary(text: string, size: number): CachedSummary {
	return {
		text,
		size,
		unit: "key",
		items: [{ kind: "changed", path: "a", before: "1", after: "2" }],
		total: 1,
	};
}

function createStorage(kept?: string) {
	const items = new Map(kept === undefined ? [] : [["summaries", kept]]);
	return {
		getItem: (key: string) => items.get(key) ?? null,
		setItem: (key: string, value: string) => void items.set(key, value),
	};
}

test("a cached summary is found again, and the newest one of a pair counts", () => {
	const storage = createStorage();
	cacheSummary(storage, "a b", createSummary("1 changed", 1));
	cacheSummary(storage, "b c", createSummary("2 added", 2));
	cacheSummary(storage, "a b", createSummary("3 changed", 3));
	expect(readCachedSummary(storage, "a b")).toEqual(
		createSummary("3 changed", 3),
	);
	expect(readCachedSummary(storage, "b c")?.text).toBe("2 added");
	expect(readCachedSummary(storage, "c d")).toBeUndefined();
});

test("the oldest summaries are removed when there are too many", () => {
	const storage = createStorage();
	for (let index = 0; index <= 300; index += 1)
		cacheSummary(storage, `${index}`, createSummary("", index));
	expect(readCachedSummary(storage, "0")).toBeUndefined();
	expect(readCachedSummary(storage, "1")).toBeDefined();
	expect(readCachedSummary(storage, "300")).toBeDefined();
});

test.each([
	"{",
	"{}",
	"[1,[2]]",
	'[["a",1,1]]',
	'[["a",{"text":"x","size":1}]]',
	'[["a",{"text":"x","size":1,"total":1,"items":[{"path":1}]}]]',
	"[[1,null]]",
])("damaged summaries (%s) are ignored and replaced", (kept) => {
	const storage = createStorage(kept);
	expect(readCachedSummary(storage, "a")).toBeUndefined();
	cacheSummary(storage, "a", createSummary("x", 1));
	expect(readCachedSummary(storage, "a")?.text).toBe("x");
});

test("a full storage is not an error", () => {
	const full = {
		...createStorage(),
		setItem: () => {
			throw new DOMException("full", "QuotaExceededError");
		},
	};
	cacheSummary(full, "a b", createSummary("1 changed", 1));
	expect(readCachedSummary(full, "a b")).toBeUndefined();
});
