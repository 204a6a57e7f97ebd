import { describe, expect, it } from "vitest";
import { usesOwnKeys } from "../../../src/core/connection/access-target.ts";
import { maskAccessKeyId } from "../../../src/core/connection/credentials.ts";
import { parseKeyFields } from "../../../src/options/form/key-fields.ts";
import {
	EMPTY_PROFILE_FORM,
	type ProfileForm,
	parseProfileForm,
	toProfileForm,
} from "../../../src/options/form/profile-form.ts";
import { DRAFT } from "../../helpers/world.ts";

const FORM = toProfileForm(DRAFT);

function errorsOf(change: Partial<ProfileForm>): object {
	const parsed = parseProfileForm({ ...FORM, ...change });
	return parsed.ok ? {} : { ...parsed.error };
}

describe("a profile's form", () => {
	it("shows a saved profile as it was typed", () => {
		const form = {
			...FORM,
			region: "eu-west-1",
			minimumPollIntervalSeconds: "15",
		};
		const parsed = parseProfileForm(form);
		expect(parsed.ok && toProfileForm(parsed.value.profile)).toEqual(form);
	});

	it("defaults the name to the configuration profile", () => {
		const parsed = parseProfileForm({ ...FORM, name: " " });
		expect(parsed.ok && parsed.value.profile.name).toBe("settings");
	});

	it("requires a Region only without an endpoint", () => {
		expect(errorsOf({ endpoint: "", region: "" })).toHaveProperty("region");
		expect(errorsOf({ endpoint: "http://localhost:1", region: "" })).toEqual(
			{},
		);
	});

	it.each([
		["application", "", "Required"],
		["environment", "   ", "Required"],
		["configurationProfile", "x".repeat(129), "128"],
		["name", "x".repeat(101), "100"],
		["region", "Ireland", "eu-west-1"],
		["endpoint", "localhost:4772", "http://"],
		["minimumPollIntervalSeconds", "14", "15 to 86400"],
		["minimumPollIntervalSeconds", "86401", "15 to 86400"],
		["minimumPollIntervalSeconds", "1e3", "15 to 86400"],
		["minimumPollIntervalSeconds", "15.5", "15 to 86400"],
	] as const)("says at %s what is wrong with %j", (field, value, words) => {
		expect(errorsOf({ [field]: value })).toEqual({
			[field]: expect.stringContaining(words),
		});
	});

	it("accepts identifiers of 128 characters and intervals at both ends", () => {
		expect(errorsOf({ application: "x".repeat(128) })).toEqual({});
		expect(errorsOf({ minimumPollIntervalSeconds: "15" })).toEqual({});
		expect(errorsOf({ minimumPollIntervalSeconds: "86400" })).toEqual({});
	});
});

describe("keys in the form", () => {
	const keys = {
		...EMPTY_PROFILE_FORM,
		accessKeyId: "AKIAABCDEFGHIJKLMNOP",
		secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
	};

	it("stay unchanged when all three fields are empty", () => {
		expect(parseKeyFields(EMPTY_PROFILE_FORM)).toEqual({
			ok: true,
			value: undefined,
		});
	});

	it("are trimmed", () => {
		expect(
			parseKeyFields({ ...keys, accessKeyId: ` ${keys.accessKeyId}\n` }),
		).toMatchObject({ ok: true, value: { accessKeyId: keys.accessKeyId } });
	});

	it.each([
		[{ accessKeyId: "" }, "accessKeyId"],
		[{ accessKeyId: "AKIA" }, "accessKeyId"],
		[{ secretAccessKey: "" }, "secretAccessKey"],
		[{ secretAccessKey: "has a space in the middle" }, "secretAccessKey"],
		[{ accessKeyId: "ASIAABCDEFGHIJKLMNOP" }, "sessionToken"],
		[{ sessionToken: "a b" }, "sessionToken"],
	])(
		"that cannot be right (%j) are refused at their field, without being repeated",
		(change, field) => {
			const parsed = parseKeyFields({ ...keys, ...change });
			expect(parsed.ok).toBe(false);
			if (parsed.ok) return;
			expect(Object.keys(parsed.error)).toEqual([field]);
			for (const typed of Object.values({ ...keys, ...change }))
				if (typed.length > 4)
					expect(JSON.stringify(parsed.error)).not.toContain(typed);
		},
	);

	it("are shown masked", () => {
		expect(maskAccessKeyId(keys.accessKeyId)).toBe("AKIA…MNOP");
	});

	it.each([
		["", true],
		["https://vpce-0a.appconfigdata.eu-west-1.vpce.amazonaws.com", true],
		["https://appconfig.example.com", false],
		["http://127.0.0.1:4772", false],
	])("for endpoint %j are used: %s", (endpoint, expected) => {
		const parsed = parseProfileForm({
			...FORM,
			region: "eu-west-1",
			endpoint,
		});
		expect(parsed.ok && usesOwnKeys(parsed.value.profile)).toBe(expected);
	});
});
