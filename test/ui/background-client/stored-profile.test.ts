import { describe, expect, it } from "vitest";
import { parseStoredProfile } from "../../../src/ui/background-client/snapshot-storage.ts";

const VERSION = {
	number: 1,
	hash: "0".repeat(64),
	contentType: "text/plain",
	size: 1,
	receivedAt: 1,
	confirmedAt: 1,
	pinned: false,
};
const PROFILE = {
	profile: {
		id: "p1",
		name: "n",
		application: "a",
		environment: "e",
		configurationProfile: "c",
		region: "eu-west-1",
	},
	paused: false,
	phase: "waiting",
	intervalSeconds: 60,
	versions: [VERSION],
	seen: 0,
	usage: { since: 0, calls: 0, received: 0 },
};

function parse(profile: unknown) {
	return parseStoredProfile(JSON.stringify({ takenAt: 1, profile }));
}

describe("a profile's part of the stored snapshot", () => {
	it("is read as it was stored", () => {
		expect(parse(PROFILE)?.profile).toEqual(PROFILE);
	});

	it.each([
		5,
		null,
		[],
		{},
		{ ...PROFILE, profile: "p1" },
		{ ...PROFILE, profile: { ...PROFILE.profile, name: 7 } },
		{ ...PROFILE, usage: null },
		{ ...PROFILE, intervalSeconds: "60" },
		{ ...PROFILE, fault: "no" },
		{ ...PROFILE, versions: "text" },
		{ ...PROFILE, versions: [5] },
		{ ...PROFILE, versions: [{ ...VERSION, hash: 5 }] },
		{ ...PROFILE, versions: [{ ...VERSION, receivedAt: "x" }] },
	])("is not shown when it is damaged: %j", (damaged) => {
		expect(parse(damaged)).toBeUndefined();
	});
});
