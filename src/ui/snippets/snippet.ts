// The call that reads a profile's configuration, for those who want to make it themselves. Never with a key or a token in it.
import type { Profile } from "../../core/profile/profile.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";
import { toAwsCli } from "./aws-cli.ts";
import { toCurl } from "./curl.ts";
import type { CallEndpoint } from "./endpoint-of.ts";
import { toGo } from "./go.ts";
import { toJava } from "./java.ts";
import { toJavaScript } from "./javascript.ts";
import { toPython } from "./python.ts";
import { isPasteSafe } from "./shell-escape.ts";

/** What a call says; all of it is fit to be quoted. */
export interface SnippetInput extends CallEndpoint {
	readonly application: string;
	readonly environment: string;
	readonly configurationProfile: string;
	readonly region: string;
	readonly intervalSeconds: number | undefined;
	/** For the Agent: what rules look at, and the flags wanted. */
	readonly context: readonly string[];
	readonly flags: readonly string[];
}

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

/** The error is a sentence for the user. */
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
			`The ${FIELD_NAMES[unsafe[0]]} holds a character that cannot be seen, so no call is written that could be pasted safely.`,
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
