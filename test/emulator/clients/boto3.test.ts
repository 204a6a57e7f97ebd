import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { createHarness } from "../harness.ts";

const PYTHONS = ["python3", "/usr/bin/python3"];

interface Boto3 {
	readonly python: string;
	readonly version: string;
}

/** The Python interpreters with boto3. */
function findBoto3(): Boto3[] {
	const found = PYTHONS.flatMap((python): Boto3[] => {
		try {
			const script = "import boto3; print(boto3.__version__)";
			const options = { encoding: "utf8", stdio: "pipe" } as const;
			const version = execFileSync(python, ["-c", script], options).trim();
			return [{ python, version }];
		} catch {
			return [];
		}
	});
	return found.filter(
		({ version }, index) =>
			found.findIndex((one) => one.version === version) === index,
	);
}

const installed = findBoto3();

async function run({ python }: Boto3, endpoint: string, script: string) {
	const { stdout } = await promisify(execFile)(
		python,
		["-c", `${PREAMBLE}\n${script}`],
		{ env: { ...process.env, ENDPOINT: endpoint } },
	);
	return JSON.parse(stdout);
}

const PREAMBLE = `
import boto3, json, os
from botocore.exceptions import ClientError
options = dict(endpoint_url=os.environ["ENDPOINT"], region_name="eu-west-1",
    aws_access_key_id="test", aws_secret_access_key="test")
client = boto3.client("appconfig", **options)
data = boto3.client("appconfigdata", **options)
ARN = "arn:aws:appconfig:eu-west-1:123456789012:"
def tags(resource):
    return client.list_tags_for_resource(ResourceArn=ARN + resource)["Tags"]
def code(call, **arguments):
    try:
        call(**arguments)
        return "none"
    except ClientError as error:
        return error.response["Error"]["Code"]
`;

describe.skipIf(installed.length === 0)(
	installed.length === 0
		? "boto3 (skipped: python3 with boto3 is not installed; Debian has it as python3-boto3)"
		: "boto3",
	() => {
		test.each(installed)(
			"$version creates, lists and deletes every kind of resource with tags",
			async (boto3) => {
				const harness = createHarness();
				const { url } = await harness.emulator.listen({ port: 0 });
				const result = await run(
					boto3,
					url,
					`
application = client.create_application(Name="shop", Tags={"a": "b"})["Id"]
root = "application/" + application
environment = client.create_environment(ApplicationId=application, Name="test", Tags={"a": "c"})["Id"]
profile = client.create_configuration_profile(ApplicationId=application, Name="settings",
    LocationUri="hosted", Tags={"a": "d"})["Id"]
strategy = client.create_deployment_strategy(Name="fast", DeploymentDurationInMinutes=0,
    GrowthFactor=100, ReplicateTo="NONE", Tags={"a": "e"})["Id"]
version = client.create_hosted_configuration_version(ApplicationId=application,
    ConfigurationProfileId=profile, Content=b'{"v": 1}', ContentType="application/json")["VersionNumber"]
deployment = client.start_deployment(ApplicationId=application, EnvironmentId=environment,
    ConfigurationProfileId=profile, ConfigurationVersion=str(version), DeploymentStrategyId=strategy,
    Tags={"a": "f"})["DeploymentNumber"]
place = root + "/environment/" + environment
listed = [tags(one) for one in [root, place, root + "/configurationprofile/" + profile,
    "deploymentstrategy/" + strategy, place + "/deployment/" + str(deployment)]]
client.tag_resource(ResourceArn=ARN + root, Tags={"x y": "käse ☀"})
client.untag_resource(ResourceArn=ARN + root, TagKeys=["a"])
changed = tags(root)
token = data.start_configuration_session(ApplicationIdentifier="shop", EnvironmentIdentifier="test",
    ConfigurationProfileIdentifier="settings")["InitialConfigurationToken"]
content = data.get_latest_configuration(ConfigurationToken=token)["Configuration"].read().decode()
client.delete_environment(ApplicationId=application, EnvironmentId=environment)
client.delete_deployment_strategy(DeploymentStrategyId=strategy)
client.delete_hosted_configuration_version(ApplicationId=application, ConfigurationProfileId=profile,
    VersionNumber=version)
client.delete_configuration_profile(ApplicationId=application, ConfigurationProfileId=profile)
client.delete_application(ApplicationId=application)
print(json.dumps(dict(listed=listed, changed=changed, content=content,
    gone=code(client.list_tags_for_resource, ResourceArn=ARN + root))))
`,
				);
				expect(result).toEqual({
					listed: ["b", "c", "d", "e", "f"].map((a) => ({ a })),
					changed: { "x y": "käse ☀" },
					content: '{"v": 1}',
					gone: "ResourceNotFoundException",
				});
			},
		);

		test.each(installed)(
			"$version receives errors for missing operations and invalid flag documents",
			async (boto3) => {
				const harness = createHarness();
				const { url } = await harness.emulator.listen({ port: 0 });
				const result = await run(
					boto3,
					url,
					`
application = client.create_application(Name="shop")["Id"]
profile = client.create_configuration_profile(ApplicationId=application, Name="flags",
    LocationUri="hosted", Type="AWS.AppConfig.FeatureFlags")["Id"]
flags = dict(version="1", flags=dict(a=dict(name="A")),
    values=dict(a=dict(_variants=[dict(name="on", enabled=True, rule='(equals $a "b")')])))
details = []
try:
    client.create_hosted_configuration_version(ApplicationId=application, ConfigurationProfileId=profile,
        Content=json.dumps(flags).encode(), ContentType="application/json")
except client.exceptions.BadRequestException as error:
    details = [one["Location"] for one in error.response["Details"]["InvalidConfiguration"]]
print(json.dumps(dict(details=details, unknown=code(client.list_extensions),
    reserved=code(client.create_application, Name="b", Tags={"aws:a": "b"}))))
`,
				);
				expect(result).toEqual({
					details: ["/values/a/_variants", "/values/a/_variants/0/rule"],
					unknown: "UnknownOperationException",
					reserved: "BadRequestException",
				});
			},
		);
	},
);
