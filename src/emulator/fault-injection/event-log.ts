// A record of what the service did, for tests that want to prove something about a client.
import { hash } from "node:crypto";
import type { Clock } from "../clock.ts";

export type LedgerEvent =
	| "session-started"
	| "token-issued"
	| "token-accepted"
	| "token-refused"
	| "too-early"
	| "version-served"
	| "unchanged"
	| "fault";

export interface LedgerEntry {
	readonly index: number;
	/** Epoch ms, by the emulator's clock. */
	readonly at: number;
	readonly event: LedgerEvent;
	readonly session?: number;
	/** The first 16 hex digits of the token's SHA-256; the token itself stays between client and server. */
	readonly token?: string;
	/** `application/environment/profile`. */
	readonly subject?: string;
	readonly sha256?: string;
	readonly label?: string;
	readonly bytes?: number;
	readonly intervalSeconds?: number;
	readonly reason?: string;
}

export interface Ledger {
	record(entry: Omit<LedgerEntry, "index" | "at">): void;
	entries(from: number): readonly LedgerEntry[];
	/** False when nobody will read it: then callers spare themselves the hashing. */
	readonly kept: boolean;
}

/** Old entries go first, so that a long run does not fill the memory; `index` shows that some are gone. */
const LARGEST = 500_000;

export const NO_LEDGER: Ledger = {
	record() {},
	entries: () => [],
	kept: false,
};

export function createLedger(clock: Clock): Ledger {
	let entries: LedgerEntry[] = [];
	let count = 0;
	return {
		record(entry) {
			entries.push({ index: count++, at: clock(), ...entry });
			if (entries.length > LARGEST) entries = entries.slice(LARGEST / 10);
		},
		entries: (from) => entries.filter((entry) => entry.index >= from),
		kept: true,
	};
}

export function toTokenId(token: string): string {
	return hash("sha256", token, "hex").slice(0, 16);
}
