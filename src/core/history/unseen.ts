import type { ProfileSnapshot } from "../protocol/snapshot.ts";

/** Whether there is a change that nobody has looked at: the first version of a profile changes nothing. */
export function hasUnseenChange({
	versions,
	lastSeenNumber,
}: Pick<ProfileSnapshot, "versions" | "lastSeenNumber">): boolean {
	const number = versions[0]?.number ?? 0;
	return number > 1 && number > lastSeenNumber;
}
