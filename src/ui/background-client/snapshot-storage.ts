import type { ProfileId } from "../../core/profile/profile.ts";
import {
	type ProfileSnapshot,
	SNAPSHOT_SCHEMA,
	type Snapshot,
} from "../../core/protocol/snapshot.ts";
import {
	isEqual,
	withNewestVersions,
} from "../../core/protocol/snapshot-diff.ts";
import {
	joinStoredSnapshot,
	profileKey,
	SNAPSHOT_KEY,
	type StoredHead,
	type StoredProfile,
	toStoredHead,
	toStoredProfile,
} from "../../core/protocol/stored-snapshot.ts";
import { SUMMARIES_KEY, saveItem } from "../components/preferences.ts";

/** The part of storage.local used here. */
export interface StorageArea {
	get(keys: string[]): Promise<Record<string, unknown>>;
}

/** The part of localStorage used here. */
export type LocalStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Each surface saves all versions of the profile that it shows; the newest few of the others are saved for all surfaces. */
const SURFACES = ["popup", "panel", "page", "options"] as const;
export type Surface = (typeof SURFACES)[number];

const SAVE_DELAY_MS = 500;
const TIME: ReadonlySet<string> = new Set(["takenAt"]);

/** The snapshot that the background saved. A storage that cannot be read is reported by the background, not here. */
export async function readStoredSnapshot(
	storage: StorageArea,
): Promise<Snapshot | undefined> {
	const read = (keys: string[]): Promise<Record<string, unknown>> =>
		storage.get(keys).catch(() => ({}));
	const found = await read([SNAPSHOT_KEY]);
	const head = parseStoredHead(found[SNAPSHOT_KEY]);
	if (!head) return undefined;
	const parts = await read(head.order.map(profileKey));
	return joinStoredSnapshot(head, (id) =>
		parseStoredProfile(parts[profileKey(id)]),
	);
}

/** The last snapshot that a view of this surface has shown, in localStorage. */
export function createSnapshotCache(storage: LocalStorage, surface: Surface) {
	let unsaved: { snapshot: Snapshot; shown: ProfileId | undefined } | undefined;
	let writtenHead: StoredHead | undefined;
	/** What was written last, by key. */
	const written = new Map<string, ProfileSnapshot>();
	const readProfile = (key: string) => parseStoredProfile(storage.getItem(key));

	function read(): Snapshot | undefined {
		const head = parseStoredHead(storage.getItem(SNAPSHOT_KEY));
		const shown = head && readProfile(shownKey(surface));
		return (
			head &&
			joinStoredSnapshot(head, (id) => {
				const part = readProfile(profileKey(id));
				return part && shown?.profile.profile.id === id
					? withOlderVersions(part, shown)
					: part;
			})
		);
	}

	function write(): void {
		if (!unsaved) return;
		const { snapshot, shown } = unsaved;
		const { takenAt } = snapshot;
		unsaved = undefined;
		for (const profile of snapshot.profiles) {
			const { id } = profile.profile;
			writeProfile(
				profileKey(id),
				profile,
				toStoredProfile(withNewestVersions(profile), takenAt),
			);
			if (id === shown)
				writeProfile(
					shownKey(surface),
					profile,
					toStoredProfile(profile, takenAt),
				);
		}
		const head = toStoredHead(snapshot);
		if (isEqual(head, writtenHead, TIME)) return;
		writtenHead = head;
		removeAllBut(new Set<string>(head.order));
		saveItem(storage, SNAPSHOT_KEY, JSON.stringify(head));
	}

	function writeProfile(
		key: string,
		profile: ProfileSnapshot,
		stored: StoredProfile,
	): void {
		if (written.get(key) === profile) return;
		written.set(key, profile);
		saveItem(storage, key, JSON.stringify(stored));
	}

	/** Deletes everything about profiles that no longer exist. */
	function removeAllBut(ids: ReadonlySet<string>): void {
		const before = parseStoredHead(storage.getItem(SNAPSHOT_KEY));
		const keys = (before?.order ?? [])
			.filter((id) => !ids.has(id))
			.map(profileKey);
		const shown = SURFACES.map(shownKey).filter((key) => {
			const id = readProfile(key)?.profile.profile.id;
			return id !== undefined && !ids.has(id);
		});
		// Summaries are not kept by profile. Those of other profiles are made again.
		if (keys.length > 0) storage.removeItem(SUMMARIES_KEY);
		for (const key of [...keys, ...shown]) {
			written.delete(key);
			storage.removeItem(key);
		}
	}

	return {
		read,
		/** Writes a little later, because a poll changes the snapshot several times. `shown`: the profile on show. */
		save(snapshot: Snapshot, shown: ProfileId | undefined): void {
			if (!unsaved) setTimeout(write, SAVE_DELAY_MS);
			unsaved = { snapshot, shown };
		},
	};
}

function shownKey(surface: Surface): string {
	return `${SNAPSHOT_KEY}.shown.${surface}`;
}

/** `brief` is newer; `full` has the older versions too. */
function withOlderVersions(
	brief: StoredProfile,
	full: StoredProfile,
): StoredProfile {
	const { profile } = brief;
	const oldest = profile.versions.at(-1)?.number;
	const at = full.profile.versions.findIndex(({ number }) => number === oldest);
	if (at < 0) return brief;
	const older = full.profile.versions.slice(at + 1);
	return {
		...brief,
		profile: { ...profile, versions: [...profile.versions, ...older] },
	};
}

/** `undefined` when nothing is stored, when another version of the extension stored it, or when a full disk cut it off. */
function parseStoredHead(text: unknown): StoredHead | undefined {
	const head = parseJson(text);
	return isRecord(head) &&
		head.schema === SNAPSHOT_SCHEMA &&
		Array.isArray(head.order) &&
		Array.isArray(head.connections) &&
		Array.isArray(head.problems)
		? (head as unknown as StoredHead)
		: undefined;
}

/** `undefined` for a damaged part. The head's schema number vouches for what is not checked here. */
export function parseStoredProfile(text: unknown): StoredProfile | undefined {
	const part = parseJson(text);
	return isRecord(part) &&
		typeof part.takenAt === "number" &&
		isProfile(part.profile)
		? (part as unknown as StoredProfile)
		: undefined;
}

/** Checks what a view would fail on. A damaged part is not shown: the background sends a whole one in a moment. */
function isProfile(value: unknown): boolean {
	return (
		isRecord(value) &&
		isRecord(value.profile) &&
		["id", "name", "application", "environment", "configurationProfile"].every(
			isTextIn(value.profile),
		) &&
		isRecord(value.usage) &&
		typeof value.intervalSeconds === "number" &&
		(value.fault === undefined || isRecord(value.fault)) &&
		Array.isArray(value.versions) &&
		value.versions.every(isVersion)
	);
}

function isVersion(value: unknown): boolean {
	return (
		isRecord(value) &&
		["number", "size", "receivedAt", "confirmedAt"].every(
			(key) => typeof value[key] === "number",
		) &&
		["hash", "contentType"].every(isTextIn(value))
	);
}

function isTextIn(record: Record<string, unknown>): (key: string) => boolean {
	return (key) => typeof record[key] === "string";
}

function parseJson(text: unknown): unknown {
	if (typeof text !== "string") return undefined;
	try {
		return JSON.parse(text);
	} catch {
		// Damaged: the background sends a whole snapshot in a moment.
		return undefined;
	}
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null;
}
