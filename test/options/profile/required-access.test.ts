import { expect, test } from "vitest";
import { monthlyCost } from "../../../src/options/profile/cost.ts";
import { toPolicy } from "../../../src/options/profile/RequiredAccess.tsx";

const TARGET = {
	region: "eu-west-1",
	application: "abc1234",
	environment: "def5678",
	configurationProfile: "ghi9012",
};

const LISTS = {
	applications: [{ id: "abcdefg", name: "Checkout" }],
	environments: [
		{ id: "def5678", name: "production" },
		{ id: "jkl3456", name: "abcdefg" },
	],
	configurationprofiles: [{ id: "ghi9012", name: "settings" }],
};

test("the policy allows the two calls on this configuration and nothing else", () => {
	const { text, open } = toPolicy(TARGET, {}, "123456789012");
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
					"arn:aws:appconfig:eu-west-1:123456789012:application/abc1234/environment/def5678/configuration/ghi9012",
			},
		],
	});
	expect(open).toEqual([]);
});

test("names that were looked up become ids, even ids that look like words", () => {
	const typed = {
		region: "eu-west-1",
		application: "abcdefg",
		environment: "production",
		configurationProfile: "settings",
	};
	const path = "application/abcdefg/environment/def5678/configuration/ghi9012";
	expect(toPolicy(typed, LISTS, "123456789012").text).toContain(path);
	const named = { ...typed, application: "Checkout" };
	expect(toPolicy(named, LISTS, "123456789012").text).toContain(path);
});

test.each(["production", "prod1", "api2", "release"])(
	"an unknown id is a wildcard and reported: %s is not an id",
	(environment) => {
		const { text, open } = toPolicy({ ...TARGET, environment }, {});
		expect(text).toContain(
			"arn:aws:appconfig:eu-west-1:*:application/abc1234/environment/*/configuration/ghi9012",
		);
		expect(open).toEqual(["account", "environment"]);
	},
);

test("without a Region the policy allows any", () => {
	const { text, open } = toPolicy({ ...TARGET, region: "" }, {});
	expect(text).toContain("arn:aws:appconfig:*:*:application/abc1234");
	expect(open).toEqual(["account", "Region"]);
});

test.each([
	["cn-north-1", "arn:aws-cn:"],
	["us-gov-west-1", "arn:aws-us-gov:"],
	["eusc-de-east-1", "arn:aws-eusc:"],
	["us-isob-east-1", "arn:aws-iso-b:"],
	["us-iso-east-1", "arn:aws-iso:"],
	["us-east-1", "arn:aws:"],
])("in %s the ARN begins with %s", (region, start) => {
	expect(toPolicy({ ...TARGET, region }, {}).text).toContain(
		`"${start}appconfig:`,
	);
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
