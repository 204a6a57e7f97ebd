import { expect, test } from "vitest";
import type { ProfileId } from "../../../src/core/profile/profile.ts";
import type { ProfileSnapshot } from "../../../src/core/protocol/snapshot.ts";
import { pollResultMessage } from "../../../src/ui/errors/poll-now.ts";
import { profileStatus } from "../../../src/ui/errors/profile-status.ts";

test("a poll that is requested too early says when it will run", () => {
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
])("a profile is shown as %s", (told, change) => {
	expect(profileStatus({ ...live, ...change }).text).toBe(told);
});
