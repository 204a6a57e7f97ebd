// The call that reads a profile's configuration, for those who want to make it themselves. Never with a key or a token in it.
import type { Profile } from "../../core/profile/profile.ts";
import { err, ok, type Result } from "../../core/result.ts";
import { toAwsCli } from "./aws-cli.ts";
import { toCurl } from "./curl.ts";
import type { Way } from "./endpoint-of.ts";
import { toGo } from "./go.ts";
import { toJava } from "./java.ts";
import { toJavaScript } from "./javascript.ts";
import { toPython } from "./python.ts";
import { isFit } from "./shell-escape.ts";

/** What a call says; all of it is fit to be quoted. */
export interface Call extends Way {
	readonly application: string;
	readonly environment: string;
	readonly configurationProfile: string;
	readonly region: string;
	readonly intervalSeconds: number | undefined;
	/** For the Agent: what rules look at, and the flags wanted. */
	readonly context: readonly string[];
	readonly flags: readonly string[];
}

export type CallForm = keyof typeof WRITERS;

const WRITERS = {
	"AWS CLI": toAwsCli,
	"SDK for JavaScript": toJavaScript,
	"SDK for Python": toPython,
	"SDK for Java": toJava,
	"SDK for Go": toGo,
	"curl to the Agent": toCurl,
} as const satisfies Record<string, (call: Call) => string>;

export const CALL_FORMS = Object.keys(WRITERS) as readonly CallForm[];

/** The error is a sentence for the user. */
export function writeCall(
	form: CallForm,
	profile: Profile,
	way: Way,
): Result<string, string> {
	const { application, environment, configurationProfile } = profile;
	const names = { application, environment, configurationProfile };
	const unfit = Object.entries(names).find(([, text]) => !isFit(text));
	if (unfit)
		return err(
			`The ${NOUNS[unfit[0]]} holds a character that cannot be seen, so no call is written that could be pasted safely.`,
		);
	return ok(
		WRITERS[form]({
			...names,
			region: profile.region,
			intervalSeconds: profile.minimumPollIntervalSeconds,
			context: profile.context ?? [],
			flags: profile.flags ?? [],
			...way,
		}),
	);
}

const NOUNS: Readonly<Record<string, string>> = {
	application: "application",
	environment: "environment",
	configurationProfile: "configuration profile",
};
