// What the viewer keeps of a user's choices: the next time if the storage has room, and never in the way of the choice itself.
import { afterEach, expect, test, vi } from "vitest";
import { recall, remember } from "../../../src/ui/viewer/view-preferences.ts";

afterEach(() => vi.unstubAllGlobals());

test("a choice is found again, each profile's by itself", () => {
	const items = new Map<string, string>();
	vi.stubGlobal("localStorage", {
		getItem: (key: string) => items.get(key) ?? null,
		setItem: (key: string, text: string) => items.set(key, text),
	});
	remember("one", "view", "tree");
	remember("two", "view", "raw");
	expect(recall("one", "view")).toBe("tree");
	expect(recall("two", "view")).toBe("raw");
	expect(recall("one", "wrap")).toBeNull();
});

test("a full storage does not keep anyone from choosing", () => {
	vi.stubGlobal("localStorage", {
		setItem: () => {
			throw new DOMException("full", "QuotaExceededError");
		},
	});
	expect(() => remember("one", "view", "tree")).not.toThrow();
});
