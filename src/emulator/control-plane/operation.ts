import type { Clock } from "../clock.ts";
import type { Answer, Reply, Request } from "../http/types.ts";
import type { LinearSteps } from "../registry/rollout.ts";
import type { Store } from "../registry/store.ts";
import type { Validation } from "../validation/validation.ts";

export interface World {
	readonly store: Store;
	readonly clock: Clock;
	readonly validation: Validation;
	readonly linearSteps: LinearSteps;
}

/** Throws RefusalError for what the model calls an error. */
export type Operation = (
	world: World,
	request: Request,
	/** Of the path, decoded, in its order. */
	ids: readonly string[],
) => Answer;

export function noContent(): Reply {
	return { status: 204, headers: [], body: "", outcome: "ok" };
}
