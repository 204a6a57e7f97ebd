import type { ConnectionId } from "../../core/connection/connection.ts";
import type { OwnKeys } from "../../core/connection/credentials.ts";
import { isRegion, parseEndpoint } from "../../core/connection/endpoint.ts";
import {
	CONTEXT_PAIR,
	FLAG_KEY,
	MAX_IDENTIFIER_LENGTH,
	MAX_NAME_LENGTH,
	type ProfileDraft,
} from "../../core/profile/profile.ts";
import {
	MAX_INTERVAL_SECONDS,
	MIN_INTERVAL_SECONDS,
} from "../../core/session/schedule.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";
import type { FieldText } from "./Field.tsx";
import {
	EMPTY_KEY_FIELDS,
	KEY_FIELDS,
	type KeyFields,
	parseKeyFields,
} from "./key-fields.ts";
import {
	collectErrors,
	type FieldErrors,
	type FormDefinition,
	type FormState,
} from "./use-form.ts";

/** The texts in the fields of a profile's form, as typed. */
export interface ProfileForm extends KeyFields {
	readonly name: string;
	readonly application: string;
	readonly environment: string;
	readonly configurationProfile: string;
	readonly region: string;
	readonly endpoint: string;
	readonly minimumPollIntervalSeconds: string;
	/** A connection's id; empty: none. */
	readonly connection: string;
	/** One pair per line. */
	readonly context: string;
	/** Keys with commas or spaces between them. */
	readonly flags: string;
}

/** The values of a valid form. */
export interface ProfileInput {
	readonly profile: ProfileDraft;
	/** Absent when the key fields are empty. */
	readonly keys?: OwnKeys;
}

export type ProfileFormState = FormState<ProfileForm, ProfileInput>;

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
	...EMPTY_KEY_FIELDS,
};

type Text = FieldText<keyof ProfileForm>;

export const NAME: Text = {
	field: "name",
	name: "Name",
	hint: "Display name. Defaults to the configuration profile's name.",
};

export const IDENTIFIERS: readonly FieldText<
	"application" | "environment" | "configurationProfile"
>[] = [
	{ field: "application", name: "Application" },
	{ field: "environment", name: "Environment" },
	{
		field: "configurationProfile",
		name: "Configuration profile",
	},
];

export const REGION: Text = {
	field: "region",
	name: "Region",
	placeholder: "eu-west-1",
};

export const ENDPOINT: Text = {
	field: "endpoint",
	name: "Endpoint",
	hint: "For an emulator, a proxy, or FIPS and dual-stack hosts, which are suggested once a Region is entered. Leave it empty for AWS.",
	placeholder: "http://127.0.0.1:4772",
};

export const INTERVAL: Text = {
	field: "minimumPollIntervalSeconds",
	name: "Minimum poll interval (seconds)",
	hint: "15 to 86400. Defaults to the service's interval of 60. The service may ask for a longer one.",
};

export const CONNECTION: Text = {
	field: "connection",
	name: "Connection",
	hint: "How calls are authenticated. Many profiles can use one connection.",
};

export const CONTEXT: Text = {
	field: "context",
	name: "Context",
	hint: "One key=value pair per line. The Agent evaluates multi-variant flags with these values.",
	placeholder: "country=US",
};

export const FLAGS: Text = {
	field: "flags",
	name: "Flags",
	hint: "The keys of the flags to get. Leave it empty to get all flags.",
	placeholder: "checkout, dark-mode",
};

/** In the order in which they stand on the page. */
const ALL_FIELDS: readonly Text[] = [
	NAME,
	...IDENTIFIERS,
	CONNECTION,
	REGION,
	ENDPOINT,
	CONTEXT,
	FLAGS,
	INTERVAL,
	...KEY_FIELDS,
];

export const PROFILE_FORM: FormDefinition<ProfileForm, ProfileInput> = {
	empty: EMPTY_PROFILE_FORM,
	secrets: Object.keys(EMPTY_KEY_FIELDS) as (keyof KeyFields)[],
	order: ALL_FIELDS.map(({ field }) => field),
	parse: parseProfileForm,
};

/** "Application, Region": the names that the fields have on the page. */
export function nameFields(fields: Partial<ProfileForm>): string {
	return ALL_FIELDS.filter(({ field }) => fields[field])
		.map(({ name }) => name)
		.join(", ");
}

/** Secrets are never part of it. */
export function toProfileForm(profile: ProfileDraft): ProfileForm {
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

export function parseProfileForm(
	form: ProfileForm,
): Result<ProfileInput, FieldErrors<ProfileForm>> {
	const name = form.name.trim();
	const configurationProfile = form.configurationProfile.trim();
	const endpoint = form.endpoint.trim() ? parseEndpoint(form.endpoint) : null;
	const interval = parseInterval(form.minimumPollIntervalSeconds.trim());
	const region =
		form.region.trim() || (endpoint || form.connection ? "us-east-1" : "");
	const context = split(form.context, "\n");
	const flags = split(form.flags, /[\s,]+/);
	const keys = parseKeyFields(form);
	const errors = collectErrors<ProfileForm>({
		name:
			name.length > MAX_NAME_LENGTH
				? `Use at most ${MAX_NAME_LENGTH} characters.`
				: undefined,
		application: identifierError(form.application.trim()),
		environment: identifierError(form.environment.trim()),
		configurationProfile: identifierError(configurationProfile),
		region: isRegion(region)
			? undefined
			: "Enter an AWS Region like eu-west-1, or an endpoint.",
		endpoint: endpoint === null || endpoint.ok ? undefined : endpoint.error,
		minimumPollIntervalSeconds: interval.ok ? undefined : interval.error,
		context: contextError(context),
		flags: flags.every((flag) => FLAG_KEY.test(flag))
			? undefined
			: "A flag key starts with a letter and contains only letters, digits, - and _.",
		...(keys.ok ? {} : keys.error),
	});
	if (errors || !interval.ok || !keys.ok) return err(errors ?? {});
	return ok({
		profile: {
			name: name || configurationProfile.slice(0, MAX_NAME_LENGTH),
			application: form.application.trim(),
			environment: form.environment.trim(),
			configurationProfile,
			region,
			...(endpoint?.ok ? { endpoint: endpoint.value.url } : {}),
			...(interval.value === undefined
				? {}
				: { minimumPollIntervalSeconds: interval.value }),
			...(form.connection
				? { connection: form.connection as ConnectionId }
				: {}),
			...(context.length > 0 ? { context } : {}),
			...(flags.length > 0 ? { flags } : {}),
		},
		...(keys.value ? { keys: keys.value } : {}),
	});
}

function split(text: string, separator: string | RegExp): readonly string[] {
	return text
		.split(separator)
		.map((part) => part.trim())
		.filter(Boolean);
}

function contextError(pairs: readonly string[]): string | undefined {
	const bad = pairs.find((pair) => !CONTEXT_PAIR.test(pair));
	if (bad === undefined) return undefined;
	return `“${bad.slice(0, 40)}” is not a key=value pair. Enter one pair per line, like country=US.`;
}

function identifierError(text: string): string | undefined {
	if (text.length === 0) return "Required: the ID or the name.";
	if (text.length > MAX_IDENTIFIER_LENGTH)
		return `Use at most ${MAX_IDENTIFIER_LENGTH} characters (this has ${text.length}).`;
	return undefined;
}

function parseInterval(text: string): Result<number | undefined, string> {
	if (text === "") return ok(undefined);
	const seconds = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
	if (seconds >= MIN_INTERVAL_SECONDS && seconds <= MAX_INTERVAL_SECONDS)
		return ok(seconds);
	return err(
		`Leave it empty, or enter whole seconds from ${MIN_INTERVAL_SECONDS} to ${MAX_INTERVAL_SECONDS}.`,
	);
}
