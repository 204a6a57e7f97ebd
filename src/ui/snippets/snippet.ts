import type { Profile } from "../../core/profile/profile.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";
import { toAwsCli, toCurl } from "./command-line.ts";
import { toGo, toJava, toJavaScript, toPython } from "./sdk.ts";
import { isPasteSafe } from "./shell-escape.ts";
import type { CallEndpoint, SnippetInput } from "./snippet-input.ts";

export type SnippetFormat = keyof typeof WRITERS;

const WRITERS = {
	"AWS CLI": toAwsCli,
	"SDK for JavaScript": toJavaScript,
	"SDK for Python": toPython,
	"SDK for Java": toJava,
	"SDK for Go": toGo,
	"curl to the Agent": toCurl,
} as const satisfies Record<string, (call: SnippetInput) => string>;

export const SNIPPET_FORMATS = Object.keys(WRITERS) as readonly SnippetFormat[];

/** Code that reads the profile's configuration, without any secret in it. The error is a sentence for the user. */
export function writeSnippet(
	format: SnippetFormat,
	profile: Profile,
	endpoint: CallEndpoint,
): Result<string, string> {
	const { application, environment, configurationProfile } = profile;
	const names = { application, environment, configurationProfile };
	const unsafe = Object.entries(names).find(([, text]) => !isPasteSafe(text));
	if (unsafe)
		return err(
			`The ${FIELD_NAMES[unsafe[0]]} contains an invisible character, so the call could not be pasted safely.`,
		);
	return ok(
		WRITERS[format]({
			...names,
			region: profile.region,
			intervalSeconds: profile.minimumPollIntervalSeconds,
			context: profile.context ?? [],
			flags: profile.flags ?? [],
			...endpoint,
		}),
	);
}

const FIELD_NAMES: Readonly<Record<string, string>> = {
	application: "application",
	environment: "environment",
	configurationProfile: "configuration profile",
};
