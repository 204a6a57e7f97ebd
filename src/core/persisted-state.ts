import * as v from "valibot";
import type { ConnectionId } from "./connection/connection.ts";
import { isRegion, parseEndpoint } from "./connection/endpoint.ts";
import {
	MAX_NOTE_LENGTH,
	MAX_VERSION_NUMBER,
	type Version,
} from "./history/history.ts";
import type { StoredData } from "./ports.ts";
import { type ProfileId, sessionKeyOf } from "./profile/profile.ts";
import {
	type FaultKind,
	isFaultKind,
	isResourceType,
	OPERATIONS,
	type ResourceType,
	toStoredFault,
} from "./session/fault.ts";
import {
	MAX_INTERVAL_SECONDS,
	MIN_INTERVAL_SECONDS,
} from "./session/schedule.ts";
import {
	NO_USAGE,
	newSession,
	type Session,
	type Token,
} from "./session/session.ts";
import { transition, withoutToken } from "./session/transition.ts";
import {
	type DamagedRecord,
	type HistoryLoss,
	type OrphanedHistory,
	problemsOf,
} from "./shared/storage-problems.ts";
import {
	type EngineState,
	type ProfileEntry,
	type ProfileRecord,
	SCHEMA,
} from "./state.ts";
import { NOTIFICATION_RULES } from "./watch/watch.ts";

const time = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Well below the numbers that adding 1 does not change. */
const small = v.pipe(count, v.maxValue(2 ** 40));
const profileId = v.custom<ProfileId>(
	(value) => typeof value === "string" && value.length > 0,
);
const token = v.custom<Token>(
	(value) => typeof value === "string" && value.length > 0,
);

const profileSchema = v.object({
	id: profileId,
	name: v.string(),
	application: v.string(),
	environment: v.string(),
	configurationProfile: v.string(),
	// It becomes part of a host's name.
	region: v.pipe(v.string(), v.check(isRegion)),
	endpoint: v.exactOptional(
		v.pipe(
			v.string(),
			v.check((url) => parseEndpoint(url).ok),
		),
	),
	minimumPollIntervalSeconds: v.exactOptional(
		v.pipe(
			count,
			v.transform((seconds) =>
				Math.min(Math.max(seconds, MIN_INTERVAL_SECONDS), MAX_INTERVAL_SECONDS),
			),
		),
	),
	connection: v.exactOptional(
		v.custom<ConnectionId>((value) => typeof value === "string"),
	),
	context: v.exactOptional(v.array(v.string())),
	flags: v.exactOptional(v.array(v.string())),
});

const recordSchema = v.object({
	// Schema 1 knew no connections: every profile of it is one without.
	schema: v.pipe(
		v.picklist([1, SCHEMA]),
		v.transform((): typeof SCHEMA => SCHEMA),
	),
	profile: profileSchema,
	createdAt: time,
	paused: v.boolean(),
	seen: count,
	lastSeenAt: v.exactOptional(time),
	baseline: v.exactOptional(
		v.object({ number: count, at: v.exactOptional(time) }),
	),
	watchedPaths: v.exactOptional(v.array(v.string())),
	notificationRule: v.exactOptional(v.picklist(NOTIFICATION_RULES)),
	gone: v.exactOptional(v.string()),
	loss: v.exactOptional(
		v.object({
			at: time,
			upTo: count,
			what: v.picklist(["bytes", "versions"]),
			isTold: v.exactOptional(v.literal(true)),
		}),
	),
});

const versionSchema = v.object({
	number: v.pipe(count, v.maxValue(MAX_VERSION_NUMBER - 1)),
	hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
	contentType: v.string(),
	label: v.exactOptional(v.string()),
	configurationVersion: v.exactOptional(v.string()),
	size: count,
	receivedAt: time,
	confirmedAt: time,
	restoredAt: v.exactOptional(time),
	pinned: v.boolean(),
	note: v.exactOptional(v.pipe(v.string(), v.maxLength(MAX_NOTE_LENGTH))),
});

const sessionBase = {
	attempt: small,
	failures: small,
	// An older build may have stored one out of bounds.
	intervalSeconds: v.pipe(
		time,
		v.transform((seconds) =>
			Math.min(Math.max(seconds, 1), MAX_INTERVAL_SECONDS),
		),
	),
	requestedIntervalSeconds: v.exactOptional(time),
	reopenedAt: v.exactOptional(time),
	refetchedAt: v.exactOptional(time),
};
const callInFlight = { startedAt: time };
const sessionToken = {
	token,
	tokenAt: time,
	isFirst: v.exactOptional(v.literal(true)),
};

const faultSchema = v.pipe(
	v.object({
		kind: v.custom<FaultKind>(isFaultKind),
		operation: v.picklist(OPERATIONS),
		at: time,
		detail: v.string(),
		status: v.exactOptional(count),
		host: v.exactOptional(v.string()),
		requestId: v.exactOptional(v.string()),
		resourceType: v.exactOptional(v.custom<ResourceType>(isResourceType)),
	}),
	// Older builds stored the service's message.
	v.transform(toStoredFault),
);
const optionalFault = { fault: v.exactOptional(faultSchema) };

const sessionSchema = v.object({
	profile: v.exactOptional(profileId),
	source: v.string(),
	session: v.variant("phase", [
		v.object({ ...sessionBase, ...optionalFault, phase: v.literal("idle") }),
		v.object({
			...sessionBase,
			...optionalFault,
			...callInFlight,
			phase: v.literal("opening"),
		}),
		v.object({
			...sessionBase,
			...optionalFault,
			...callInFlight,
			...sessionToken,
			phase: v.literal("polling"),
		}),
		v.object({
			...sessionBase,
			...optionalFault,
			...sessionToken,
			phase: v.literal("waiting"),
			dueAt: time,
		}),
		v.object({
			...sessionBase,
			fault: faultSchema,
			phase: v.literal("resting"),
			dueAt: time,
			keptToken: v.exactOptional(v.object(sessionToken)),
			wasOffline: v.exactOptional(v.literal(true)),
		}),
		v.object({
			...sessionBase,
			fault: faultSchema,
			phase: v.literal("halted"),
		}),
	]),
	usage: v.optional(v.object({ since: time, calls: count, received: count })),
	checkedAt: v.exactOptional(time),
	newest: v.exactOptional(count),
	verifiedAt: v.exactOptional(time),
});

/**
 * Parses and migrates what is stored. A record that cannot be read is listed in `damaged` and skipped; only the user
 * deletes it. `now` is epoch ms.
 */
export function parseState(data: StoredData, now: number): EngineState {
	const entries: ProfileEntry[] = [];
	const damaged: DamagedRecord[] = data.strayRecords.map((stray) => ({
		...stray,
		title: stray.area === "bodies" ? "stored bytes" : "version",
	}));
	for (const [id, raw] of data.profiles) {
		const record = v.safeParse(recordSchema, raw);
		if (!record.success || record.output.profile.id !== id) {
			damaged.push(toDamagedProfile(id, raw));
			continue;
		}
		const history = parseVersions(data, record.output.profile.id);
		const { name } = record.output.profile;
		for (const number of history.unreadable)
			damaged.push({
				area: "versions",
				key: describeVersion(id, number),
				title: `version ${number} of “${name}”`,
			});
		entries.push(restoreEntry(record.output, { data, history, now }));
	}
	entries.sort((a, b) => a.createdAt - b.createdAt);
	const orphans = orphansOf(data);
	return { entries, damaged, orphans, problems: problemsOf(damaged, orphans) };
}

function toDamagedProfile(id: string, raw: unknown): DamagedRecord {
	const isNewer = v.is(
		v.object({ schema: v.pipe(v.number(), v.minValue(SCHEMA + 1)) }),
		raw,
	);
	const named = v.safeParse(
		v.object({ profile: v.object({ name: v.string() }) }),
		raw,
	);
	const name = named.success ? named.output.profile.name.slice(0, 100) : "";
	return {
		area: "local",
		key: `profile:${id}`,
		title: name ? `profile “${name}”` : "a profile",
		...(isNewer ? { isNewer } : {}),
	};
}

/** The key of a version's row as `describeKey` of the storage writes it. */
function describeVersion(id: string, number: number): string {
	return `[${JSON.stringify(id)},${number}]`;
}

/** Histories whose profile is not stored, not even as a damaged record. */
function orphansOf(stored: StoredData): readonly OrphanedHistory[] {
	return [...stored.versions.keys()]
		.filter((id) => !stored.profiles.has(id))
		.map((id) => {
			const { versions } = parseVersions(stored, id as ProfileId);
			const [newest] = versions;
			return {
				id: id as ProfileId,
				versions: versions.length,
				size: versions.reduce((sum, { size }) => sum + size, 0),
				...(newest ? { newestAt: newest.receivedAt } : {}),
			};
		});
}

interface EntryContext {
	readonly data: StoredData;
	readonly history: History;
	readonly now: number;
}

function restoreEntry(
	record: ProfileRecord,
	{ data, history, now }: EntryContext,
): ProfileEntry {
	const { profile, createdAt, paused, gone: deletedHash } = record;
	const lastSeenNumber =
		record.seen < MAX_VERSION_NUMBER ? record.seen : history.lastNumber;
	const found = v.safeParse(sessionSchema, data.sessions.get(profile.id));
	const known = found.success ? found.output : undefined;
	const isOwn =
		known?.source === sessionKeyOf(profile) &&
		(known.profile === undefined || known.profile === profile.id);
	const newest = history.versions[0]?.number ?? 0;
	const hasBytes = !data.idsWithoutBody.has(profile.id);
	const loss = detectLoss({
		record: { ...record, seen: lastSeenNumber },
		newest: history.lastNumber,
		sessionNewest: isOwn ? (known.newest ?? 0) : 0,
		hasBytes,
		now,
	});
	// With its newest version lost, "unchanged" would refer to content that is not here. A new session gets it again.
	const isUsable =
		isOwn &&
		hasBytes &&
		history.lastNumber === newest &&
		(deletedHash !== undefined || (known.newest ?? 0) <= newest);
	const versions =
		isUsable && deletedHash === undefined
			? withConfirmedAt(history.versions, known.checkedAt)
			: history.versions;
	const fresh = newSession(profile.minimumPollIntervalSeconds);
	const session = isOwn ? known.session : fresh;
	const checkedAt = known?.checkedAt ?? versions[0]?.confirmedAt;
	const verifiedAt = isUsable ? known.verifiedAt : undefined;
	const hint = data.accessKeyHints.get(profile.id);
	return {
		profile,
		createdAt,
		paused,
		lastSeenNumber,
		...(record.lastSeenAt === undefined
			? {}
			: { lastSeenAt: record.lastSeenAt }),
		...(record.baseline ? { baseline: record.baseline } : {}),
		...(record.watchedPaths ? { watchedPaths: record.watchedPaths } : {}),
		...(record.notificationRule
			? { notificationRule: record.notificationRule }
			: {}),
		session: afterRestart(isUsable ? session : withoutToken(session)),
		versions,
		// An earlier worker ended before it deleted the version, or after it stored it again.
		...(deletedHash === undefined || deletedHash === versions[0]?.hash
			? {}
			: { deletedHash }),
		...(loss ? { loss } : {}),
		...(verifiedAt === undefined ? {} : { verifiedAt }),
		lastNumber: Math.max(lastSeenNumber, history.lastNumber, loss?.upTo ?? 0),
		usage: known?.usage ?? NO_USAGE,
		...(checkedAt === undefined ? {} : { checkedAt }),
		...(hint === undefined ? {} : { accessKeyHint: hint }),
	};
}

/** What the history was, and what is left of it. */
interface Evidence {
	readonly record: ProfileRecord;
	/** The highest number of a stored row; 0 = none. */
	readonly newest: number;
	/** The number of the version that the session would call unchanged; 0 = none. */
	readonly sessionNewest: number;
	readonly hasBytes: boolean;
	readonly now: number;
}

/** A loss that the record already contains is not reported again. */
function detectLoss(evidence: Evidence): HistoryLoss | undefined {
	const { record, newest, sessionNewest, hasBytes, now } = evidence;
	const { loss, gone, seen } = record;
	const had = gone === undefined ? Math.max(seen, sessionNewest) : 0;
	const upTo = Math.max(had, newest);
	const isLost = had > newest || !hasBytes;
	if (!isLost || (loss && loss.upTo >= upTo)) return loss;
	return { at: now, upTo, what: had > newest ? "versions" : "bytes" };
}

/** The session's record has the time of the last confirmation; the version's row is written less often. */
function withConfirmedAt(
	[newest, ...older]: readonly Version[],
	checkedAt = 0,
): readonly Version[] {
	if (!newest) return older;
	const confirmedAt = Math.max(newest.confirmedAt, checkedAt);
	return [{ ...newest, confirmedAt }, ...older];
}

function afterRestart(session: Session): Session {
	return transition(session, { type: "restored" }, { now: 0, random: 0 })
		.session;
}

export function parseVersion(raw: unknown): Version | undefined {
	const result = v.safeParse(versionSchema, raw);
	return result.success ? result.output : undefined;
}

interface History {
	readonly versions: readonly Version[];
	/** The numbers of unreadable rows. */
	readonly unreadable: readonly number[];
	/** The highest number of all rows, readable or not; 0 = none. */
	readonly lastNumber: number;
}

function parseVersions(stored: StoredData, id: ProfileId): History {
	const rows = stored.versions.get(id) ?? [];
	const versions: Version[] = [];
	const unreadable: number[] = [];
	for (const { number, row } of rows) {
		const version = parseVersion(row);
		if (version?.number === number) versions.push(version);
		else unreadable.push(number);
	}
	return {
		versions: versions.sort((a, b) => b.number - a.number),
		unreadable,
		lastNumber: Math.max(
			0,
			...rows
				.map(({ number }) => number)
				.filter((each) => each < MAX_VERSION_NUMBER),
		),
	};
}
