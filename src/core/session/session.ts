import type { Fault } from "./fault.ts";
import { DEFAULT_INTERVAL_SECONDS } from "./schedule.ts";

declare const token: unique symbol;
/** Opaque, secret, valid for a single call. Never leaves the background. */
export type Token = string & { readonly [token]: true };

export interface SessionBase {
	/** Numbers the calls, so that a late reply to a call that was given up is not taken for the reply to a newer one. */
	readonly attempt: number;
	/** Consecutive failed calls. */
	readonly failures: number;
	/** The service's NextPollIntervalInSeconds; until the first reply, the profile's own. */
	readonly intervalSeconds: number;
	/** The interval that the service asked for, where that is out of bounds. */
	readonly requestedIntervalSeconds?: number;
	/** Stays until a poll succeeds, also during retries. */
	readonly fault?: Fault;
	/** Epoch ms at which a refused token was last replaced without reporting a fault. */
	readonly reopenedAt?: number;
	/** Epoch ms at which a new session was last opened to get lost content again. */
	readonly refetchedAt?: number;
}

export interface CallInFlight {
	/** Epoch ms at which the call was made. */
	readonly startedAt: number;
	/** The user paused the profile during the call: the reply is stored, and no further call is made. */
	readonly pauseAfterReply?: true;
}

export interface SessionToken {
	readonly token: Token;
	/** Epoch ms at which the token was received. */
	readonly tokenAt: number;
	/** The session's first poll: an empty body means an empty configuration, not "unchanged". */
	readonly isFirst?: true;
}

/**
 * One session with the service for one profile. Times are epoch ms. `opening` and `polling` have a call in flight, `idle`
 * is due at once, `waiting` and `resting` are due at `dueAt`, `halted` needs the user.
 */
export type Session =
	| (SessionBase & { readonly phase: "idle" })
	| (SessionBase & CallInFlight & { readonly phase: "opening" })
	| (SessionBase & CallInFlight & SessionToken & { readonly phase: "polling" })
	| (SessionBase &
			SessionToken & { readonly phase: "waiting"; readonly dueAt: number })
	| (SessionBase & {
			readonly phase: "resting";
			readonly fault: Fault;
			readonly dueAt: number;
			/** Present when the service refused the call without using the token (too early, throttled). */
			readonly keptToken?: SessionToken;
			/** The computer was offline when the call failed: due as soon as it is online. */
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
	/** Gives the session and any call in flight up. `intervalSeconds` is the profile's own. */
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
			/** No call was made, for want of credentials or a permission. */
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
	/** The number of other profiles. */
	readonly otherProfiles?: number;
	/** Absent when unknown. */
	readonly isOnline?: boolean;
	/** This worker is making the session's call (an earlier one may have died during it). */
	readonly isCallInFlight?: boolean;
}

/** `intervalSeconds` is the profile's own; the service's replaces it with the first reply. */
export function newSession(
	intervalSeconds: number = DEFAULT_INTERVAL_SECONDS,
): Session {
	return { phase: "idle", attempt: 0, failures: 0, intervalSeconds };
}

/** When the next call is due, in epoch ms; 0 = at once, Infinity = never by itself. */
export function dueAt(session: Session): number {
	if (session.phase === "idle") return 0;
	if (session.phase === "waiting" || session.phase === "resting")
		return session.dueAt;
	return Number.POSITIVE_INFINITY;
}

const TIMES = ["dueAt", "tokenAt", "startedAt", "reopenedAt", "refetchedAt"];

/** Moves all times back with a clock that was set back by `byMs`. */
export function shiftTimes(session: Session, byMs: number): Session {
	const { fault } = session;
	const shifted = {
		...shift(session, TIMES, byMs),
		...(fault ? { fault: shift(fault, ["at"], byMs) } : {}),
	};
	return shifted.phase === "resting" && shifted.keptToken
		? { ...shifted, keptToken: shift(shifted.keptToken, ["tokenAt"], byMs) }
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
