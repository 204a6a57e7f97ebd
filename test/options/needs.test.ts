// What a profile needs of AWS and what it costs there.
import { expect, test } from "vitest";
import { monthlyCost } from "../../src/options/cost.ts";
import { toPolicy } from "../../src/options/policy.ts";

const TARGET = {
	region: "eu-west-1",
	application: "abc1234",
	environment: "def5678",
	configurationProfile: "ghi9012",
};

test("the policy allows the two calls on this configuration and nothing else", () => {
	const { text, blanks } = toPolicy(TARGET);
	expect(JSON.parse(text)).toEqual({
		Version: "2012-10-17",
		Statement: [
			{
				Effect: "Allow",
				Action: [
					"appconfig:StartConfigurationSession",
					"appconfig:GetLatestConfiguration",
				],
				Resource:
					"arn:aws:appconfig:eu-west-1:ACCOUNT_ID:application/abc1234/environment/def5678/configuration/ghi9012",
			},
		],
	});
	expect(blanks).toEqual(["ACCOUNT_ID"]);
});

test("names leave blanks, since a policy takes ids", () => {
	const { text, blanks } = toPolicy({ ...TARGET, environment: "production" });
	expect(text).toContain("environment/ENVIRONMENT_ID/");
	expect(blanks).toEqual(["ACCOUNT_ID", "ENVIRONMENT_ID"]);
});

test.each([
	["cn-north-1", "arn:aws-cn:"],
	["us-gov-west-1", "arn:aws-us-gov:"],
	["eusc-de-east-1", "arn:aws-eusc:"],
	["us-isob-east-1", "arn:aws-iso-b:"],
	["us-iso-east-1", "arn:aws-iso:"],
	["us-east-1", "arn:aws:"],
])("in %s the ARN begins with %s", (region, start) => {
	expect(toPolicy({ ...TARGET, region }).text).toContain(`"${start}appconfig:`);
});

test.each([
	[15, 172_800, 0.06],
	[60, 43_200, 0.03],
	[300, 8_640, 0.03],
])(
	"every %i s is %i requests in 30 days, about US$%f",
	(seconds, requests, dollars) => {
		const cost = monthlyCost(seconds);
		expect(cost.requests).toBe(requests);
		expect(Number(cost.dollars.toFixed(2))).toBe(dollars);
	},
);
