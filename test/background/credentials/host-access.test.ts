// When keys that were given to a profile itself end.
import { expect, test } from "vitest";
import { ownKeysExpiry } from "../../../src/background/credentials/host-access.ts";
import type { Profile, ProfileId } from "../../../src/core/profile/profile.ts";

const PROFILE: Profile = {
	id: "p1" as ProfileId,
	name: "settings",
	application: "abc1234",
	environment: "def5678",
	configurationProfile: "ghi9012",
	region: "eu-west-1",
};
const END = Date.UTC(2026, 5, 1, 12);
const MINUTE = 60_000;
const keys = (expiresAt?: number) => () => ({
	accessKeyId: "ASIAEXAMPLEEXAMPLE12",
	secretAccessKey: "s",
	...(expiresAt === undefined ? {} : { expiresAt }),
});

test("it is counted down on this computer's clock, once AWS has told the time", () => {
	expect(ownKeysExpiry(PROFILE, keys(END))).toBe(END);
	expect(ownKeysExpiry(PROFILE, keys(END), 20 * MINUTE)).toBe(
		END - 20 * MINUTE,
	);
});

test("keys whose end nobody told, and a profile without any, have none", () => {
	expect(ownKeysExpiry(PROFILE, keys())).toBeUndefined();
	expect(ownKeysExpiry(PROFILE, () => undefined)).toBeUndefined();
});

test("where keys may not go, their end is nothing to be warned of", () => {
	const onEmulator = { ...PROFILE, endpoint: "http://127.0.0.1:4772" };
	expect(ownKeysExpiry(onEmulator, keys(END))).toBeUndefined();
});
