// One conversation with the service about one profile: what it can be, and what can happen to it.
import type { Fault } from "./fault.ts";
import { DEFAULT_INTERVAL_SECONDS } from "./schedule.ts";

declare const token: unique symbol;
/** Opaque, single-use, secret: never leaves the background. */
export type Token = string & { readonly [token]: true };

export interface SessionBase {
	/** Counts calls, so that the answer to a call that was given up is not taken for the answer to a newer one. */
	readonly attempt: number;
	/** Calls failed in a row. */
	readonly failures: number;
	/** The service's NextPollIntervalInSeconds, once known. */
	readonly intervalSeconds: number;
	/** What the service asked for, where that is out of bounds. */
	readonly requestedIntervalSeconds?: number;
	/** Shown until a poll succeeds, also while trying again. */
	readonly fault?: Fault;
	/** Epoch ms at which a refused token was last replaced without a word. */
	readonly reopenedAt?: number;
	/** Epoch ms at which a session was opened anew since the content was lost here. */
	readonly refetchedAt?: number;
}

export interface CallInFlight {
	/** Epoch ms at which the call was made. */
	readonly startedAt: number;
	/** Paused meanwhile: its answer is taken in, and nothing more is asked. */
	readonly isLast?: true;
}

export interface HeldToken {
	readonly token: Token;
	/** Epoch ms at which the token was received. */
	readonly tokenAt: number;
	/** Nothing has been received with it yet: an empty body says that the configuration is empty. */
	readonly isFirst?: true;
}

/** Times are epoch ms. A session in `opening` or `polling` has a call under way; in `idle` it is due at once. */
export type Session =
	| (SessionBase & { readonly phase: "idle" })
	| (SessionBase & CallInFlight & { readonly phase: "opening" })
	| (SessionBase & CallInFlight & HeldToken & { readonly phase: "polling" })
	| (SessionBase &
			HeldToken & { readonly phase: "waiting"; readonly dueAt: number })
	| (SessionBase & {
			readonly phase: "resting";
			readonly fault: Fault;
			readonly dueAt: number;
			/** Kept only when the service did not look at it (too early, throttled). */
			readonly held?: HeldToken;
			/** The computer was offline as the call failed: it is due as soon as it is not. */
			readonly wasOffline?: true;
	  })
	| (SessionBase & { readonly phase: "halted"; readonly fault: Fault });

export type CallingSession = Extract<Session, CallInFlight>;

export type SessionEvent =
	| { readonly type: "tick" }
	| { readonly type: "pollRequested" }
	| { readonly type: "paused" }
	| { readonly type: "restored" }
	/** The computer is online again. */
	| { readonly type: "online" }
	/** The newest version cannot be read any more, so the token's next "unchanged" would be about content that is lost. */
	| { readonly type: "contentLost" }
	/** What was asked is asked no more; `intervalSeconds` is the profile's own, until the service has spoken. */
	| { readonly type: "reset"; readonly intervalSeconds: number }
	| {
			readonly type: "opened";
			readonly attempt: number;
			readonly token: Token;
	  }
	| {
			readonly type: "polled";
			readonly attempt: number;
			readonly token: Token;
			readonly intervalSeconds: number;
			readonly requestedIntervalSeconds?: number;
			/** "Unchanged" was said about content that cannot be read any more. */
			readonly isContentLost?: true;
	  }
	| {
			readonly type: "failed";
			readonly attempt: number;
			readonly fault: Fault;
			/** No call was made. */
			readonly isUnsent?: true;
	  };

/** What a call to the service led to. */
export type ReplyEvent = Extract<SessionEvent, { attempt: number }>;

export type Effect =
	| { readonly type: "open"; readonly attempt: number }
	| { readonly type: "poll"; readonly attempt: number; readonly token: Token };

export interface Transition {
	readonly session: Session;
	readonly effect?: Effect;
}

/** What polling has cost since the browser started. */
export interface Usage {
	/** Epoch ms of the first call. */
	readonly since: number;
	readonly calls: number;
	/** Configurations received: what AWS charges besides calls. */
	readonly received: number;
}

export const NO_USAGE: Usage = { since: 0, calls: 0, received: 0 };

/** `random` is 0 ≤ r < 1. */
export interface TransitionContext {
	readonly now: number;
	readonly random: number;
	/** How many other profiles there are. */
	readonly otherProfiles?: number;
	/** Absent: nobody can tell. */
	readonly isOnline?: boolean;
	/** The session's call is being made by this worker, and is bounded in time. */
	readonly isCallInFlight?: boolean;
}

/** `intervalSeconds`: the profile's own, until the service has spoken. */
export function newSession(
	intervalSeconds: number = DEFAULT_INTERVAL_SECONDS,
): Session {
	return { phase: "idle", attempt: 0, failures: 0, intervalSeconds };
}

/** When the session wants to be woken, in epoch ms; 0 = at once, Infinity = not by time. */
export function dueAt(session: Session): number {
	if (session.phase === "idle") return 0;
	if (session.phase === "waiting" || session.phase === "resting")
		return session.dueAt;
	return Number.POSITIVE_INFINITY;
}

const TIMES = ["dueAt", "tokenAt", "startedAt", "reopenedAt", "refetchedAt"];

/** The clock was set back: everything is as far from now as it was before. */
export function shiftTimes(session: Session, byMs: number): Session {
	const { fault } = session;
	const shifted = {
		...shift(session, TIMES, byMs),
		...(fault ? { fault: shift(fault, ["at"], byMs) } : {}),
	};
	return shifted.phase === "resting" && shifted.held
		? { ...shifted, held: shift(shifted.held, ["tokenAt"], byMs) }
		: shifted;
}

function shift<T extends object>(
	value: T,
	times: readonly string[],
	byMs: number,
): T {
	return Object.fromEntries(
		Object.entries(value).map(([key, time]) => [
			key,
			times.includes(key) && typeof time === "number" ? time - byMs : time,
		]),
	) as T;
}
