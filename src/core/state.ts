// The whole state, and what of it is stored: parsed and migrated here, never trusted.
import * as v from "valibot";
import { type FaultKind, isFaultKind, OPERATIONS } from "./fault.ts";
import type { Version } from "./history.ts";
import type { Stored } from "./ports.ts";
import type { Profile, ProfileId } from "./profile.ts";
import { NEW_SESSION, type Session, step, type Token } from "./session.ts";

export interface Entry {
	readonly profile: Profile;
	/** Epoch ms; profiles are listed in this order. */
	readonly createdAt: number;
	readonly paused: boolean;
	/** The number of the newest version that was looked at; 0 = none. */
	readonly seen: number;
	readonly session: Session;
	/** Newest first. */
	readonly versions: readonly Version[];
	/** Epoch ms of the last poll that succeeded. */
	readonly checkedAt?: number;
	readonly accessKeyHint?: string;
}

export interface State {
	readonly entries: readonly Entry[];
	/** Sentences about stored things that could not be used; the things themselves are left as they are. */
	readonly problems: readonly string[];
}

/** Kept across browser restarts. */
export interface ProfileRecord {
	readonly schema: typeof SCHEMA;
	readonly profile: Profile;
	readonly createdAt: number;
	readonly paused: boolean;
	readonly seen: number;
}

/** Kept for the browser session. */
export interface SessionRecord {
	readonly session: Session;
	readonly checkedAt?: number;
}

const SCHEMA = 1;

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
	region: v.string(),
	endpoint: v.exactOptional(v.string()),
	minimumPollIntervalSeconds: v.exactOptional(count),
});

const recordSchema = v.object({
	schema: v.literal(SCHEMA),
	profile: profileSchema,
	createdAt: time,
	paused: v.boolean(),
	seen: count,
});

const versionSchema = v.object({
	number: count,
	hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
	contentType: v.string(),
	label: v.exactOptional(v.string()),
	size: count,
	receivedAt: time,
	confirmedAt: time,
	pinned: v.boolean(),
});

const pace = { attempt: count, failures: count, intervalSeconds: time };
const held = { token, tokenAt: time };

const faultSchema = v.object({
	kind: v.custom<FaultKind>(isFaultKind),
	operation: v.picklist(OPERATIONS),
	at: time,
	detail: v.string(),
	requestId: v.exactOptional(v.string()),
	resourceType: v.exactOptional(v.string()),
});
const maybeFault = { fault: v.exactOptional(faultSchema) };

const sessionSchema = v.object({
	session: v.variant("phase", [
		v.object({ ...pace, ...maybeFault, phase: v.literal("idle") }),
		v.object({ ...pace, ...maybeFault, phase: v.literal("opening") }),
		v.object({ ...pace, ...maybeFault, ...held, phase: v.literal("polling") }),
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
		}),
		v.object({ ...pace, fault: faultSchema, phase: v.literal("halted") }),
	]),
	checkedAt: v.exactOptional(time),
});

export const EMPTY_STATE: State = { entries: [], problems: [] };

/** What cannot be read is named in `problems` and skipped; it is never overwritten or deleted. */
export function parseState(stored: Stored): State {
	const entries: Entry[] = [];
	const problems: string[] = [];
	for (const raw of stored.profiles) {
		const record = v.safeParse(recordSchema, raw);
		if (record.success) entries.push(restoreEntry(record.output, stored));
		else problems.push(problemOf(raw));
	}
	entries.sort((a, b) => a.createdAt - b.createdAt);
	return { entries, problems };
}

export function findEntry(state: State, id: ProfileId): Entry | undefined {
	return state.entries.find((entry) => entry.profile.id === id);
}

/** Replaces the entry of the same profile, or appends it. */
export function putEntry(state: State, entry: Entry): State {
	const { id } = entry.profile;
	const entries = findEntry(state, id)
		? state.entries.map((old) => (old.profile.id === id ? entry : old))
		: [...state.entries, entry];
	return { ...state, entries };
}

export function removeEntry(state: State, id: ProfileId): State {
	return {
		...state,
		entries: state.entries.filter((entry) => entry.profile.id !== id),
	};
}

export function toProfileRecord(entry: Entry): ProfileRecord {
	const { profile, createdAt, paused, seen } = entry;
	return { schema: SCHEMA, profile, createdAt, paused, seen };
}

export function toSessionRecord(entry: Entry): SessionRecord {
	const { session, checkedAt } = entry;
	return { session, ...(checkedAt === undefined ? {} : { checkedAt }) };
}

function restoreEntry(record: ProfileRecord, stored: Stored): Entry {
	const { id } = record.profile;
	const found = v.safeParse(sessionSchema, stored.sessions.get(id));
	const known = found.success ? found.output : undefined;
	const versions = parseVersions(stored.versions.get(id) ?? []);
	const checkedAt = known?.checkedAt ?? versions[0]?.confirmedAt;
	const hint = stored.accessKeyHints.get(id);
	return {
		profile: record.profile,
		createdAt: record.createdAt,
		paused: record.paused,
		seen: record.seen,
		session: afterRestart(known?.session ?? NEW_SESSION),
		versions,
		...(checkedAt === undefined ? {} : { checkedAt }),
		...(hint === undefined ? {} : { accessKeyHint: hint }),
	};
}

function afterRestart(session: Session): Session {
	return step(session, { type: "restored" }, { now: 0, random: 0 }).session;
}

function parseVersions(rows: readonly unknown[]): readonly Version[] {
	return rows
		.map((row) => v.safeParse(versionSchema, row))
		.flatMap((result) => (result.success ? [result.output] : []))
		.sort((a, b) => b.number - a.number);
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
