import "fake-indexeddb/auto";
import { expect, it, vi } from "vitest";
import { createIndexedDbArea } from "../../../src/background/credentials/vault-storage.ts";

function deleted(name: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.deleteDatabase(name);
		request.onsuccess = () => resolve();
		request.onerror = () => reject(request.error);
		request.onblocked = () => reject(new Error("blocked"));
	});
}

it("the IndexedDB area returns what was stored, and nothing that was removed", async () => {
	const area = createIndexedDbArea("kept");
	await area.set({ a: { b: 1 }, c: "d" });
	await area.remove("c");
	expect(await createIndexedDbArea("kept").get(["a", "c"])).toEqual({
		a: { b: 1 },
		c: undefined,
	});
});

it("the IndexedDB area works after its database was deleted", async () => {
	const area = createIndexedDbArea("deleted");
	await area.set({ a: 1 });
	await deleted("deleted");
	expect(await area.get("a")).toEqual({ a: undefined });
	await area.set({ a: 2 });
	expect(await area.get("a")).toEqual({ a: 2 });
});

it("the IndexedDB area opens after a first failure", async () => {
	const area = createIndexedDbArea("later");
	vi.spyOn(indexedDB, "open").mockImplementationOnce(() => {
		throw new DOMException("backing store", "UnknownError");
	});
	await expect(area.get("a")).rejects.toThrow();
	await area.set({ a: 1 });
	expect(await area.get("a")).toEqual({ a: 1 });
});

it("the IndexedDB area creates a missing object store, whatever the version of the database", async () => {
	await new Promise((resolve) => {
		const request = indexedDB.open("storeless", 9);
		request.onsuccess = () => resolve(request.result.close());
	});
	const area = createIndexedDbArea("storeless");
	expect(await area.get("a")).toEqual({ a: undefined });
	await area.set({ a: 1 });
	expect(await createIndexedDbArea("storeless").get("a")).toEqual({ a: 1 });
});
