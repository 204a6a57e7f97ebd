// The form's fields: their names, where they stand, and what to write there.
import type { ProfileForm } from "../../core/profile/profile.ts";

export interface FieldText<K extends string = keyof ProfileForm> {
	readonly field: K;
	readonly name: string;
	readonly hint?: string;
	readonly placeholder?: string;
}

export const NAME: FieldText = {
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

export const REGION: FieldText = {
	field: "region",
	name: "Region",
	placeholder: "eu-west-1",
};

export const ENDPOINT: FieldText = {
	field: "endpoint",
	name: "Endpoint",
	hint: "For an emulator, a proxy, or FIPS and dual-stack hosts, which are offered once the Region is there; empty: AWS.",
	placeholder: "http://127.0.0.1:4772",
};

export const INTERVAL: FieldText = {
	field: "minimumPollIntervalSeconds",
	name: "Minimum poll interval (seconds)",
	hint: "15 to 86400; empty: the service's own, 60. The service may ask for a longer one.",
};

export const CONNECTION: FieldText = {
	field: "connection",
	name: "Connection",
	hint: "How calls get in. One connection can serve many profiles.",
};

export const CONTEXT: FieldText = {
	field: "context",
	name: "Context",
	hint: "key=value, one pair a line: multi-variant flags are answered as for a user like that.",
	placeholder: "country=US",
};

export const FLAGS: FieldText = {
	field: "flags",
	name: "Flags",
	hint: "Only these, by their keys; empty: all.",
	placeholder: "checkout, dark-mode",
};

type KeyField = "accessKeyId" | "secretAccessKey" | "sessionToken";

export const KEYS: readonly FieldText<KeyField>[] = [
	{ field: "accessKeyId", name: "Access key ID" },
	{ field: "secretAccessKey", name: "Secret access key" },
	{
		field: "sessionToken",
		name: "Session token",
		hint: "Needed with temporary keys, whose id starts with ASIA.",
	},
];

/** In the order in which they stand, which is the order in which a bad one is looked for. */
export const ALL_FIELDS: readonly FieldText[] = [
	NAME,
	...IDENTIFIERS,
	CONNECTION,
	REGION,
	ENDPOINT,
	CONTEXT,
	FLAGS,
	INTERVAL,
	...KEYS,
];
