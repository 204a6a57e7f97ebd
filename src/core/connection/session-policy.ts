// The policy of a role's session: it can read the configurations of the connection's profiles, and nothing else.
import {
	configurationArn,
	POLL_ACTIONS,
	toIdsOrWildcards,
} from "../profile/arn.ts";
import type { Profile } from "../profile/profile.ts";
import type { AssumedRole } from "./connection.ts";

/** Characters; STS refuses longer ones: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const MAX_LENGTH = 2_048;

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
	const policy = toJson([...resources].sort());
	if (resources.size > 0 && policy.length <= MAX_LENGTH) return policy;
	return toJson([
		`arn:${partition}:appconfig:*:${account}:application/*/environment/*/configuration/*`,
	]);
}

function toJson(resources: readonly string[]): string {
	return JSON.stringify({
		Version: "2012-10-17",
		Statement: [{ Effect: "Allow", Action: POLL_ACTIONS, Resource: resources }],
	});
}
