// One call to the service: an effect in, the event that it led to out. Knows no state.

import type { PollResult, Ports } from "./ports.ts";
import type { Profile } from "./profile/profile.ts";
import { ok, type Result } from "./result.ts";
import {
	type Fault,
	type Operation,
	pickFaultFields,
} from "./session/fault.ts";
import type { Effect, SessionEvent, Token } from "./session/session.ts";
import { isStorageFull } from "./storage-refusal.ts";

export interface CallResult {
	readonly event: SessionEvent;
	/** A poll's reply, with the hash of its body when it has one. */
	readonly polled?: PollResult;
	readonly hash?: string;
}

export async function callService(
	ports: Ports,
	profile: Profile,
	effect: Effect,
): Promise<CallResult> {
	const { attempt } = effect;
	if (effect.type === "open") {
		const opened = await catchErrors(ports, "StartConfigurationSession", () =>
			ports.source.open(profile),
		);
		if (!opened.ok) return toFailedResult(attempt, opened.error);
		return { event: { type: "opened", attempt, token: opened.value } };
	}
	const reply = await catchErrors(ports, "GetLatestConfiguration", () =>
		pollAndHash(ports, profile, effect.token),
	);
	if (!reply.ok) return toFailedResult(attempt, reply.error);
	const { polled } = reply.value;
	const { token, intervalSeconds, requestedIntervalSeconds } = polled;
	return {
		event: {
			type: "polled",
			attempt,
			token,
			intervalSeconds,
			...(requestedIntervalSeconds === undefined
				? {}
				: { requestedIntervalSeconds }),
		},
		...reply.value,
	};
}

async function pollAndHash(
	ports: Ports,
	profile: Profile,
	token: Token,
): Promise<Result<{ polled: PollResult; hash?: string }, Fault>> {
	const reply = await ports.source.poll(profile, token);
	if (!reply.ok) return reply;
	const { body } = reply.value;
	if (!body) return ok({ polled: reply.value });
	return ok({ polled: reply.value, hash: await ports.hash(body) });
}

/** An error as a fault. Only its name is kept: a message may quote what was sent. */
export function faultFromError(
	error: unknown,
	operation: Operation,
	at: number,
): Fault {
	const kind = operation === "storage" ? "storage" : "unknown";
	const name = error instanceof Error ? error.name : "";
	// The browser's own storage calls it an Error, with words.
	const isFull = operation === "storage" && isStorageFull(error);
	const detail = isFull ? "QuotaExceededError" : name;
	return { kind, operation, at, detail };
}

// A source returns its faults; one that throws has a bug, and a session must not wait for its answer for ever.
async function catchErrors<T>(
	ports: Ports,
	operation: Operation,
	work: () => Promise<Result<T, Fault>>,
): Promise<Result<T, Fault>> {
	try {
		return await work();
	} catch (error) {
		const fault = faultFromError(error, operation, ports.clock.now());
		return { ok: false, error: fault };
	}
}

function toFailedResult(attempt: number, fault: Fault): CallResult {
	return {
		event: {
			type: "failed",
			attempt,
			fault: pickFaultFields(fault),
			...(fault.isUnsent ? { isUnsent: true } : {}),
		},
	};
}
