// What a view saw last, where the next one finds it without waiting: storage.local answers only after the first frame.
import type { Snapshot } from "../../core/snapshot.ts";
import { toStoredSnapshot } from "../../core/stored-snapshot.ts";
import { keepItem } from "../parts/keep-item.ts";
import { parseStoredSnapshot } from "./message.ts";

/** The part of localStorage used here. */
export type SnapshotMemory = Pick<Storage, "getItem" | "setItem">;

const KEY = "snapshot";
/** A poll changes the snapshot several times. */
const WAIT_MS = 500;

export function createMemory(storage: SnapshotMemory) {
	let waiting: Snapshot | undefined;

	function write(): void {
		const text = waiting && JSON.stringify(toStoredSnapshot(waiting));
		waiting = undefined;
		if (text) keepItem(storage, KEY, text);
	}

	return {
		recall: () => parseStoredSnapshot(storage.getItem(KEY)),
		keep(snapshot: Snapshot): void {
			if (!waiting) setTimeout(write, WAIT_MS);
			waiting = snapshot;
		},
	};
}
