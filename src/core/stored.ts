// What was stored, read back: parsed and migrated here, never trusted.
import * as v from "valibot";
import type { ConnectionId } from "./connection/connection.ts";
import { isRegion, parseEndpoint } from "./endpoint.ts";
import {
	type FaultKind,
	isFaultKind,
	isResourceType,
	OPERATIONS,
	type ResourceType,
	toStoredFault,
} from "./fault.ts";
import { MAX_NOTE, type Version } from "./history.ts";
import type { Stored } from "./ports.ts";
import { type ProfileId, sourceOf } from "./profile.ts";
import { MAX_INTERVAL_SECONDS, MIN_INTERVAL_SECONDS } from "./schedule.ts";
import { newSession, type Session, type Token } from "./session.ts";
import {
	type Entry,
	NO_USAGE,
	type ProfileRecord,
	SCHEMA,
	type State,
} from "./state.ts";
import { step } from "./step.ts";

const time = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
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
	gone: v.exactOptional(v.string()),
});

const versionSchema = v.object({
	number: count,
	hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
	contentType: v.string(),
	label: v.exactOptional(v.string()),
	configurationVersion: v.exactOptional(v.string()),
	size: count,
	receivedAt: time,
	confirmedAt: time,
	pinned: v.boolean(),
	note: v.exactOptional(v.pipe(v.string(), v.maxLength(MAX_NOTE))),
});

const pace = {
	attempt: count,
	failures: count,
	// Of an older version it may be out of bounds: no poll is closer than a second, or a day away.
	intervalSeconds: v.pipe(
		time,
		v.transform((seconds) =>
			Math.min(Math.max(seconds, 1), MAX_INTERVAL_SECONDS),
		),
	),
	askedIntervalSeconds: v.exactOptional(time),
	reopenedAt: v.exactOptional(time),
};
const calling = { startedAt: time };
const held = { token, tokenAt: time };

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
	// Older versions stored what the service had said.
	v.transform(toStoredFault),
);
const maybeFault = { fault: v.exactOptional(faultSchema) };

const sessionSchema = v.object({
	source: v.string(),
	session: v.variant("phase", [
		v.object({ ...pace, ...maybeFault, phase: v.literal("idle") }),
		v.object({
			...pace,
			...maybeFault,
			...calling,
			phase: v.literal("opening"),
		}),
		v.object({
			...pace,
			...maybeFault,
			...calling,
			...held,
			phase: v.literal("polling"),
		}),
		v.object({
			...pace,
			...maybeFault,
			...held,
			phase: v.literal("waiting"),
			dueAt: time,
		}),
		v.object({
			...pace,
			fault: faultSchema,
			phase: v.literal("resting"),
			dueAt: time,
			held: v.exactOptional(v.object(held)),
			wasOffline: v.exactOptional(v.literal(true)),
		}),
		v.object({ ...pace, fault: faultSchema, phase: v.literal("halted") }),
	]),
	usage: v.optional(
		v.object({ since: time, calls: count, received: count }),
		NO_USAGE,
	),
	checkedAt: v.exactOptional(time),
});

/** What cannot be read is named in `problems` and skipped; it is never overwritten or deleted. */
export function parseState(stored: Stored): State {
	const entries: Entry[] = [];
	const problems: string[] = [];
	for (const raw of stored.profiles) {
		const record = v.safeParse(recordSchema, raw);
		if (!record.success) {
			problems.push(problemOf(raw));
			continue;
		}
		const history = parseVersions(stored, record.output.profile.id);
		if (history.unreadable > 0)
			problems.push(
				`${history.unreadable} stored version(s) of “${record.output.profile.name}” could not be read. They are kept as they are, but not shown.`,
			);
		entries.push(restoreEntry(record.output, stored, history));
	}
	entries.sort((a, b) => a.createdAt - b.createdAt);
	return { entries, problems };
}

function restoreEntry(
	record: ProfileRecord,
	stored: Stored,
	history: History,
): Entry {
	const { profile, createdAt, paused, seen, gone } = record;
	const found = v.safeParse(sessionSchema, stored.sessions.get(profile.id));
	const known = found.success ? found.output : undefined;
	// Without its newest version a session would call something older "unchanged": a new one brings the content again.
	const isUsable =
		known?.source === sourceOf(profile) &&
		history.lastNumber === (history.versions[0]?.number ?? 0);
	const versions =
		isUsable && gone === undefined
			? confirmed(history.versions, known.checkedAt)
			: history.versions;
	const fresh = newSession(profile.minimumPollIntervalSeconds);
	const session = known && isUsable ? known.session : fresh;
	const checkedAt = known?.checkedAt ?? versions[0]?.confirmedAt;
	const hint = stored.accessKeyHints.get(profile.id);
	return {
		profile,
		createdAt,
		paused,
		seen,
		session: afterRestart(session),
		versions,
		// The worker died before it deleted the version, or after it brought it back.
		...(gone === undefined || gone === versions[0]?.hash ? {} : { gone }),
		lastNumber: Math.max(seen, history.lastNumber),
		usage: known?.usage ?? NO_USAGE,
		...(checkedAt === undefined ? {} : { checkedAt }),
		...(hint === undefined ? {} : { accessKeyHint: hint }),
	};
}

/** Of polls in a row that find nothing new not each is stored with the version. */
function confirmed(
	[newest, ...older]: readonly Version[],
	checkedAt = 0,
): readonly Version[] {
	if (!newest) return older;
	const confirmedAt = Math.max(newest.confirmedAt, checkedAt);
	return [{ ...newest, confirmedAt }, ...older];
}

function afterRestart(session: Session): Session {
	return step(session, { type: "restored" }, { now: 0, random: 0 }).session;
}

export function parseVersion(raw: unknown): Version | undefined {
	const result = v.safeParse(versionSchema, raw);
	return result.success ? result.output : undefined;
}

interface History {
	readonly versions: readonly Version[];
	readonly unreadable: number;
	/** Of all that were found, readable or not; 0 = none. */
	readonly lastNumber: number;
}

function parseVersions(stored: Stored, id: ProfileId): History {
	const rows = stored.versions.get(id) ?? [];
	const versions = rows.flatMap(({ number, row }) => {
		const version = parseVersion(row);
		return version?.number === number ? [version] : [];
	});
	return {
		versions: versions.sort((a, b) => b.number - a.number),
		unreadable: rows.length - versions.length,
		lastNumber: Math.max(0, ...rows.map(({ number }) => number)),
	};
}

function problemOf(raw: unknown): string {
	const newer = v.safeParse(
		v.object({ schema: v.pipe(v.number(), v.minValue(SCHEMA + 1)) }),
		raw,
	);
	return newer.success
		? "A profile was saved by a newer version of AppConfig Inspector. It is kept as it is; update the extension to see it."
		: "A stored profile could not be read. It is kept as it is, but not shown.";
}
