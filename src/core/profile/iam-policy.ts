import type { AssumedRole } from "../connection/connection.ts";
import { partitionOf } from "../connection/endpoint.ts";
import type { Profile } from "./profile.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsappconfig.html */
const POLL_ACTIONS = [
	"appconfig:StartConfigurationSession",
	"appconfig:GetLatestConfiguration",
] as const;

export type ConfigurationRef = Pick<
	Profile,
	"region" | "application" | "environment" | "configurationProfile"
>;

/** Each part an id, or `*` for any. */
function configurationArn(
	{ region, application, environment, configurationProfile }: ConfigurationRef,
	account: string,
): string {
	const path = `application/${application}/environment/${environment}/configuration/${configurationProfile}`;
	return `arn:${partitionOf(region).name}:appconfig:${region}:${account}:${path}`;
}

/** The least that IAM has to allow for polling it, as JSON. */
export function pollPolicy(ids: ConfigurationRef, account: string): string {
	const statement = {
		Effect: "Allow",
		Action: POLL_ACTIONS,
		Resource: configurationArn(ids, account),
	};
	return JSON.stringify(
		{ Version: "2012-10-17", Statement: [statement] },
		null,
		2,
	);
}

/** What IAM has to allow to see deployments and hosted versions. */
const DEPLOYMENT_ACTIONS = [
	"appconfig:ListDeployments",
	"appconfig:GetDeployment",
	"appconfig:ListHostedConfigurationVersions",
	"appconfig:GetHostedConfigurationVersion",
] as const;

/** As JSON; `account`: 12 digits or `*`. The calls name the application, and what is below it. */
export function deploymentsPolicy(
	{ region, application }: ConfigurationRef,
	account: string,
): string {
	const arn = `arn:${partitionOf(region).name}:appconfig:${region}:${account}:application/${application}`;
	const statement = {
		Effect: "Allow",
		Action: DEPLOYMENT_ACTIONS,
		Resource: application === "*" ? [arn] : [arn, `${arn}/*`],
	};
	return JSON.stringify(
		{ Version: "2012-10-17", Statement: [statement] },
		null,
		2,
	);
}

/** An ARN holds ids only: a name is any. */
export function toIdsOrWildcards(place: ConfigurationRef): ConfigurationRef {
	const { region, application, environment, configurationProfile } = place;
	return {
		region,
		application: toId(application),
		environment: toId(environment),
		configurationProfile: toId(configurationProfile),
	};
}

// The service makes ids of 7. A word of that length without a digit is more likely a name, and any is never wrong.
function toId(identifier: string): string {
	return /^(?=.*\d)[a-z0-9]{7}$/.test(identifier) ? identifier : "*";
}

/** In characters; STS refuses longer ones: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const MAX_SESSION_POLICY_LENGTH = 2_048;

/** The policy of a role's session: it can read the configurations of these profiles, and nothing else. */
export function toSessionPolicy(
	{ arn }: AssumedRole,
	profiles: readonly Profile[],
): string {
	const [, partition = "aws", , , account = "*"] = arn.split(":");
	const resources = new Set(
		profiles.map((profile) =>
			configurationArn(toIdsOrWildcards(profile), account),
		),
	);
	const policy = sessionPolicyJson([...resources].sort());
	if (resources.size > 0 && policy.length <= MAX_SESSION_POLICY_LENGTH)
		return policy;
	return sessionPolicyJson([
		`arn:${partition}:appconfig:*:${account}:application/*/environment/*/configuration/*`,
	]);
}

function sessionPolicyJson(resources: readonly string[]): string {
	return JSON.stringify({
		Version: "2012-10-17",
		Statement: [{ Effect: "Allow", Action: POLL_ACTIONS, Resource: resources }],
	});
}
