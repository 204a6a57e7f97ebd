// Keeps the last snapshot in storage.local, so that a view has something true to show before the worker is awake.
import { SNAPSHOT_KEY } from "../core/contract.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Area } from "./vault.ts";

/** At most one write at a time; while it runs only the newest snapshot waits. */
export function createKeepsake(local: Area): (snapshot: Snapshot) => void {
	let waiting: Snapshot | undefined;
	let isWriting = false;

	async function write(): Promise<void> {
		isWriting = true;
		while (waiting) {
			const text = JSON.stringify(waiting);
			waiting = undefined;
			// A full disk costs the head start, nothing else: what matters is saved, and reported, by the vault.
			await local.set({ [SNAPSHOT_KEY]: text }).catch(ignore);
		}
		isWriting = false;
	}

	return (snapshot) => {
		waiting = snapshot;
		if (!isWriting) void write();
	};
}

function ignore(): void {}
