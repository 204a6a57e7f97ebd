// What an operation of the control plane is given, and what it gives back.
import type { Clock } from "../clock.ts";
import type { Deliveries } from "../registry/served.ts";
import type { Store } from "../registry/store.ts";
import type { Reply, Request } from "../wire.ts";

export interface World {
	readonly store: Store;
	readonly clock: Clock;
	readonly deliveries: Deliveries;
}

/** Throws RefusalError for what the model calls an error. */
export type Operation = (
	world: World,
	request: Request,
	/** Of the path, decoded, in its order. */
	ids: readonly string[],
) => Reply;

export function noContent(): Reply {
	return { status: 204, headers: [], body: "", outcome: "ok" };
}
