import { expect, test } from "vitest";
import { formatAge } from "../../../src/ui/components/Age.tsx";
import {
	formatExactSize,
	formatSize,
} from "../../../src/ui/components/format.ts";

test.each([
	[0, "just now"],
	[-60_000, "just now"],
	[3_999, "3 s ago"],
	[60_000, "1 min ago"],
	[3_600_000, "1 h ago"],
	[86_400_000, "1 day ago"],
	[3 * 86_400_000, "3 days ago"],
])("an age of %i ms is written as %s", (ms, text) => {
	const now = 1_700_000_000_000;
	expect(formatAge(now - ms, now)).toBe(text);
});

test.each([
	[1, "1 byte", "1 B"],
	[999, "999 bytes", "999 B"],
	[1_204, "1,204 bytes", "1.2 kB"],
	[123_456, "123,456 bytes", "123 kB"],
	[999_960, "999,960 bytes", "1.0 MB"],
	[2_097_152, "2,097,152 bytes", "2.1 MB"],
])("%i bytes are %s exactly and %s at a glance", (bytes, exact, short) => {
	expect([formatExactSize(bytes), formatSize(bytes)]).toEqual([exact, short]);
});
