// The two calls with the AWS SDK for Java 2.x.
// https://sdk.amazonaws.com/java/api/latest/software/amazon/awssdk/services/appconfigdata/AppConfigDataClient.html

import { stringLiteral as q } from "./shell-escape.ts";
import type { SnippetInput } from "./snippet.ts";

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
