// What to paste to point SDKs, the CLI, the Agent and Docker Compose at the emulator.
import { isAbsolute } from "node:path";

export function toPasteLines(directory: string, port: number): string {
	const url = `http://127.0.0.1:${port}`;
	const mounted = isAbsolute(directory) ? directory : `./${directory}`;
	return `Wrote ${directory}. Start it:

  appconfig-emulator ${quote(directory)} --port ${port}

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
      command: npx --yes appconfig-emulator /config --host 0.0.0.0 --port ${port} --allow-host appconfig
      volumes: [${JSON.stringify(`${mounted}:/config:ro`)}]
    app:
      environment:
        AWS_ENDPOINT_URL_APPCONFIGDATA: http://appconfig:${port}
`;
}

function quote(directory: string): string {
	return /[^\w./\\:~-]/.test(directory)
		? `'${directory.replaceAll("'", "'\\''")}'`
		: directory;
}
