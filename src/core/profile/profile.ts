import type { ConnectionId } from "../connection/connection.ts";
import type { ProfileId } from "../shared/profile-id.ts";

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
	/** Absent: calls go to the endpoint above, or are signed with keys given to the profile. */
	readonly connection?: ConnectionId;
	/** For the Agent: `key=value` pairs that the rules of multi-variant flags use. */
	readonly context?: readonly string[];
	/** For the Agent: the flags to fetch; absent: all. */
	readonly flags?: readonly string[];
}

/** A profile that has not been saved yet. */
export type ProfileDraft = Omit<Profile, "id">;

export const MAX_NAME_LENGTH = 100;
/** Source: https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_appconfigdata_StartConfigurationSession.html */
export const MAX_IDENTIFIER_LENGTH = 128;
/** A pair becomes the value of a request header. */
export const CONTEXT_PAIR = /^[\w.-]{1,128}=[\x20-\x2b\x2d-\x7e]{1,1024}$/;
export const FLAG_KEY = /^[a-zA-Z][\w-]{0,63}$/;

/** Equal for two profiles whose sessions are interchangeable; where it differs, a new session is needed. */
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
