// What the viewer keeps of a user's choices: the next time if the storage has room, and never in the way of the choice itself.
import { afterEach, expect, test, vi } from "vitest";
import {
	loadPreference,
	savePreference,
} from "../../../src/ui/components/preferences.ts";

afterEach(() => vi.unstubAllGlobals());

test("a choice is found again, each profile's by itself", () => {
	const items = new Map<string, string>();
	vi.stubGlobal("localStorage", {
		getItem: (key: string) => items.get(key) ?? null,
		setItem: (key: string, text: string) => items.set(key, text),
	});
	savePreference("one", "view", "tree");
	savePreference("two", "view", "raw");
	expect(loadPreference("one", "view")).toBe("tree");
	expect(loadPreference("two", "view")).toBe("raw");
	expect(loadPreference("one", "wrap")).toBeNull();
});

test("a full storage does not keep anyone from choosing", () => {
	vi.stubGlobal("localStorage", {
		setItem: () => {
			throw new DOMException("full", "QuotaExceededError");
		},
	});
	expect(() => savePreference("one", "view", "tree")).not.toThrow();
});
