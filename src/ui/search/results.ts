import type { Version } from "../../core/history/history.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type { BodyMatch } from "../../document/search/search-body.ts";

/** A value that was found, with the versions that had it without a break. */
export interface SearchResult extends BodyMatch {
	readonly newest: Version;
	readonly oldest: Version;
	/** It is so in the newest version of the profile. */
	readonly isLive: boolean;
}

/** What was found in a profile. */
export interface ProfileResults {
	readonly entry: ProfileSnapshot;
	readonly results: readonly SearchResult[];
	/** A version had more matches than are listed. */
	readonly isCut: boolean;
}

/** Adds the matches of the next older version. `index`: of the version, 0 for the newest. */
export function addMatches(
	results: readonly SearchResult[],
	matches: readonly BodyMatch[],
	versions: readonly Version[],
	index: number,
): readonly SearchResult[] {
	const version = versions[index];
	if (!version) return results;
	const next = [...results];
	for (const match of matches) {
		const found = next.findIndex(
			({ path, value, oldest }) =>
				path === match.path &&
				value === match.value &&
				oldest === versions[index - 1],
		);
		const known = next[found];
		if (known) next[found] = { ...known, oldest: version };
		else
			next.push({
				...match,
				newest: version,
				oldest: version,
				isLive: index === 0,
			});
	}
	return next;
}

/** `v10 to v14`, `v4` */
export function versionRange({ newest, oldest }: SearchResult): string {
	return newest === oldest
		? `v${newest.number}`
		: `v${oldest.number} to v${newest.number}`;
}
