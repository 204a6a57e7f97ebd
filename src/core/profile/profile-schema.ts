import * as v from "valibot";
import type { ConnectionId } from "../connection/connection.ts";
import { isRegion, parseEndpoint } from "../connection/endpoint.ts";
import {
	MAX_INTERVAL_SECONDS,
	MIN_INTERVAL_SECONDS,
} from "../session/schedule.ts";
import {
	ENVIRONMENT_COLORS,
	type EnvironmentChoice,
	MAX_ENVIRONMENT_CHOICES,
	MAX_ENVIRONMENT_LABEL_LENGTH,
} from "../shared/environment.ts";
import {
	CONTEXT_PAIR,
	FLAG_KEY,
	MAX_IDENTIFIER_LENGTH,
	MAX_NAME_LENGTH,
	type ProfileDraft,
} from "./profile.ts";

const identifier = textOf(MAX_IDENTIFIER_LENGTH);

/** A draft that a view sends. Refuses everything that the form refuses, because the background does not trust pages. */
export const profileDraftSchema = v.object({
	name: textOf(MAX_NAME_LENGTH),
	application: identifier,
	environment: identifier,
	configurationProfile: identifier,
	region: v.pipe(v.string(), v.check(isRegion)),
	endpoint: v.exactOptional(
		v.pipe(
			v.string(),
			v.check((url) => parseEndpoint(url).ok),
		),
	),
	minimumPollIntervalSeconds: v.exactOptional(
		v.pipe(
			v.number(),
			v.integer(),
			v.minValue(MIN_INTERVAL_SECONDS),
			v.maxValue(MAX_INTERVAL_SECONDS),
		),
	),
	connection: v.exactOptional(
		v.custom<ConnectionId>(
			(value) =>
				typeof value === "string" && value.length > 0 && value.length <= 64,
		),
	),
	context: v.exactOptional(listOf(CONTEXT_PAIR)),
	flags: v.exactOptional(listOf(FLAG_KEY)),
}) satisfies v.GenericSchema<unknown, ProfileDraft>;

/** At most one choice for each environment, which `withEnvironmentChoice` keeps to. */
export const environmentChoicesSchema = v.pipe(
	v.array(
		v.object({
			name: identifier,
			color: v.picklist(ENVIRONMENT_COLORS),
			label: v.exactOptional(textOf(MAX_ENVIRONMENT_LABEL_LENGTH)),
		}),
	),
	v.maxLength(MAX_ENVIRONMENT_CHOICES),
	v.readonly(),
) satisfies v.GenericSchema<unknown, readonly EnvironmentChoice[]>;

function textOf(maxLength: number) {
	return v.pipe(v.string(), v.minLength(1), v.maxLength(maxLength));
}

function listOf(pattern: RegExp) {
	return v.pipe(
		v.array(v.pipe(v.string(), v.regex(pattern))),
		v.maxLength(1_000),
		v.readonly(),
	);
}
