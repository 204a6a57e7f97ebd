import { expect, test } from "vitest";
import { ownKeysExpiry } from "../../../src/background/credentials/connections.ts";
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

test("the expiry of a profile's own keys is converted to this computer's clock", () => {
	expect(ownKeysExpiry(PROFILE, keys(END))).toBe(END);
	expect(ownKeysExpiry(PROFILE, keys(END), 20 * MINUTE)).toBe(
		END - 20 * MINUTE,
	);
});

test("keys without a known expiry, and profiles without keys, have no expiry", () => {
	expect(ownKeysExpiry(PROFILE, keys())).toBeUndefined();
	expect(ownKeysExpiry(PROFILE, () => undefined)).toBeUndefined();
});

test("keys that are not sent to an endpoint have no expiry there", () => {
	const onEmulator = { ...PROFILE, endpoint: "http://127.0.0.1:4772" };
	expect(ownKeysExpiry(onEmulator, keys(END))).toBeUndefined();
});
