import { describe, expect, it } from "vitest";
import {
	isStorageFull,
	refusalMessage,
} from "../../../src/core/shared/storage-problems.ts";

describe("a storage that is full", () => {
	it.each([
		new DOMException("full", "QuotaExceededError"),
		new Error("Resource::kQuotaBytes quota exceeded"),
		new Error("QUOTA_BYTES quota exceeded"),
		new Error("Session storage quota bytes exceeded. Values were not stored."),
		new Error(
			"IO error: /x/000003.log: No space left on device (ChromeMethodBFE: 9)",
		),
		new DOMException(
			"Failed to write blobs (FILE_ERROR_NO_SPACE)",
			"DataError",
		),
	])("is full: %s", (error) => {
		expect(isStorageFull(error)).toBe(true);
		expect(refusalMessage(error)).toContain("Free disk space");
	});

	it.each([
		new Error("other"),
		new DOMException("x", "UnknownError"),
		new TypeError("no"),
		"quota",
		undefined,
	])("is not full: %s", (error) => {
		expect(isStorageFull(error)).toBe(false);
		expect(refusalMessage(error)).not.toContain("other");
	});
});
