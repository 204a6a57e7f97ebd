import { stringLiteral as q } from "./shell-escape.ts";
import type { SnippetInput } from "./snippet-input.ts";

/** This SDK always signs; an endpoint that needs no signature ignores it. */
const UNSIGNED = '{ accessKeyId: "none", secretAccessKey: "none" }';

/** The two calls with the AWS SDK for JavaScript v3. https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/appconfigdata/ */
export function toJavaScript(call: SnippetInput): string {
	const { region, endpoint, intervalSeconds, isSigned } = call;
	return `import {
  AppConfigDataClient,
  GetLatestConfigurationCommand,
  StartConfigurationSessionCommand,
} from "@aws-sdk/client-appconfigdata";

const client = new AppConfigDataClient({
  region: ${q(region)},${option("endpoint", endpoint && q(endpoint))}${option(
		"credentials",
		isSigned ? undefined : UNSIGNED,
	)}
});
const { InitialConfigurationToken } = await client.send(
  new StartConfigurationSessionCommand({
    ApplicationIdentifier: ${q(call.application)},
    EnvironmentIdentifier: ${q(call.environment)},
    ConfigurationProfileIdentifier: ${q(call.configurationProfile)},${option(
			"  RequiredMinimumPollIntervalInSeconds",
			intervalSeconds && String(intervalSeconds),
		)}
  }),
);
const { Configuration } = await client.send(
  new GetLatestConfigurationCommand({
    ConfigurationToken: InitialConfigurationToken,
  }),
);
console.log(new TextDecoder().decode(Configuration));
`;
}

function option(name: string, value: string | 0 | undefined): string {
	return value ? `\n  ${name}: ${value},` : "";
}

/** The two calls with the AWS SDK for Python, boto3. https://docs.aws.amazon.com/boto3/latest/reference/services/appconfigdata.html */
export function toPython(call: SnippetInput): string {
	const { region, endpoint, intervalSeconds, isSigned } = call;
	return `${[
		"import boto3",
		...(isSigned
			? []
			: [
					"from botocore import UNSIGNED",
					"from botocore.config import Config",
				]),
		"",
		"client = boto3.client(",
		'    "appconfigdata",',
		`    region_name=${q(region)},`,
		...(endpoint ? [`    endpoint_url=${q(endpoint)},`] : []),
		...(isSigned ? [] : ["    config=Config(signature_version=UNSIGNED),"]),
		")",
		"session = client.start_configuration_session(",
		`    ApplicationIdentifier=${q(call.application)},`,
		`    EnvironmentIdentifier=${q(call.environment)},`,
		`    ConfigurationProfileIdentifier=${q(call.configurationProfile)},`,
		...(intervalSeconds
			? [`    RequiredMinimumPollIntervalInSeconds=${intervalSeconds},`]
			: []),
		")",
		"latest = client.get_latest_configuration(",
		'    ConfigurationToken=session["InitialConfigurationToken"],',
		")",
		'print(latest["Configuration"].read().decode())',
	].join("\n")}\n`;
}

/** The two calls with the AWS SDK for Java 2.x. https://sdk.amazonaws.com/java/api/latest/software/amazon/awssdk/services/appconfigdata/AppConfigDataClient.html */
export function toJava(call: SnippetInput): string {
	const { region, endpoint, intervalSeconds, isSigned } = call;
	const imports = [
		...(endpoint ? ["java.net.URI"] : []),
		...(isSigned
			? []
			: [
					"software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider",
				]),
		"software.amazon.awssdk.regions.Region",
		"software.amazon.awssdk.services.appconfigdata.AppConfigDataClient",
	];
	return `${[
		...imports.map((name) => `import ${name};`),
		"",
		"class ReadConfiguration {",
		"  public static void main(String[] args) {",
		"    try (var client = AppConfigDataClient.builder()",
		`        .region(Region.of(${q(region)}))`,
		...(endpoint
			? [`        .endpointOverride(URI.create(${q(endpoint)}))`]
			: []),
		...(isSigned
			? []
			: [
					"        .credentialsProvider(AnonymousCredentialsProvider.create())",
				]),
		"        .build()) {",
		"      var session = client.startConfigurationSession(request -> request",
		`          .applicationIdentifier(${q(call.application)})`,
		`          .environmentIdentifier(${q(call.environment)})`,
		...(intervalSeconds
			? [`          .requiredMinimumPollIntervalInSeconds(${intervalSeconds})`]
			: []),
		`          .configurationProfileIdentifier(${q(call.configurationProfile)}));`,
		"      var latest = client.getLatestConfiguration(request -> request",
		"          .configurationToken(session.initialConfigurationToken()));",
		"      System.out.println(latest.configuration().asUtf8String());",
		"    }",
		"  }",
		"}",
	].join("\n")}\n`;
}

const GO_SDK = "github.com/aws/aws-sdk-go-v2";

/** The two calls with the AWS SDK for Go v2. https://pkg.go.dev/github.com/aws/aws-sdk-go-v2/service/appconfigdata */
export function toGo(call: SnippetInput): string {
	const { region, intervalSeconds } = call;
	return `${[
		"package main",
		"",
		"import (",
		'\t"context"',
		'\t"fmt"',
		'\t"log"',
		"",
		`\t"${GO_SDK}/aws"`,
		`\t"${GO_SDK}/config"`,
		`\t"${GO_SDK}/service/appconfigdata"`,
		")",
		"",
		"func main() {",
		"\tctx := context.Background()",
		`\tcfg, err := config.LoadDefaultConfig(ctx, config.WithRegion(${q(region)}))`,
		...GO_ERROR_CHECK,
		...goClientLines(call),
		"\tsession, err := client.StartConfigurationSession(ctx, &appconfigdata.StartConfigurationSessionInput{",
		`\t\tApplicationIdentifier: aws.String(${q(call.application)}),`,
		`\t\tEnvironmentIdentifier: aws.String(${q(call.environment)}),`,
		`\t\tConfigurationProfileIdentifier: aws.String(${q(call.configurationProfile)}),`,
		...(intervalSeconds
			? [
					`\t\tRequiredMinimumPollIntervalInSeconds: aws.Int32(${intervalSeconds}),`,
				]
			: []),
		"\t})",
		...GO_ERROR_CHECK,
		"\tlatest, err := client.GetLatestConfiguration(ctx, &appconfigdata.GetLatestConfigurationInput{",
		"\t\tConfigurationToken: session.InitialConfigurationToken,",
		"\t})",
		...GO_ERROR_CHECK,
		"\tfmt.Println(string(latest.Configuration))",
		"}",
	].join("\n")}\n`;
}

const GO_ERROR_CHECK = ["\tif err != nil {", "\t\tlog.Fatal(err)", "\t}"];

function goClientLines({ endpoint, isSigned }: SnippetInput): string[] {
	const options = [
		...(endpoint ? [`\t\to.BaseEndpoint = aws.String(${q(endpoint)})`] : []),
		...(isSigned ? [] : ["\t\to.Credentials = aws.AnonymousCredentials{}"]),
	];
	if (options.length === 0)
		return ["\tclient := appconfigdata.NewFromConfig(cfg)"];
	return [
		"\tclient := appconfigdata.NewFromConfig(cfg, func(o *appconfigdata.Options) {",
		...options,
		"\t})",
	];
}
