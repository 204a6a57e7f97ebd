// Ages, sizes and states, in the words that views use.
import { expect, test } from "vitest";
import type { ProfileId } from "../../src/core/profile/profile.ts";
import type { ProfileSnapshot } from "../../src/core/protocol/snapshot.ts";
import { formatAge } from "../../src/ui/components/age.ts";
import { formatExactSize, formatSize } from "../../src/ui/components/size.ts";
import { pollResultMessage } from "../../src/ui/errors/poll-now.ts";
import { profileStatus } from "../../src/ui/errors/profile-status.ts";

test.each([
	[0, "just now"],
	[-60_000, "just now"],
	[3_999, "3 s ago"],
	[60_000, "1 min ago"],
	[3_600_000, "1 h ago"],
	[86_400_000, "1 day ago"],
	[3 * 86_400_000, "3 days ago"],
])("%i ms ago is %s", (ms, told) => {
	const now = 1_700_000_000_000;
	expect(formatAge(now - ms, now)).toBe(told);
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

test("a poll that comes too early says when it is made", () => {
	expect(pollResultMessage({ status: "too-early", at: 23_000 }, 0)).toBe(
		"AppConfig allows the next poll in 0:23, and polls then.",
	);
});

const version = {
	number: 2,
	hash: "",
	contentType: "",
	size: 0,
	receivedAt: 0,
	confirmedAt: 0,
	pinned: false,
};
const fault = {
	kind: "network",
	operation: "GetLatestConfiguration",
	at: 0,
	detail: "",
} as const;
const live: ProfileSnapshot = {
	profile: {
		id: "a" as ProfileId,
		name: "a",
		application: "a",
		environment: "a",
		configurationProfile: "a",
		region: "eu-west-1",
	},
	paused: false,
	phase: "waiting",
	intervalSeconds: 60,
	versions: [version],
	failureCount: 0,
	versionCount: 1,
	versionBytes: version.size,
	lastSeenNumber: 2,
	usage: { since: 0, calls: 0, received: 0 },
	takesCredentials: true,
};

test.each<[string, Partial<ProfileSnapshot>]>([
	["live", {}],
	["live", { phase: "polling" }],
	["new version", { lastSeenNumber: 1 }],
	["paused", { paused: true }],
	["paused", { paused: true, fault }],
	["retrying", { phase: "resting", fault }],
	["stopped", { phase: "halted", fault }],
	["stopped", { phase: "halted", fault, paused: true }],
	["opening", { phase: "opening", versions: [] }],
	["nothing deployed", { versions: [] }],
	[
		"nothing deployed",
		{ fault: { ...fault, kind: "not-found", resourceType: "Deployment" } },
	],
])("a profile is told to be %s", (told, change) => {
	expect(profileStatus({ ...live, ...change }).text).toBe(told);
});
