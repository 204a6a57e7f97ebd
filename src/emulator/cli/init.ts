import { existsSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { makeDirectory } from "../shared/file-system.ts";
import { cliFile, commandName, shellQuote } from "./command-name.ts";
import {
	type CliOptions,
	DEFAULT_DIRECTORY,
	DEFAULT_PORT,
	toErrorMessage,
	UsageError,
} from "./options.ts";

const SAMPLE_FILES: Readonly<Record<string, string>> = {
	"shop/development/settings.json": `${JSON.stringify(
		{ greeting: "Good morning 👋", checkout: { timeoutSeconds: 30 } },
		null,
		2,
	)}\n`,
	"shop/development/settings.json.label": "first-steps\n",
	"shop/development/flags.json": `${JSON.stringify(
		{
			version: "1",
			flags: {
				checkout: { name: "New checkout", attributes: { discount: {} } },
			},
			values: {
				checkout: {
					_variants: [
						{
							name: "UK",
							enabled: true,
							rule: '(eq $country "uk")',
							attributeValues: { discount: 10 },
						},
						{ name: "default", enabled: false },
					],
				},
			},
		},
		null,
		2,
	)}\n`,
	"appconfig.json": `${JSON.stringify(
		{
			strategies: {
				careful: { durationMinutes: 2, growthFactor: 50, bakeMinutes: 1 },
			},
			applications: {
				shop: {
					profiles: {
						flags: { type: "AWS.AppConfig.FeatureFlags", format: "authoring" },
						settings: {
							validators: [{ type: "object", required: ["greeting"] }],
						},
					},
				},
			},
		},
		null,
		2,
	)}\n`,
};

/** Writes a sample directory and prints how to point clients at the emulator. Throws UsageError. */
export function init(options: CliOptions): void {
	const [directory = DEFAULT_DIRECTORY] = options.positionals;
	const existing = Object.keys(SAMPLE_FILES).find((file) =>
		existsSync(join(directory, file)),
	);
	if (existing !== undefined)
		throw new UsageError(
			`${join(directory, existing)} already exists. Name another directory, or remove the file.`,
		);
	try {
		writeSample(directory);
	} catch (cause) {
		throw new UsageError(
			`Cannot write ${directory}: ${toErrorMessage(cause)}`,
			{
				cause,
			},
		);
	}
	process.stdout.write(toClientSetup(directory, options.port ?? DEFAULT_PORT));
}

function writeSample(directory: string): void {
	for (const [file, content] of Object.entries(SAMPLE_FILES)) {
		const path = join(directory, file);
		makeDirectory(dirname(path));
		writeFileSync(path, content);
	}
}

export function toClientSetup(directory: string, port: number): string {
	const command = commandName();
	const { root, program } = toContainerPaths(cliFile());
	const url = `http://127.0.0.1:${port}`;
	const mounted = isAbsolute(directory) ? directory : `./${directory}`;
	return `Wrote ${directory}. Start it:

  ${command} ${shellQuote(directory)} --port ${port}

All SDKs and the AWS CLI, by environment variables
  export AWS_ENDPOINT_URL_APPCONFIGDATA=${url}
  export AWS_ENDPOINT_URL_APPCONFIG=${url}
  export AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1
  export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test

JavaScript
  new AppConfigDataClient({ endpoint: "${url}", region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" } })

Python
  boto3.client("appconfigdata", endpoint_url="${url}", region_name="eu-west-1",
    aws_access_key_id="test", aws_secret_access_key="test")

Java
  AppConfigDataClient.builder().endpointOverride(URI.create("${url}"))
    .region(Region.EU_WEST_1).credentialsProvider(StaticCredentialsProvider.create(
      AwsBasicCredentials.create("test", "test"))).build()

Go
  appconfigdata.NewFromConfig(cfg, func(o *appconfigdata.Options) {
    o.BaseEndpoint = aws.String("${url}") })

AWS CLI
  aws appconfigdata start-configuration-session --endpoint-url ${url} \\
    --application-identifier shop --environment-identifier development \\
    --configuration-profile-identifier settings

AppConfig Agent (or call the emulator in its place: it has the same paths)
  AWS_ENDPOINT_URL_APPCONFIGDATA=${url} ./agent
  curl ${url}/applications/shop/environments/development/configurations/flags -H 'Context: country=uk'

Docker Compose
  services:
    appconfig:
      image: node:22
      command: node ${program} /config --host 0.0.0.0 --port ${port} --allow-host appconfig
      volumes: [${JSON.stringify(`${mounted}:/config:ro`)}, ${JSON.stringify(`${root}:${CONTAINER_DIRECTORY}:ro`)}]
    app:
      environment:
        AWS_ENDPOINT_URL_APPCONFIGDATA: http://appconfig:${port}
`;
}

const CONTAINER_DIRECTORY = "/appconfig-emulator";

/** `root`: the package of the program, with its dependencies. `program`: its path when `root` is mounted in a container. */
function toContainerPaths(file: string): { root: string; program: string } {
	let root = dirname(file);
	while (!existsSync(join(root, "package.json")) && dirname(root) !== root)
		root = dirname(root);
	const path = relative(root, file).split(sep).join("/");
	return { root, program: `${CONTAINER_DIRECTORY}/${path}` };
}
