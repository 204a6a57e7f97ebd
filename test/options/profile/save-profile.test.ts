import { expect, test } from "vitest";
import type {
	ProfileDraft,
	ProfileId,
} from "../../../src/core/profile/profile.ts";
import { saveProfile } from "../../../src/options/profile/save-profile.ts";
import { createRemote } from "../../../src/ui/background-client/background-client.ts";

const ID = "one" as ProfileId;
const PROFILE: ProfileDraft = {
	name: "Settings",
	application: "a",
	environment: "b",
	configurationProfile: "c",
	region: "eu-west-1",
};
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

function setUp(
	answer: Promise<boolean>,
	result: Promise<ProfileId> = Promise.resolve(ID),
) {
	const steps: string[] = [];
	const options = {
		remote: createRemote(async (name) => {
			steps.push(name);
			return result;
		}),
		connections: [],
		platform: {
			reload: () => undefined,
			openOptions: () => undefined,
			requestHost: (pattern: string) => {
				steps.push(pattern);
				return answer;
			},
		},
		announce: (text: string) => void steps.push(text),
	};
	return { steps, options };
}

const HOST = "https://appconfigdata.eu-west-1.amazonaws.com/*";
const INPUT = { profile: PROFILE };

test("access to the host is requested in the click itself, and a grant is followed by a poll", async () => {
	const { steps, options } = setUp(Promise.resolve(true));
	void saveProfile(options, undefined, INPUT);
	expect(steps).toEqual([HOST, "saveProfile"]);
	await settled();
	expect(steps.slice(2)).toEqual(["Saved Settings.", "pollNow"]);
});

test("without access the profile is saved and the missing host is named", async () => {
	const { steps, options } = setUp(Promise.resolve(false));
	await saveProfile(options, undefined, INPUT);
	await settled();
	expect(steps.at(-1)).toBe(
		`Saved. Access to ${HOST} was not granted, so it can't be polled yet.`,
	);
	expect(steps).not.toContain("pollNow");
});

test("an unanswered permission request does not delay saving", async () => {
	const { steps, options } = setUp(new Promise(() => undefined));
	await saveProfile(options, undefined, INPUT);
	await settled();
	expect(steps.at(-1)).toBe("Saved Settings.");
});

test("an error of the permission request is shown", async () => {
	const { steps, options } = setUp(
		Promise.reject(new Error("Not in a click.")),
	);
	await saveProfile(options, undefined, INPUT);
	await settled();
	expect(steps.at(-1)).toBe("Not in a click.");
});

test("an emulator on this computer needs no permission", async () => {
	const { steps, options } = setUp(Promise.resolve(true));
	const profile = { ...PROFILE, endpoint: "http://127.0.0.1:4772" };
	await saveProfile(options, undefined, { profile });
	await settled();
	expect(steps).toEqual(["saveProfile", "Saved Settings."]);
});

test("a profile that could not be saved is not announced as saved", async () => {
	const { steps, options } = setUp(
		Promise.resolve(true),
		Promise.reject(new Error("The disk is full.")),
	);
	await expect(saveProfile(options, undefined, INPUT)).rejects.toThrow();
	await settled();
	expect(steps).toEqual([HOST, "saveProfile", "The disk is full."]);
});
