// The engine: sessions, history and commands over the ports; the one writer of the state.
import { createCommands } from "./commands.ts";
import type { Remote } from "./contract.ts";
import { createDesk, restore, retryFault, wakeAll } from "./desk.ts";
import type { FaultKind } from "./fault.ts";
import type { Ports } from "./ports.ts";
import { type Snapshot, toSnapshot } from "./snapshot.ts";

export interface Engine {
	readonly remote: Remote;
	/** The alarm rang, or might have: does what is due. */
	wake(): Promise<void>;
	/** What a fault was about has changed outside (a permission was granted): asks again where it stands in the way. */
	retry(kind: FaultKind): Promise<void>;
	/** Answers once what was stored has been read. */
	snapshot(): Promise<Snapshot>;
	/** Called after every change; returns its stop. */
	subscribe(listener: (snapshot: Snapshot) => void): () => void;
}

/** Reads the vault at once; whatever is asked of the engine waits for that. */
export function createEngine(ports: Ports): Engine {
	const desk = createDesk(ports);
	void desk.enqueue(() => restore(desk));
	return {
		remote: createCommands(desk),
		wake: () => desk.enqueue(() => wakeAll(desk)),
		retry: (kind) => desk.enqueue(() => retryFault(desk, kind)),
		snapshot: () =>
			desk.enqueue(async () => toSnapshot(desk.state, ports.clock.now())),
		subscribe: (listener) => {
			desk.listeners.add(listener);
			return () => desk.listeners.delete(listener);
		},
	};
}
