import type { ProfileId } from "../../core/profile/profile.ts";

/** A version of any profile. */
export interface VersionRef {
	readonly profile: ProfileId;
	readonly number: number;
}

export function isSameVersion(one: VersionRef, other: VersionRef): boolean {
	return one.profile === other.profile && one.number === other.number;
}
