// The versions of one profile, newest first: appended when the bytes differ, bounded by count and size.
export interface Version {
	/** 1, 2, 3 … per profile, in the order received; never used twice. */
	readonly number: number;
	/** SHA-256 of the body, lower-case hex. */
	readonly hash: string;
	readonly contentType: string;
	/** The service's Version-Label, when it sent one. */
	readonly label?: string;
	/** The version's number at the source, where it tells one: the Agent's Configuration-Version. */
	readonly configurationVersion?: string;
	/** Bytes. */
	readonly size: number;
	/** Epoch ms, first and last time that the service said so. */
	readonly receivedAt: number;
	readonly confirmedAt: number;
	/** Epoch ms at which its bytes were stored once more, after the browser had lost them. */
	readonly restoredAt?: number;
	readonly pinned: boolean;
	/** The user's own words about it. */
	readonly note?: string;
}

export interface History {
	/** Newest first. */
	readonly versions: readonly Version[];
	/** The highest number ever given. */
	readonly lastNumber: number;
}

export interface VersionWrite {
	readonly version: Version;
	/** With the bytes when the version is new; without when only its description changed. */
	readonly body?: Uint8Array;
	/** The one that was the newest until now, as it was confirmed last. */
	readonly before?: Version;
	/** Numbers of versions to delete. */
	readonly evicted: readonly number[];
}

export interface HistoryRewrite {
	/** Numbers of versions to delete, before anything else. */
	readonly evicted?: readonly number[];
	/** Bodies that get another number, from and to. */
	readonly moved?: readonly (readonly [number, number])[];
	/** Descriptions to write. */
	readonly versions?: readonly Version[];
	/** New ones, by number. */
	readonly bodies?: ReadonlyMap<number, Uint8Array>;
}

/** A configuration as it arrived, before it is known whether it is new. */
export interface ReceivedConfiguration {
	readonly hash: string;
	readonly contentType: string | undefined;
	readonly label: string | undefined;
	readonly configurationVersion?: string | undefined;
	readonly size: number;
}

/** Versions are numbered up to here: with room beyond it, since damaged numbers must not use up those that can be counted. */
export const MAX_VERSION_NUMBER = 2 ** 31;

export interface AppendResult {
	readonly versions: readonly Version[];
	/** Present when the bytes are to be stored: they are new, or those that were stored are lost. */
	readonly stored?: Version;
	/** Present when the bytes are new. */
	readonly added?: Version;
	/** What is to be stored; absent when nothing but the time of the last confirmation is new. */
	readonly change?: Omit<VersionWrite, "body">;
}

export const MAX_VERSIONS = 50;
/** 64 MB, as sizes are shown: 1 MB = 1,000,000 bytes. */
export const MAX_HISTORY_BYTES = 64_000_000;
/** Characters. */
export const MAX_NOTE_LENGTH = 500;
/** A confirmation is stored with the first poll of each such span: the session's record, which is written anyway, has it to the moment. */
const CONFIRMATION_SPAN_MS = 900_000;
const UNKNOWN_CONTENT_TYPE = "application/octet-stream";

/**
 * `undefined` received = the service said "unchanged": the newest version is confirmed and keeps all it has.
 * `isReadable`: the newest version's bytes are there.
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

// The same bytes deployed again may carry another label or content type: the latest word counts.
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

/** Drops the oldest first; the newest and the pinned stay, even if they alone are over the bounds. */
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
