// The two calls with the AWS SDK for Go v2.
// https://pkg.go.dev/github.com/aws/aws-sdk-go-v2/service/appconfigdata

import { stringLiteral as q } from "./shell-escape.ts";
import type { SnippetInput } from "./snippet.ts";

const SDK = "github.com/aws/aws-sdk-go-v2";

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
		`\t"${SDK}/aws"`,
		`\t"${SDK}/config"`,
		`\t"${SDK}/service/appconfigdata"`,
		")",
		"",
		"func main() {",
		"\tctx := context.Background()",
		`\tcfg, err := config.LoadDefaultConfig(ctx, config.WithRegion(${q(region)}))`,
		...ERROR_CHECK,
		...clientLines(call),
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
		...ERROR_CHECK,
		"\tlatest, err := client.GetLatestConfiguration(ctx, &appconfigdata.GetLatestConfigurationInput{",
		"\t\tConfigurationToken: session.InitialConfigurationToken,",
		"\t})",
		...ERROR_CHECK,
		"\tfmt.Println(string(latest.Configuration))",
		"}",
	].join("\n")}\n`;
}

const ERROR_CHECK = ["\tif err != nil {", "\t\tlog.Fatal(err)", "\t}"];

function clientLines({ endpoint, isSigned }: SnippetInput): string[] {
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
