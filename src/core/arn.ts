// A configuration as IAM names it, and the two calls that read it.
import { partitionOf } from "./endpoint.ts";
import type { Profile } from "./profile.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsappconfig.html */
export const POLL_ACTIONS = [
	"appconfig:StartConfigurationSession",
	"appconfig:GetLatestConfiguration",
] as const;

export type Place = Pick<
	Profile,
	"region" | "application" | "environment" | "configurationProfile"
>;

/** `blank` says what stands in place of an identifier that is a name: an ARN holds ids only. */
export function configurationArn(
	place: Place,
	account: string,
	blank: (
		field: "application" | "environment" | "configurationProfile",
	) => string,
): string {
	const { region, application, environment, configurationProfile } = place;
	const path = [
		`application/${isId(application) ? application : blank("application")}`,
		`environment/${isId(environment) ? environment : blank("environment")}`,
		`configuration/${isId(configurationProfile) ? configurationProfile : blank("configurationProfile")}`,
	].join("/");
	return `arn:${partitionOf(region).name}:appconfig:${region}:${account}:${path}`;
}

// The service makes ids of 7; its model allows 4 to 7. A word of that length without a digit is more likely a name.
function isId(identifier: string): boolean {
	return /^[a-z0-9]{4,7}$/.test(identifier) && /\d/.test(identifier);
}
