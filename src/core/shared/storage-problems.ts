import type { ProfileId } from "./profile-id.ts";

/** A stored record that cannot be read. It is not used, and stays as it is until the user deletes it. */
export interface DamagedRecord {
	/** `local` is storage.local, `database` all of IndexedDB when it cannot be opened, the others are stores in IndexedDB. */
	readonly area: "local" | "versions" | "bodies" | "database";
	/** The key there; in IndexedDB as `describeKey` writes it. */
	readonly key: string;
	/** For the user: `profile “settings”`. */
	readonly title: string;
	/** A newer version of the extension saved it, so it is not damaged. */
	readonly isNewer?: true;
}

/** The database of the versions cannot be opened or listed. Nothing is polled, since nothing received could be stored. */
export class DatabaseError extends Error {
	override readonly name = "DatabaseError";
}

export const UNREADABLE_DATABASE: DamagedRecord = {
	area: "database",
	key: "appconfig-inspector",
	title: "the stored versions",
};

/** Stored versions whose profile is no longer saved. */
export interface OrphanedHistory {
	readonly id: ProfileId;
	/** The number of readable versions. */
	readonly versions: number;
	/** In bytes, uncompressed. */
	readonly size: number;
	/** Epoch ms; absent when none can be read. */
	readonly newestAt?: number;
}

/** A part of a profile's history that the browser deleted (storage eviction). */
export interface HistoryLoss {
	/** Epoch ms at which the loss was detected. */
	readonly at: number;
	/** The highest version number before the loss. */
	readonly upTo: number;
	/** `bytes`: only those of the newest version. */
	readonly what: "bytes" | "versions";
	/** The user has dismissed the notice. */
	readonly isTold?: true;
}

export function isSameRecord(
	a: Pick<DamagedRecord, "area" | "key">,
	b: Pick<DamagedRecord, "area" | "key">,
): boolean {
	return a.area === b.area && a.key === b.key;
}

/** One message per kind of problem, for the user. */
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
			`The browser has lost ${orphans.length === 1 ? "a profile" : `${orphans.length} profiles`}, but not the version history. Move the versions to another profile, or delete them, under Stored data in the options.`,
		);
	return problems;
}

const TITLES_MAX = 3;

function titlesOf(damaged: readonly DamagedRecord[]): string {
	const titles = damaged.slice(0, TITLES_MAX).map(({ title }) => title);
	const more = damaged.length - titles.length;
	return more > 0 ? `${titles.join(", ")} and ${more} more` : titles.join(", ");
}

/** Whether a storage failed because the disk, or the extension's quota, is full. */
export function isStorageFull(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	return (
		error.name === "QuotaExceededError" ||
		/quota|no.?space|disk.?(is.?)?full|ENOSPC/i.test(error.message)
	);
}

const MAKE_ROOM =
	"Free disk space or delete versions that you no longer need, then try again.";

/** Why a command was refused. Of an unexpected error only the name is shown: its message may quote a secret. */
export function refusalMessage(error: unknown): string {
	if (isStorageFull(error))
		return `Not saved: the disk or the browser's storage is full. ${MAKE_ROOM}`;
	return `This may only be partly done (${nameOf(error)}). Check the result and try again.`;
}

/** Shown until a change could be saved. */
export function unsavedMessage(error: unknown): string {
	return isStorageFull(error)
		? `The last change was not saved: the disk or the browser's storage is full. What was stored before is still there. ${MAKE_ROOM}`
		: `The last change was not saved: the browser's storage failed (${nameOf(error)}). What was stored before is still there. Try again; if it fails again, restart the browser.`;
}

function nameOf(error: unknown): string {
	return error instanceof Error ? error.name : "unknown error";
}
