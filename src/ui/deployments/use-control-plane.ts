// What the control plane answers, as a hook: asked for when the question changes, an answer that comes too late is not taken.
import { useEffect, useState } from "preact/hooks";
import type { ControlRefusal } from "../../core/protocol/control-plane.ts";
import type { Result } from "../../core/result.ts";

type Answer<T> = Result<T, ControlRefusal>;

export interface Asked<T> {
	/** `undefined` until it is there. */
	readonly answer: Answer<T> | undefined;
	/** Asks once more. */
	again(): void;
}

/** `key` says what is asked. */
export function useAnswer<T>(
	ask: () => Promise<Answer<T>>,
	key: string,
): Asked<T> {
	const [answer, setAnswer] = useState<Answer<T>>();
	const [times, setTimes] = useState(1);
	useEffect(() => {
		let isCurrent = true;
		const take = (found: Answer<T>) => {
			if (isCurrent) setAnswer(found);
		};
		ask().then(take, ({ message }: Error) =>
			take({ ok: false, error: { kind: "service-error", detail: message } }),
		);
		return () => {
			isCurrent = false;
		};
	}, [key, times]);
	return { answer, again: () => setTimes(times + 1) };
}
