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

/** A configuration as it arrived, before it is known whether it is new. */
export interface Received {
	readonly hash: string;
	readonly contentType: string | undefined;
	readonly label: string | undefined;
	readonly configurationVersion?: string | undefined;
	readonly size: number;
}

export interface Appended {
	readonly versions: readonly Version[];
	/** Present when the bytes are new and must be stored. */
	readonly added?: Version;
	/** Numbers of the versions that had to go. */
	readonly evicted: readonly number[];
}

export const MAX_VERSIONS = 50;
/** 64 MB, as sizes are shown: 1 MB = 1,000,000 bytes. */
export const MAX_BYTES = 64_000_000;
/** Characters. */
export const MAX_NOTE = 500;
const UNKNOWN_CONTENT_TYPE = "application/octet-stream";

/** `undefined` received = the service said "unchanged": the newest version is confirmed and keeps all it has. */
export function append(
	{ versions, lastNumber }: History,
	received: Received | undefined,
	now: number,
): Appended {
	const [newest, ...older] = versions;
	if (newest && (!received || received.hash === newest.hash))
		return {
			versions: [confirm(newest, received, now), ...older],
			evicted: [],
		};
	if (!received) return { versions, evicted: [] };
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
	const kept = bound([added, ...versions]);
	const evicted = versions
		.filter((version) => !kept.includes(version))
		.map((version) => version.number);
	return { versions: kept, added, evicted };
}

// The same bytes deployed again may carry another label or content type: the latest word counts.
function confirm(
	version: Version,
	received: Received | undefined,
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
function bound(versions: readonly Version[]): readonly Version[] {
	let count = versions.length;
	let bytes = versions.reduce((sum, version) => sum + version.size, 0);
	const dropped = new Set<Version>();
	for (const version of versions.slice(1).reverse()) {
		if (count <= MAX_VERSIONS && bytes <= MAX_BYTES) break;
		if (version.pinned) continue;
		dropped.add(version);
		count -= 1;
		bytes -= version.size;
	}
	return versions.filter((version) => !dropped.has(version));
}
