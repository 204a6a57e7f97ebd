import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { cliFile, commandName, shellQuote } from "./command-name.ts";

export function toClientSetup(directory: string, port: number): string {
	const command = commandName();
	const { root, program } = toContainerPaths(cliFile());
	const url = `http://127.0.0.1:${port}`;
	const mounted = isAbsolute(directory) ? directory : `./${directory}`;
	return `Wrote ${directory}. Start it:

  ${command} ${shellQuote(directory)} --port ${port}

Any SDK and the CLI, by environment
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

AppConfig Agent (or call the emulator instead of it, on the same paths)
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

/** The package that the program belongs to, with what it depends on, and where the program is when that is mounted. */
function toContainerPaths(file: string): { root: string; program: string } {
	let root = dirname(file);
	while (!existsSync(join(root, "package.json")) && dirname(root) !== root)
		root = dirname(root);
	const path = relative(root, file).split(sep).join("/");
	return { root, program: `${CONTAINER_DIRECTORY}/${path}` };
}
