export interface Version {
	/** 1, 2, 3 … per profile, in the order received. Never used twice. */
	readonly number: number;
	/** SHA-256 of the body, lower-case hex. */
	readonly hash: string;
	readonly contentType: string;
	/** The service's Version-Label, when it sent one. */
	readonly label?: string;
	/** The Agent's Configuration-Version, when it sent one. */
	readonly configurationVersion?: string;
	/** Bytes. */
	readonly size: number;
	/** Epoch ms of the first and the last poll that found it current. */
	readonly receivedAt: number;
	readonly confirmedAt: number;
	/** Epoch ms at which its bytes were stored again after the browser had lost them. */
	readonly restoredAt?: number;
	readonly pinned: boolean;
	/** The user's note. */
	readonly note?: string;
}

export interface History {
	/** Newest first. */
	readonly versions: readonly Version[];
	/** The highest number ever given to a version. */
	readonly lastNumber: number;
}

export interface VersionWrite {
	readonly version: Version;
	/** Present when the bytes are new; absent when only the metadata changed. */
	readonly body?: Uint8Array;
	/** The version that was the newest before, with its last confirmation. */
	readonly before?: Version;
	/** Numbers of versions to delete. */
	readonly evicted: readonly number[];
}

export interface HistoryRewrite {
	/** Numbers of versions to delete first. */
	readonly evicted?: readonly number[];
	/** Versions whose bytes get another number: from, to. */
	readonly moved?: readonly (readonly [number, number])[];
	/** Metadata to write. */
	readonly versions?: readonly Version[];
	/** New bytes, by number. */
	readonly bodies?: ReadonlyMap<number, Uint8Array>;
}

/** A configuration as it arrived, new or not. */
export interface ReceivedConfiguration {
	readonly hash: string;
	readonly contentType: string | undefined;
	readonly label: string | undefined;
	readonly configurationVersion?: string | undefined;
	readonly size: number;
}

/** Numbers of stored versions are below this. Higher ones are damaged, and must not use up the numbers left. */
export const MAX_VERSION_NUMBER = 2 ** 31;

export interface AppendResult {
	readonly versions: readonly Version[];
	/** Present when the bytes must be stored: they are new, or the stored ones were lost. */
	readonly stored?: Version;
	/** Present when the bytes are new. */
	readonly added?: Version;
	/** What to store; absent when only the time of the last confirmation is new. */
	readonly change?: Omit<VersionWrite, "body">;
}

export const MAX_VERSIONS = 50;
/** Uncompressed; 1 MB = 1,000,000 bytes, as sizes are shown. */
export const MAX_HISTORY_BYTES = 64_000_000;
/** Characters. */
export const MAX_NOTE_LENGTH = 500;
/** A version's row is written for a confirmation once per span; the session's record has each one. */
const CONFIRMATION_SPAN_MS = 900_000;
const UNKNOWN_CONTENT_TYPE = "application/octet-stream";

/**
 * Adds what a poll received, or confirms the newest version when it is the same or the service said "unchanged"
 * (`received` is undefined). `isReadable`: the newest version's bytes are stored. `now` is epoch ms.
 */
export function appendVersion(
	{ versions, lastNumber }: History,
	received: ReceivedConfiguration | undefined,
	{ now, isReadable }: { readonly now: number; readonly isReadable: boolean },
): AppendResult {
	const [newest, ...older] = versions;
	if (newest && received?.hash === newest.hash && !isReadable) {
		const stored = { ...confirm(newest, received, now), restoredAt: now };
		return {
			versions: [stored, ...older],
			stored,
			change: { version: stored, evicted: [] },
		};
	}
	if (newest && (!received || received.hash === newest.hash)) {
		const version = confirm(newest, received, now);
		const change = { version, evicted: [] };
		return {
			versions: [version, ...older],
			...(isDescriptionChanged(newest, version) ? { change } : {}),
		};
	}
	if (!received) return { versions };
	const added: Version = {
		number: lastNumber + 1,
		hash: received.hash,
		contentType: received.contentType ?? UNKNOWN_CONTENT_TYPE,
		...(received.label ? { label: received.label } : {}),
		...(received.configurationVersion
			? { configurationVersion: received.configurationVersion }
			: {}),
		size: received.size,
		receivedAt: now,
		confirmedAt: now,
		pinned: false,
	};
	const kept = applyRetention([added, ...versions]);
	const evicted = versions
		.filter((version) => !kept.includes(version))
		.map((version) => version.number);
	const before = newest && kept.includes(newest) ? { before: newest } : {};
	return {
		versions: kept,
		stored: added,
		added,
		change: { version: added, evicted, ...before },
	};
}

function isDescriptionChanged(old: Version, { confirmedAt, ...said }: Version) {
	const isOfSpan = (at: number) => Math.floor(at / CONFIRMATION_SPAN_MS);
	return (
		isOfSpan(old.confirmedAt) !== isOfSpan(confirmedAt) ||
		said.contentType !== old.contentType ||
		said.label !== old.label ||
		said.configurationVersion !== old.configurationVersion
	);
}

// The same bytes deployed again may have another label or content type: the latest one counts.
function confirm(
	version: Version,
	received: ReceivedConfiguration | undefined,
	now: number,
): Version {
	return {
		...version,
		...(received?.contentType ? { contentType: received.contentType } : {}),
		...(received?.label ? { label: received.label } : {}),
		...(received?.configurationVersion
			? { configurationVersion: received.configurationVersion }
			: {}),
		confirmedAt: now,
	};
}

/** Drops the oldest first. The newest and pinned ones stay, even if they alone are over the limits. */
function applyRetention(versions: readonly Version[]): readonly Version[] {
	let count = versions.length;
	let bytes = versions.reduce((sum, version) => sum + version.size, 0);
	const dropped = new Set<Version>();
	for (const version of versions.slice(1).reverse()) {
		if (count <= MAX_VERSIONS && bytes <= MAX_HISTORY_BYTES) break;
		if (version.pinned) continue;
		dropped.add(version);
		count -= 1;
		bytes -= version.size;
	}
	return versions.filter((version) => !dropped.has(version));
}
