import { expect, test } from "vitest";
import { toSessionPolicy } from "../../../src/core/profile/iam-policy.ts";
import type { Profile, ProfileId } from "../../../src/core/profile/profile.ts";

const ROLE = {
	arn: "arn:aws-cn:iam::123456789012:role/read",
	region: "cn-north-1",
};

function profile(configurationProfile: string): Profile {
	return {
		id: configurationProfile as ProfileId,
		name: "n",
		application: "abc1234",
		environment: "production",
		configurationProfile,
		region: "cn-north-1",
	};
}

function resourcesOf(policy: string): unknown {
	return JSON.parse(policy).Statement[0].Resource;
}

test("profiles are listed by id, and names become wildcards", () => {
	const policy = toSessionPolicy(ROLE, [
		profile("ghi9012"),
		profile("ghi9012"),
	]);
	expect(resourcesOf(policy)).toEqual([
		"arn:aws-cn:appconfig:cn-north-1:123456789012:application/abc1234/environment/*/configuration/ghi9012",
	]);
	expect(JSON.parse(policy).Statement[0].Action).toEqual([
		"appconfig:StartConfigurationSession",
		"appconfig:GetLatestConfiguration",
	]);
});

test("too many profiles for one policy allow all configurations of the account, but no other calls", () => {
	const many = Array.from({ length: 40 }, (_, i) =>
		profile(`p${String(i).padStart(6, "0")}`),
	);
	const policy = toSessionPolicy(ROLE, many);
	expect(policy.length).toBeLessThanOrEqual(2_048);
	expect(resourcesOf(policy)).toEqual([
		"arn:aws-cn:appconfig:*:123456789012:application/*/environment/*/configuration/*",
	]);
});
