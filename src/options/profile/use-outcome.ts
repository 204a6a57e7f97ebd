import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";

/** The profile that was saved last, until it is known whether it can be polled. */
let awaited: { readonly id: string; readonly since: number } | undefined;

export function expectPollResult(id: string, since: number): void {
	awaited = { id, since };
}

/** Brings what went wrong with a profile that was just saved into sight, and gives it the focus unless the user has gone on. */
export function useFocusFailedPoll(
	entry: ProfileSnapshot | undefined,
	bar: RefObject<HTMLElement | null>,
): void {
	const { fault, checkedAt } = entry ?? {};
	useEffect(() => {
		if (!awaited || awaited.id !== entry?.profile.id) return;
		const { since } = awaited;
		if (fault && fault.at >= since) {
			awaited = undefined;
			if (!isAtSubmit()) return;
			bar.current?.scrollIntoView({ block: "center" });
			bar.current?.focus({ preventScroll: true });
		} else if (checkedAt && checkedAt >= since) awaited = undefined;
	}, [entry?.profile.id, fault?.at, checkedAt]);
}

function isAtSubmit(): boolean {
	const { activeElement, body } = document;
	return (
		activeElement === body ||
		activeElement?.closest("h1, .submit, .outcome") != null
	);
}
