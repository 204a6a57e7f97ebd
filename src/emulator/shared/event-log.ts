import { hash } from "node:crypto";
import type { Clock } from "./clock.ts";

export type EventType =
	| "session-started"
	| "token-issued"
	| "token-accepted"
	| "token-refused"
	| "too-early"
	| "version-served"
	| "unchanged"
	| "fault";

export interface EventLogEntry {
	readonly index: number;
	/** Epoch ms, by the emulator's clock. */
	readonly at: number;
	readonly event: EventType;
	readonly session?: number;
	/** The first 16 hex digits of the token's SHA-256; the log never contains tokens. */
	readonly token?: string;
	/** `application/environment/profile`. */
	readonly subject?: string;
	readonly sha256?: string;
	readonly label?: string;
	readonly bytes?: number;
	readonly intervalSeconds?: number;
	readonly reason?: string;
}

/** What the data plane did, for tests of clients. */
export interface EventLog {
	record(entry: Omit<EventLogEntry, "index" | "at">): void;
	entries(from: number): readonly EventLogEntry[];
	/** False when the log is not kept, so that callers need not compute hashes. */
	readonly enabled: boolean;
}

/** Beyond this the oldest entries are dropped. `index` shows how many are missing. */
const MAX_ENTRIES = 500_000;

export const DISABLED_EVENT_LOG: EventLog = {
	record() {},
	entries: () => [],
	enabled: false,
};

export function createEventLog(clock: Clock): EventLog {
	let entries: EventLogEntry[] = [];
	let count = 0;
	return {
		record(entry) {
			entries.push({ index: count++, at: clock(), ...entry });
			if (entries.length > MAX_ENTRIES)
				entries = entries.slice(MAX_ENTRIES / 10);
		},
		entries: (from) => entries.filter((entry) => entry.index >= from),
		enabled: true,
	};
}

export function hashToken(token: string): string {
	return hash("sha256", token, "hex").slice(0, 16);
}
