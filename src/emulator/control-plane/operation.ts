import type { HttpRequest, Reply, ReplyOrPromise } from "../http/messages.ts";
import type { LinearSteps } from "../registry/rollout.ts";
import type { Store } from "../registry/store.ts";
import type { Clock } from "../shared/clock.ts";
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
