// Keeps the last snapshot in storage.local, so that a view has something true to show before the worker is awake.
import { SNAPSHOT_KEY } from "../core/contract.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Area } from "./vault.ts";

/** A poll changes the snapshot several times; a view that opens is told what is newer anyway. Well under the worker's 30 s. */
const WAIT_MS = 1_000;

/** At most one write a second, of the newest snapshot. */
export function createKeepsake(local: Area): (snapshot: Snapshot) => void {
	let waiting: Snapshot | undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;

	async function write(): Promise<void> {
		timer = undefined;
		const text = JSON.stringify(waiting);
		// A full disk costs the head start, nothing else: what matters is saved, and reported, by the vault.
		await local.set({ [SNAPSHOT_KEY]: text }).catch(ignore);
	}

	return (snapshot) => {
		waiting = snapshot;
		if (timer === undefined) timer = setTimeout(write, WAIT_MS);
	};
}

function ignore(): void {}
