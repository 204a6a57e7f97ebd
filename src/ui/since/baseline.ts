import type { Version } from "../../core/history/history.ts";
import { baselineOf } from "../../core/history/last-seen.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";

/** What is new to the user: the versions after the one that the user saw last. */
export interface Unseen {
	/** The version that the user saw last, or the one that takes its place. */
	readonly base: Version;
	/** The live version. */
	readonly newest: Version;
	/** The versions that are new, newest first. */
	readonly versions: readonly Version[];
	/** Epoch ms of the last look. */
	readonly lastLookAt: number | undefined;
	/** The number of the version that the user saw last, if that is no longer kept. */
	readonly missing: number | undefined;
}

/**
 * `undefined` when nothing is new, and while the view has not received all versions. Where the version that the user saw last
 * was deleted, the newest one before it takes its place; where none is left, the oldest one that is kept.
 */
export function findUnseen({
	versions,
	versionCount,
	...seen
}: ProfileSnapshot): Unseen | undefined {
	const [newest] = versions;
	const look = newest && baselineOf(seen, newest.number);
	if (!look) return undefined;
	const known = versions.find(({ number }) => number <= look.number);
	if (!known && versions.length < versionCount) return undefined;
	const base = known ?? versions.at(-1);
	if (!base || base === newest) return undefined;
	return {
		base,
		newest,
		versions: versions.filter(({ number }) => number > look.number),
		lastLookAt: look.at,
		missing: base.number === look.number ? undefined : look.number,
	};
}
