import type { ProfileId } from "../profile/profile.ts";

/** A stored record that cannot be read: it is not used, and stays as it is until the user deletes it. */
export interface DamagedRecord {
	/** `local`: storage.local; `database`: the whole of IndexedDB, which cannot be opened; the others are stores in it. */
	readonly area: "local" | "versions" | "bodies" | "database";
	/** The key there; in IndexedDB as `describeKey` writes it. */
	readonly key: string;
	/** What it was, in words: `profile “settings”`. */
	readonly title: string;
	/** A newer version of the extension saved it: nothing is wrong with it. */
	readonly isNewer?: true;
}

/** The database of the versions cannot be opened or listed. Without it nothing is polled: what is received could not be kept. */
export class DatabaseError extends Error {
	override readonly name = "DatabaseError";
}

export const UNREADABLE_DATABASE: DamagedRecord = {
	area: "database",
	key: "appconfig-inspector",
	title: "the stored versions",
};

/** Stored versions whose profile is not saved any more. */
export interface OrphanedHistory {
	readonly id: ProfileId;
	/** How many can be read. */
	readonly versions: number;
	/** Bytes, as they were received. */
	readonly size: number;
	/** Epoch ms; absent when none can be read. */
	readonly newestAt?: number;
}

/** What the browser has deleted of a profile's history without being asked. */
export interface HistoryLoss {
	/** Epoch ms at which it was noticed. */
	readonly at: number;
	/** The highest version number that was there. */
	readonly upTo: number;
	/** `bytes`: those of the newest version alone. */
	readonly what: "bytes" | "versions";
	/** The user has been told. */
	readonly isTold?: true;
}

export function isSameRecord(
	a: Pick<DamagedRecord, "area" | "key">,
	b: Pick<DamagedRecord, "area" | "key">,
): boolean {
	return a.area === b.area && a.key === b.key;
}

/** Sentences for a user who does not know of records. */
export function problemsOf(
	damaged: readonly DamagedRecord[],
	orphans: readonly OrphanedHistory[],
): readonly string[] {
	const newer = damaged.filter(({ isNewer }) => isNewer);
	const unreadable = damaged.filter(({ isNewer }) => !isNewer);
	const problems: string[] = [];
	if (newer.length > 0)
		problems.push(
			`A newer version of AppConfig Inspector saved ${titlesOf(newer)}. Nothing was changed; update the extension to see it.`,
		);
	if (unreadable.length > 0)
		problems.push(
			`Stored data could not be read: ${titlesOf(unreadable)}. It is kept unchanged and not used. Export or delete it under Stored data in the options.`,
		);
	if (orphans.length > 0)
		problems.push(
			`${orphans.length === 1 ? "A version history is" : `${orphans.length} version histories are`} stored whose profile is not saved any more: the browser has lost it. Move the versions to a profile, or delete them, under Stored data in the options.`,
		);
	return problems;
}

const TITLES_MAX = 3;

function titlesOf(damaged: readonly DamagedRecord[]): string {
	const titles = damaged.slice(0, TITLES_MAX).map(({ title }) => title);
	const more = damaged.length - titles.length;
	return more > 0 ? `${titles.join(", ")} and ${more} more` : titles.join(", ");
}
