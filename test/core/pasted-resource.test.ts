import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseResource } from "../../src/core/pasted-resource.ts";

describe("a configuration pasted from another tool", () => {
	it.each([
		[
			"arn:aws:appconfig:eu-west-1:123456789012:application/abc1234/environment/def5678/configuration/ghi9012",
			{
				application: "abc1234",
				environment: "def5678",
				configurationProfile: "ghi9012",
				region: "eu-west-1",
			},
		],
		[
			"arn:aws-us-gov:appconfig:us-gov-west-1:123456789012:application/abc1234/configurationprofile/ghi9012",
			{
				application: "abc1234",
				configurationProfile: "ghi9012",
				region: "us-gov-west-1",
			},
		],
		[
			"https://eu-west-1.console.aws.amazon.com/systems-manager/appconfig/applications/abc1234/environments/def5678?region=eu-west-1",
			{ application: "abc1234", environment: "def5678", region: "eu-west-1" },
		],
		[
			"https://us-east-2.console.aws.amazon.com/systems-manager/appconfig/applications/abc1234/configurationprofiles/ghi9012",
			{
				application: "abc1234",
				configurationProfile: "ghi9012",
				region: "us-east-2",
			},
		],
		[
			"http://localhost:2772/applications/my%20shop/environments/dev/configurations/flags?flag=a",
			{
				application: "my shop",
				environment: "dev",
				configurationProfile: "flags",
			},
		],
		[
			`aws appconfigdata start-configuration-session \\
  --application-identifier "my shop" --environment-identifier='dev' \\
  --configuration-profile-identifier flags --region eu-west-1 \\
  --required-minimum-poll-interval-in-seconds 30 --endpoint-url http://127.0.0.1:4772`,
			{
				application: "my shop",
				environment: "dev",
				configurationProfile: "flags",
				region: "eu-west-1",
				minimumPollIntervalSeconds: "30",
				endpoint: "http://127.0.0.1:4772",
			},
		],
	])("%s fills the form", (text, fields) => {
		expect(parseResource(`  ${text}\n`)).toEqual(fields);
	});

	it.each([
		"my-application",
		"abc1234",
		"arn:aws:s3:::bucket/application/x",
		"https://example.com/",
		"aws appconfigdata start-configuration-session",
		"",
	])("%j is none, and is left as it was typed", (text) => {
		expect(parseResource(text)).toBeUndefined();
	});

	it("can be any text at all", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary", maxLength: 200 }), (noise) => {
				for (const prefix of [
					"",
					"arn:aws:appconfig:eu-west-1:1:",
					"https://a/applications/",
				])
					expect(() => parseResource(prefix + noise)).not.toThrow();
			}),
		);
	});
});
