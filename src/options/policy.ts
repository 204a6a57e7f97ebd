// The least that AWS has to allow for one profile, as an IAM policy to copy.
import { configurationArn, type Place, POLL_ACTIONS } from "../core/arn.ts";

export interface Policy {
	readonly text: string;
	/** What is left to fill in: policies name resources by id, and a profile may hold names. */
	readonly blanks: readonly string[];
}

const BLANKS = {
	application: "APPLICATION_ID",
	environment: "ENVIRONMENT_ID",
	configurationProfile: "CONFIGURATION_PROFILE_ID",
} as const;

/** `account`: 12 digits, where they are known. */
export function toPolicy(place: Place, account?: string): Policy {
	const blanks: string[] = account ? [] : ["ACCOUNT_ID"];
	const region = place.region || "REGION";
	if (!place.region) blanks.push(region);
	const arn = configurationArn(
		{ ...place, region },
		account ?? "ACCOUNT_ID",
		(field) => {
			blanks.push(BLANKS[field]);
			return BLANKS[field];
		},
	);
	const policy = {
		Version: "2012-10-17",
		Statement: [{ Effect: "Allow", Action: POLL_ACTIONS, Resource: arn }],
	};
	return { text: JSON.stringify(policy, null, 2), blanks };
}
