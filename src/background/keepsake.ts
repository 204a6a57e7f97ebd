// Keeps the last snapshot in storage.local, so that a view has something true to show before the worker is awake.
import { SNAPSHOT_KEY } from "../core/contract.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { toStoredSnapshot } from "../core/stored-snapshot.ts";
import type { Area } from "./vault.ts";

/** A poll changes the snapshot several times; a view that opens is told what is newer anyway. Well under the worker's 30 s. */
const WAIT_MS = 1_000;
/** How far times may be behind while nothing else changes: polls that find nothing new are most, and each would write all. */
const BEHIND_MS = 300_000;

/** And what is counted: it says nothing that a view needs before the background has answered. */
const TIMES = new Set([
	"takenAt",
	"checkedAt",
	"confirmedAt",
	"dueAt",
	"usage",
]);

/** At most one write a second, of the newest snapshot. */
export function createKeepsake(local: Area): (snapshot: Snapshot) => void {
	let written: Snapshot | undefined;
	let waiting: Snapshot | undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;

	async function write(): Promise<void> {
		timer = undefined;
		if (!waiting || isKnown(waiting)) return;
		written = waiting;
		const text = JSON.stringify(toStoredSnapshot(waiting));
		// A full disk costs the head start, nothing else: what matters is saved, and reported, by the vault.
		await local.set({ [SNAPSHOT_KEY]: text }).catch(() => {
			written = undefined;
		});
	}

	function isKnown(snapshot: Snapshot): boolean {
		if (!written) return false;
		const behind = Math.abs(snapshot.takenAt - written.takenAt);
		return behind < BEHIND_MS && isAlike(snapshot, written);
	}

	return (snapshot) => {
		waiting = snapshot;
		if (timer === undefined) timer = setTimeout(write, WAIT_MS);
	};
}

/** But for the times. What has not changed is mostly the same object. */
function isAlike(a: unknown, b: unknown): boolean {
	if (Object.is(a, b)) return true;
	if (!isObject(a) || !isObject(b)) return false;
	const keys = Object.keys(a);
	return (
		keys.length === Object.keys(b).length &&
		keys.every((key) => TIMES.has(key) || isAlike(a[key], b[key]))
	);
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null;
}
