// Whether a content may be deployed: flags must be a flag document, and every validator must agree.
import { FlagsError, parseFlags } from "../flags/authoring.ts";
import type { ProfileRecord } from "../registry/records.ts";
import { invalidConfiguration } from "./errors.ts";
import { InvalidContentError, requireValid } from "./validators.ts";

/** Throws RefusalError. */
export function requireDeployable(
	profile: ProfileRecord,
	content: Uint8Array,
): void {
	requireFlags(profile, content);
	try {
		for (const { Content } of profile.Validators ?? [])
			requireValid(Content, content);
	} catch (error) {
		if (!(error instanceof InvalidContentError)) throw error;
		throw invalidConfiguration(
			`The configuration ${error.message}`,
			error.details,
		);
	}
}

/** Throws RefusalError that names the path of every mistake in a flag document. */
export function requireFlags(
	profile: ProfileRecord,
	content: Uint8Array,
): void {
	if (profile.Type !== "AWS.AppConfig.FeatureFlags") return;
	try {
		parseFlags(content);
	} catch (error) {
		if (!(error instanceof FlagsError)) throw error;
		throw invalidConfiguration(
			`The configuration ${error.message}`,
			error.mistakes.map(({ location, reason }) => ({
				Location: location,
				Reason: reason,
				Type: "FEATURE_FLAGS",
			})),
		);
	}
}
