import type { Clock } from "../clock.ts";
import type { HttpRequest, Reply, ReplyOrPromise } from "../http/types.ts";
import type { LinearSteps } from "../registry/rollout.ts";
import type { Store } from "../registry/store.ts";
import type { Validation } from "../validation/validation.ts";

export interface OperationContext {
	readonly store: Store;
	readonly clock: Clock;
	readonly validation: Validation;
	readonly linearSteps: LinearSteps;
}

/** Throws RefusalError for what the model calls an error. */
export type Operation = (
	world: OperationContext,
	request: HttpRequest,
	/** Of the path, decoded, in its order. */
	ids: readonly string[],
) => ReplyOrPromise;

export function noContent(): Reply {
	return { status: 204, headers: [], body: "", outcome: "ok" };
}
