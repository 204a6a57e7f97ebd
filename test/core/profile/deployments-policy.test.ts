import { expect, it } from "vitest";
import {
	deploymentsPolicy,
	toIdsOrWildcards,
} from "../../../src/core/profile/iam-policy.ts";

const PLACE = {
	region: "eu-west-1",
	application: "abc1234",
	environment: "def5678",
	configurationProfile: "ghi9012",
};
const resourceOf = (policy: string): unknown =>
	JSON.parse(policy).Statement[0].Resource;

it("allows only reading, on the application and its resources", () => {
	const policy = deploymentsPolicy(PLACE, "*");
	expect(resourceOf(policy)).toEqual([
		"arn:aws:appconfig:eu-west-1:*:application/abc1234",
		"arn:aws:appconfig:eu-west-1:*:application/abc1234/*",
	]);
	for (const action of JSON.parse(policy).Statement[0].Action)
		expect(action).toMatch(/^appconfig:(?:List|Get)[A-Z]/);
});

it("allows any application where only the name is known, in the partition of the Region", () => {
	const place = { ...PLACE, application: "shop", region: "cn-north-1" };
	expect(resourceOf(deploymentsPolicy(toIdsOrWildcards(place), "*"))).toEqual([
		"arn:aws-cn:appconfig:cn-north-1:*:application/*",
	]);
});
