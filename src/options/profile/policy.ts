// The least that AWS has to allow for one profile, as an IAM policy to copy.
import {
	type ConfigurationRef,
	pollPolicy,
	toIdsOrWildcards,
} from "../../core/profile/iam-policy.ts";
import type { Resource } from "../../core/protocol/control-plane.ts";
import type { ResourceLookup } from "./use-resources.ts";

export interface Policy {
	readonly text: string;
	/** What stands as `*`: policies name resources by id, and a profile may hold names. */
	readonly open: readonly string[];
}

/** `lists`: what names stand for, once they were looked up; `account`: 12 digits, where they are known. */
export function toPolicy(
	place: ConfigurationRef,
	lists: ResourceLookup["lists"],
	account = "*",
): Policy {
	const { application, environment, configurationProfile } = place;
	const guessed = toIdsOrWildcards(place);
	const ids: ConfigurationRef = {
		region: place.region || "*",
		application: idOf(lists.applications, application) ?? guessed.application,
		environment: idOf(lists.environments, environment) ?? guessed.environment,
		configurationProfile:
			idOf(lists.configurationprofiles, configurationProfile) ??
			guessed.configurationProfile,
	};
	const parts = {
		account,
		Region: ids.region,
		application: ids.application,
		environment: ids.environment,
		"configuration profile": ids.configurationProfile,
	};
	return {
		text: pollPolicy(ids, account),
		open: Object.entries(parts).flatMap(([name, id]) =>
			id === "*" ? [name] : [],
		),
	};
}

function idOf(
	resources: readonly Resource[] | undefined,
	typed: string,
): string | undefined {
	const is = (key: "id" | "name") =>
		resources?.find((each) => each[key] === typed)?.id;
	return is("id") ?? is("name");
}
