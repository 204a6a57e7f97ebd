// Saving a profile and asking for its host: what happens in the click, and what whatever the browser answers.
import { expect, test } from "vitest";
import {
	EMPTY_PROFILE_FORM,
	type Profile,
	type ProfileId,
} from "../../../src/core/profile/profile.ts";
import { save } from "../../../src/options/profile/save.ts";
import { createRemote } from "../../../src/ui/background-client/background-client.ts";

const ID = "one" as ProfileId;
const PROFILE: Profile = {
	id: ID,
	name: "Settings",
	application: "a",
	environment: "b",
	configurationProfile: "c",
	region: "eu-west-1",
};
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

function desk(
	answer: Promise<boolean>,
	result: unknown = { ok: true, value: ID },
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
		say: (text: string) => steps.push(text),
	};
	return { steps, options };
}

const HOST = "https://appconfigdata.eu-west-1.amazonaws.com/*";
const saving = { id: undefined, form: EMPTY_PROFILE_FORM, profile: PROFILE };

test("the host is asked for in the click itself, and a grant is polled at once", async () => {
	const { steps, options } = desk(Promise.resolve(true));
	void save(options, saving);
	expect(steps).toEqual([HOST, "saveProfile"]);
	await settled();
	expect(steps.slice(2)).toEqual(["Saved Settings.", "pollNow"]);
});

test("a refusal keeps the profile and says what is missing", async () => {
	const { steps, options } = desk(Promise.resolve(false));
	await save(options, saving);
	await settled();
	expect(steps.at(-1)).toBe(
		`Saved. ${HOST} was not allowed, so it cannot be polled yet.`,
	);
	expect(steps).not.toContain("pollNow");
});

test("a question left open does not hold up the saving", async () => {
	const { steps, options } = desk(new Promise(() => undefined));
	await save(options, saving);
	await settled();
	expect(steps.at(-1)).toBe("Saved Settings.");
});

test("a browser that cannot ask now is quoted", async () => {
	const { steps, options } = desk(Promise.reject(new Error("Not in a click.")));
	await save(options, saving);
	await settled();
	expect(steps.at(-1)).toBe("Not in a click.");
});

test("nothing is asked for an emulator on this machine", async () => {
	const { steps, options } = desk(Promise.resolve(true));
	const profile = { ...PROFILE, endpoint: "http://127.0.0.1:4772" };
	await save(options, { ...saving, profile });
	await settled();
	expect(steps).toEqual(["saveProfile", "Saved Settings."]);
});

test("what could not be saved is not said to be saved", async () => {
	const error = { region: "No." };
	const { steps, options } = desk(Promise.resolve(true), { ok: false, error });
	expect(await save(options, saving)).toEqual({ ok: false, error });
	await settled();
	expect(steps).toEqual([HOST, "saveProfile"]);
});
