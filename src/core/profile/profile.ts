// What the user saved: which configuration to ask for, where, and how often; and the form it is typed into.

import type { ConnectionId } from "../connection/connection.ts";
import { isRegion, parseEndpoint } from "../connection/endpoint.ts";
import {
	MAX_INTERVAL_SECONDS,
	MIN_INTERVAL_SECONDS,
} from "../session/schedule.ts";
import type { ProfileId } from "../shared/profile-id.ts";
import { err, ok, type Result } from "../shared/result.ts";

export type { ProfileId };

export interface Profile {
	readonly id: ProfileId;
	readonly name: string;
	/** Id or name, 1–128 characters, like the two below. */
	readonly application: string;
	readonly environment: string;
	readonly configurationProfile: string;
	/** Signing region; a custom endpoint has one too. */
	readonly region: string;
	/** A custom endpoint's normalised URL; absent for AWS's own. */
	readonly endpoint?: string;
	/** 15–86400; absent lets the service choose (60). */
	readonly minimumPollIntervalSeconds?: number;
	/** How calls get in; absent: by the endpoint above or keys of its own. */
	readonly connection?: ConnectionId;
	/** For the Agent: `key=value` pairs that a multi-variant flag's rules look at. */
	readonly context?: readonly string[];
	/** For the Agent: the flags to fetch; absent: all. */
	readonly flags?: readonly string[];
}

/** What stands in the form's fields, as typed. */
export interface ProfileForm {
	readonly name: string;
	readonly application: string;
	readonly environment: string;
	readonly configurationProfile: string;
	readonly region: string;
	readonly endpoint: string;
	readonly minimumPollIntervalSeconds: string;
	/** A connection's id; empty: none. */
	readonly connection: string;
	/** One pair a line. */
	readonly context: string;
	/** Keys with commas or spaces between them. */
	readonly flags: string;
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
	readonly sessionToken: string;
	/** When the keys end, as digits; where a pasted text told it. */
	readonly expiresAt: string;
}

/** One sentence per field that cannot be saved as it is. */
export type FieldErrors = { readonly [K in keyof ProfileForm]?: string };

/** Limits: https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_appconfigdata_StartConfigurationSession.html */
const IDENTIFIER_MAX = 128;
/** A pair becomes a header's value. */
const PAIR = /^[\w.-]{1,128}=[\x20-\x2b\x2d-\x7e]{1,1024}$/;
const FLAG = /^[a-zA-Z][\w-]{0,63}$/;

export const EMPTY_PROFILE_FORM: ProfileForm = {
	name: "",
	application: "",
	environment: "",
	configurationProfile: "",
	region: "",
	endpoint: "",
	minimumPollIntervalSeconds: "",
	connection: "",
	context: "",
	flags: "",
	accessKeyId: "",
	secretAccessKey: "",
	sessionToken: "",
	expiresAt: "",
};

/** A saved profile as a form; secrets are never part of it. */
export function toProfileForm(profile: Profile): ProfileForm {
	return {
		...EMPTY_PROFILE_FORM,
		name: profile.name,
		application: profile.application,
		environment: profile.environment,
		configurationProfile: profile.configurationProfile,
		region: profile.region,
		endpoint: profile.endpoint ?? "",
		minimumPollIntervalSeconds:
			profile.minimumPollIntervalSeconds?.toString() ?? "",
		connection: profile.connection ?? "",
		context: profile.context?.join("\n") ?? "",
		flags: profile.flags?.join(", ") ?? "",
	};
}

export function parseProfile(
	form: ProfileForm,
	id: ProfileId,
): Result<Profile, FieldErrors> {
	const endpoint = form.endpoint.trim() ? parseEndpoint(form.endpoint) : null;
	const interval = parseInterval(form.minimumPollIntervalSeconds.trim());
	const region =
		form.region.trim() || (endpoint || form.connection ? "us-east-1" : "");
	const context = lines(form.context, "\n");
	const flags = lines(form.flags, /[\s,]+/);
	const errors = compact({
		name: nameError(form.name.trim()),
		application: identifierError(form.application.trim()),
		environment: identifierError(form.environment.trim()),
		configurationProfile: identifierError(form.configurationProfile.trim()),
		region: isRegion(region)
			? undefined
			: "Write an AWS Region like eu-west-1, or give an endpoint.",
		endpoint: endpoint === null || endpoint.ok ? undefined : endpoint.error,
		minimumPollIntervalSeconds: interval.ok ? undefined : interval.error,
		context: contextError(context),
		flags: flags.every((flag) => FLAG.test(flag))
			? undefined
			: "A flag's key begins with a letter and has letters, digits, - and _ only.",
	});
	if (Object.keys(errors).length > 0 || !interval.ok) return err(errors);
	return ok({
		id,
		name: form.name.trim() || form.configurationProfile.trim(),
		application: form.application.trim(),
		environment: form.environment.trim(),
		configurationProfile: form.configurationProfile.trim(),
		region,
		...(endpoint?.ok ? { endpoint: endpoint.value.url } : {}),
		...(interval.value === undefined
			? {}
			: { minimumPollIntervalSeconds: interval.value }),
		...(form.connection ? { connection: form.connection as ConnectionId } : {}),
		...(context.length > 0 ? { context } : {}),
		...(flags.length > 0 ? { flags } : {}),
	});
}

/** What a profile asks of whom, to compare: where it differs, the session of one is of no use to the other. */
export function sessionKeyOf(profile: Profile): string {
	const { application, environment, configurationProfile } = profile;
	const { region, endpoint, minimumPollIntervalSeconds } = profile;
	const { connection, context, flags } = profile;
	return JSON.stringify([
		[application, environment, configurationProfile],
		[region, endpoint, minimumPollIntervalSeconds],
		...(connection ? [[connection, context, flags]] : []),
	]);
}

function lines(text: string, separator: string | RegExp): readonly string[] {
	return text
		.split(separator)
		.map((line) => line.trim())
		.filter(Boolean);
}

function contextError(pairs: readonly string[]): string | undefined {
	const bad = pairs.find((pair) => !PAIR.test(pair));
	if (bad === undefined) return undefined;
	return `Write one key=value pair a line, like country=US; “${bad.slice(0, 40)}” is none.`;
}

function nameError(text: string): string | undefined {
	return text.length > 100 ? "Use at most 100 characters." : undefined;
}

function identifierError(text: string): string | undefined {
	if (text.length === 0) return "Required: the id or the name.";
	if (text.length > IDENTIFIER_MAX)
		return `Use at most ${IDENTIFIER_MAX} characters (this has ${text.length}).`;
	return undefined;
}

function parseInterval(text: string): Result<number | undefined, string> {
	if (text === "") return ok(undefined);
	const seconds = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
	if (seconds >= MIN_INTERVAL_SECONDS && seconds <= MAX_INTERVAL_SECONDS)
		return ok(seconds);
	return err(
		`Leave it empty, or write whole seconds from ${MIN_INTERVAL_SECONDS} to ${MAX_INTERVAL_SECONDS}.`,
	);
}

function compact(
	errors: Record<string, string | undefined>,
): Record<string, string> {
	return Object.fromEntries(
		Object.entries(errors).filter(
			(entry): entry is [string, string] => entry[1] !== undefined,
		),
	);
}
