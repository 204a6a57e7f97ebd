// What the control plane answers, as a hook: asked for when the question changes, an answer that comes too late is not taken.
import { useEffect, useState } from "preact/hooks";
import type { ControlPlaneFault } from "../../core/protocol/control-plane.ts";
import type { Result } from "../../core/shared/result.ts";

type ControlPlaneResult<T> = Result<T, ControlPlaneFault>;

export interface ControlPlaneQuery<T> {
	/** `undefined` until it is there. */
	readonly result: ControlPlaneResult<T> | undefined;
	/** Asks once more. */
	refetch(): void;
}

/** `key` says what is asked. */
export function useControlPlane<T>(
	query: () => Promise<ControlPlaneResult<T>>,
	key: string,
): ControlPlaneQuery<T> {
	const [result, setAnswer] = useState<ControlPlaneResult<T>>();
	const [attempt, setAttempt] = useState(1);
	useEffect(() => {
		let isCurrent = true;
		const take = (found: ControlPlaneResult<T>) => {
			if (isCurrent) setAnswer(found);
		};
		query().then(take, ({ message }: Error) =>
			take({ ok: false, error: { kind: "service-error", detail: message } }),
		);
		return () => {
			isCurrent = false;
		};
	}, [key, attempt]);
	return { result, refetch: () => setAttempt(attempt + 1) };
}
