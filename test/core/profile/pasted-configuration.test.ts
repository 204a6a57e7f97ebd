import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	type PastedConfiguration,
	parsePastedConfiguration,
} from "../../../src/core/profile/pasted-configuration.ts";

function parseResource(text: string) {
	const parsed = parsePastedConfiguration(text);
	return parsed?.ok ? parsed.value : undefined;
}

describe("a configuration pasted from another tool", () => {
	it.each<readonly [string, PastedConfiguration]>([
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
		...[
			"arn:aws:appconfig:*:111122223333:application/abc1234/environment/def5678/configuration/ghi9012",
			"arn:aws:appconfig::111122223333:application/abc1234/environment/def5678/configuration/ghi9012",
			"arn:aws:appconfig:$" +
				"{AWS::Region}:$" +
				"{AWS::AccountId}:application/abc1234/environment/def5678/configuration/ghi9012",
			'"Resource": ["arn:aws:appconfig:*:*:application/abc1234/environment/def5678/configuration/ghi9012"]',
			'curl "http://localhost:2772/applications/abc1234/environments/def5678/configurations/ghi9012"',
			"curl -s http://127.0.0.1:2772/applications/abc1234/environments/def5678/configurations/ghi9012?flag=a | jq .",
			"Invoke-RestMethod 'http://localhost:2772/applications/abc1234/environments/def5678/configurations/ghi9012'",
			"aws appconfig get-configuration --application abc1234 --environment def5678 --configuration ghi9012 --client-id me out.json",
			"aws appconfigdata start-configuration-session --application-identifier abc1234 --environment-identifier def5678 --configuration-profile-identifier ghi9012 --region $REGION --endpoint-url --profile",
		].map(
			(text) =>
				[
					text,
					{
						application: "abc1234",
						environment: "def5678",
						configurationProfile: "ghi9012",
					},
				] as const,
		),
		...[
			'"arn:aws:appconfig:eu-west-1:111122223333:application/abc1234/environment/def5678/configuration/ghi9012",',
			"<arn:aws:appconfig:eu-west-1:111122223333:application/abc1234/environment/def5678/configuration/ghi9012>",
			"Resource: arn:aws:appconfig:eu-west-1:111122223333:application/abc1234/environment/def5678/configuration/ghi9012;",
			"https://appconfig.eu-west-1.amazonaws.com/applications/abc1234/environments/def5678/configurations/ghi9012?client_id=me",
			"AWS_REGION=eu-west-1 aws appconfigdata start-configuration-session --application-identifier=abc1234 --environment-identifier=def5678 --configuration-profile-identifier=ghi9012",
			"aws --region eu-west-1 appconfigdata start-configuration-session ^\r\n --application-identifier abc1234 ^\r\n --environment-identifier def5678 ^\r\n --configuration-profile-identifier ghi9012",
			"TOKEN=$(aws appconfigdata start-configuration-session --application-identifier abc1234 --environment-identifier 'def5678' --configuration-profile-identifier \"ghi9012\" --region eu-west-1 --output text)",
			"Start-APPCDConfigurationSession -ApplicationIdentifier abc1234 `\n -EnvironmentIdentifier def5678 `\n -ConfigurationProfileIdentifier ghi9012 -Region eu-west-1",
		].map(
			(text) =>
				[
					text,
					{
						application: "abc1234",
						environment: "def5678",
						configurationProfile: "ghi9012",
						region: "eu-west-1",
					},
				] as const,
		),
		[
			"arn:aws:appconfig:eu-west-1:111122223333:application/abc1234/environment/*/configuration/*",
			{ application: "abc1234", region: "eu-west-1" },
		],
		[
			"arn:aws-cn:appconfig:cn-north-1:111122223333:application/abc1234/environment/def5678/deployment/3",
			{ application: "abc1234", environment: "def5678", region: "cn-north-1" },
		],
		[
			"arn:aws:appconfig:eu-west-1:1:application/a1 arn:aws:appconfig:eu-west-1:1:application/a1/environment/e1",
			{ application: "a1", environment: "e1", region: "eu-west-1" },
		],
		...[
			[
				"https://111122223333-k3jd9.us-east-1.console.aws.amazon.com/systems-manager/appconfig/applications/abc1234/environments/def5678",
				"us-east-1",
			],
			[
				"https://us-gov-west-1.console.amazonaws-us-gov.com/systems-manager/appconfig/applications/abc1234/environments/def5678",
				"us-gov-west-1",
			],
			[
				"https://cn-northwest-1.console.amazonaws.cn/systems-manager/appconfig/applications/abc1234/environments/def5678/?x=y",
				"cn-northwest-1",
			],
			[
				"https://111122223333-k3jd9.us-gov-east-1.console.amazonaws-us-gov.com/systems-manager/appconfig/applications/abc1234/environments/def5678",
				"us-gov-east-1",
			],
			[
				"https://console.aws.amazon.com/systems-manager/appconfig/applications/abc1234/environments/def5678?region=ap-southeast-2#",
				"ap-southeast-2",
			],
			[
				"See https://eu-central-1.console.aws.amazon.com/systems-manager/appconfig/applications/abc1234/environments/def5678.",
				"eu-central-1",
			],
			[
				"https://d-1234567890.awsapps.com/start/#/console?account_id=111122223333&role_name=Read&destination=https%3A%2F%2Feu-west-2.console.aws.amazon.com%2Fsystems-manager%2Fappconfig%2Fapplications%2Fabc1234%2Fenvironments%2Fdef5678",
				"eu-west-2",
			],
		].map(
			([text = "", region = ""]) =>
				[
					text,
					{ application: "abc1234", environment: "def5678", region },
				] as const,
		),
		[
			"aws appconfig get-hosted-configuration-version --application-id abc1234 --configuration-profile-id ghi9012 --version-number 1 out.json",
			{ application: "abc1234", configurationProfile: "ghi9012" },
		],
		[
			"awslocal --endpoint-url=http://localhost:4566 appconfig get-environment --application-id abc1234 --environment-id def5678",
			{
				application: "abc1234",
				environment: "def5678",
				endpoint: "http://localhost:4566",
			},
		],
		[
			"AWS_ENDPOINT_URL=http://localhost.localstack.cloud:4566 aws appconfigdata start-configuration-session --application-identifier a --environment-identifier e --configuration-profile-identifier c",
			{
				application: "a",
				environment: "e",
				configurationProfile: "c",
				endpoint: "http://localhost.localstack.cloud:4566",
			},
		],
		[
			"http://localhost:2772/applications/environments/environments/configurations/configurations/k%C3%A4se%2Ft",
			{
				application: "environments",
				environment: "configurations",
				configurationProfile: "käse/t",
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
		"aws appconfigdata start-configuration-session --region eu-west-1",
		"# aws appconfig get-environment --application-id abc1234",
		"arn:aws:appconfig:eu-west-1:111122223333:deploymentstrategy/abc1234",
		"arn:aws:appconfig:eu-west-1:111122223333:application/*",
		"https://example.com/applications/shop",
		"the appconfig application --application-id",
		"",
	])("%j is none, and is left as it was typed", (text) => {
		expect(parseResource(text)).toBeUndefined();
	});

	it.each([
		[
			"arn:aws:appconfig:eu-west-1:1:application/a1 arn:aws:appconfig:eu-west-1:1:application/a2",
			"two applications",
		],
		[
			"aws appconfig get-environment --application-id a --environment-id b --region eu-west-1\naws appconfig get-environment --application-id a --environment-id b --region eu-west-2",
			"two Regions",
		],
	])("%s names two, which is told", (text, words) => {
		expect(parsePastedConfiguration(text)).toMatchObject({
			ok: false,
			error: expect.stringContaining(words),
		});
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

it.each(["“$”", "„$“", "«$»", "‘$’,", "$\u200B"])(
	"an ARN in the quotes of a word processor ends before them: %s",
	(around) => {
		const arn =
			"arn:aws:appconfig:eu-west-1:111122223333:application/abc1234/environment/def5678/configuration/ghi9012";
		expect(parseResource(around.replace("$", arn))).toEqual({
			application: "abc1234",
			environment: "def5678",
			configurationProfile: "ghi9012",
			region: "eu-west-1",
		});
	},
);
