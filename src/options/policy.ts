// The least that AWS has to allow for one profile, as an IAM policy to copy.

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsappconfig.html */
const ACTIONS = [
	"appconfig:StartConfigurationSession",
	"appconfig:GetLatestConfiguration",
];

const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
	["cn-", "aws-cn"],
	["us-gov-", "aws-us-gov"],
	["eusc-", "aws-eusc"],
	["us-isob-", "aws-iso-b"],
	["us-isof-", "aws-iso-f"],
	["eu-isoe-", "aws-iso-e"],
	["us-iso-", "aws-iso"],
	["", "aws"],
];

export interface PolicyTarget {
	readonly region: string;
	readonly application: string;
	readonly environment: string;
	readonly configurationProfile: string;
}

export interface Policy {
	readonly text: string;
	/** What is left to fill in: policies name resources by id, and a profile may hold names. */
	readonly blanks: readonly string[];
}

export function toPolicy(target: PolicyTarget): Policy {
	const blanks: string[] = ["ACCOUNT_ID"];
	const id = (identifier: string, blank: string) => {
		if (isId(identifier)) return identifier;
		blanks.push(blank);
		return blank;
	};
	const region = target.region || "REGION";
	if (!target.region) blanks.push(region);
	const path = [
		`application/${id(target.application, "APPLICATION_ID")}`,
		`environment/${id(target.environment, "ENVIRONMENT_ID")}`,
		`configuration/${id(target.configurationProfile, "CONFIGURATION_PROFILE_ID")}`,
	].join("/");
	const arn = `arn:${partitionOf(region)}:appconfig:${region}:ACCOUNT_ID:${path}`;
	const policy = {
		Version: "2012-10-17",
		Statement: [{ Effect: "Allow", Action: ACTIONS, Resource: arn }],
	};
	return { text: JSON.stringify(policy, null, 2), blanks };
}

// The service makes ids of 7; its model allows 4 to 7.
function isId(identifier: string): boolean {
	return /^[a-z0-9]{4,7}$/.test(identifier) && /\d/.test(identifier);
}

function partitionOf(region: string): string {
	return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
}
