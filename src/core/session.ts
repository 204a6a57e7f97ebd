// One conversation with the service about one profile, as a pure transition: an event and the time in, the next session and what to do out.
import { dispositionOf, type Fault } from "./fault.ts";
import {
	backoffMs,
	DEFAULT_INTERVAL_SECONDS,
	isTokenStale,
	longestWaitMs,
	nextPollAt,
	sooner,
} from "./schedule.ts";

declare const token: unique symbol;
/** Opaque, single-use, secret: never leaves the background. */
export type Token = string & { readonly [token]: true };

interface Pace {
	/** Counts calls, so that the answer to a call that was given up is not taken for the answer to a newer one. */
	readonly attempt: number;
	/** Calls failed in a row. */
	readonly failures: number;
	/** The service's NextPollIntervalInSeconds, once known. */
	readonly intervalSeconds: number;
	/** Shown until a poll succeeds, also while trying again. */
	readonly fault?: Fault;
}

interface Held {
	readonly token: Token;
	/** Epoch ms at which the token was received. */
	readonly tokenAt: number;
}

/** Times are epoch ms. A session in `opening` or `polling` has a call under way; in `idle` it is due at once. */
export type Session =
	| (Pace & { readonly phase: "idle" })
	| (Pace & { readonly phase: "opening" })
	| (Pace & Held & { readonly phase: "polling" })
	| (Pace & Held & { readonly phase: "waiting"; readonly dueAt: number })
	| (Pace & {
			readonly phase: "resting";
			readonly fault: Fault;
			readonly dueAt: number;
			/** Kept only when the service did not look at it (too early, throttled). */
			readonly held?: Held;
	  })
	| (Pace & { readonly phase: "halted"; readonly fault: Fault });

export type SessionEvent =
	| { readonly type: "woke" }
	| { readonly type: "asked" }
	| { readonly type: "restored" }
	| { readonly type: "reset" }
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
	  }
	| {
			readonly type: "failed";
			readonly attempt: number;
			readonly fault: Fault;
	  };

export type Effect =
	| { readonly type: "open"; readonly attempt: number }
	| { readonly type: "poll"; readonly attempt: number; readonly token: Token };

export interface Step {
	readonly session: Session;
	readonly effect?: Effect;
}

/** `random` is 0 ≤ r < 1. */
export interface Moment {
	readonly now: number;
	readonly random: number;
}

export const NEW_SESSION: Session = {
	phase: "idle",
	attempt: 0,
	failures: 0,
	intervalSeconds: DEFAULT_INTERVAL_SECONDS,
};

export function step(
	session: Session,
	event: SessionEvent,
	moment: Moment,
): Step {
	switch (event.type) {
		case "woke":
			return woke(session, moment.now);
		case "asked":
			return asked(session, moment.now);
		case "restored":
			return { session: restored(session) };
		case "reset":
			return { session: { ...NEW_SESSION, attempt: session.attempt + 1 } };
		case "opened":
		case "polled":
		case "failed":
			if (event.attempt !== session.attempt) return { session };
			return answered(session, event, moment);
	}
}

/** When the session wants to be woken, in epoch ms; 0 = at once, Infinity = not by time. */
export function dueAt(session: Session): number {
	if (session.phase === "idle") return 0;
	if (session.phase === "waiting" || session.phase === "resting")
		return session.dueAt;
	return Number.POSITIVE_INFINITY;
}

function woke(session: Session, now: number): Step {
	if (session.phase === "idle") return open(session);
	if (session.phase !== "waiting" && session.phase !== "resting")
		return { session };
	// A clock set back must not put the next poll hours away.
	const longest = longestWaitMs(session.phase, session.intervalSeconds);
	const due = sooner(session.dueAt, longest, now);
	if (now < due)
		return due === session.dueAt
			? { session }
			: { session: { ...session, dueAt: due } };
	const held = session.phase === "waiting" ? session : session.held;
	return held && !isTokenStale(held.tokenAt, now)
		? poll(session, held)
		: open(session);
}

function asked(session: Session, now: number): Step {
	switch (session.phase) {
		case "idle":
		case "halted":
			return open(session);
		case "resting":
			// Opening a session has no interval to obey; a kept token has.
			return session.held || session.fault.kind === "throttled"
				? woke(session, now)
				: open(session);
		default:
			return woke(session, now);
	}
}

// What was in flight when the worker died may have reached the service: such a token is never sent again.
function restored(session: Session): Session {
	if (session.phase !== "opening" && session.phase !== "polling")
		return session;
	return { ...pace(session), phase: "idle" };
}

function answered(
	session: Session,
	event: Extract<SessionEvent, { attempt: number }>,
	moment: Moment,
): Step {
	if (event.type === "failed") return failed(session, event.fault, moment);
	const held = { token: event.token, tokenAt: moment.now };
	if (event.type === "opened") return poll(session, held);
	const { intervalSeconds } = event;
	return {
		session: {
			...held,
			phase: "waiting",
			attempt: session.attempt,
			failures: 0,
			intervalSeconds,
			dueAt: nextPollAt(moment.now, intervalSeconds),
		},
	};
}

function failed(session: Session, fault: Fault, moment: Moment): Step {
	const disposition = dispositionOf(fault);
	const failures = session.failures + 1;
	const next = { ...pace(session), failures, fault };
	if (disposition === "halt") return { session: { ...next, phase: "halted" } };
	// An expired token is the ordinary end of a session: the first time it is no fault to the user.
	if (disposition === "reopen" && session.failures === 0)
		return open({ ...pace(session), failures, phase: "idle" });
	const held =
		disposition === "keep" && session.phase === "polling"
			? { held: { token: session.token, tokenAt: session.tokenAt } }
			: {};
	const pause =
		fault.kind === "too-early"
			? nextPollAt(moment.now, session.intervalSeconds) - moment.now
			: backoffMs(failures, session.intervalSeconds, moment.random);
	return {
		session: { ...next, ...held, phase: "resting", dueAt: moment.now + pause },
	};
}

function open(session: Session): Step {
	const attempt = session.attempt + 1;
	return {
		session: { ...pace(session), attempt, phase: "opening" },
		effect: { type: "open", attempt },
	};
}

function poll(session: Session, held: Held): Step {
	const attempt = session.attempt + 1;
	const { token, tokenAt } = held;
	return {
		session: { ...pace(session), attempt, token, tokenAt, phase: "polling" },
		effect: { type: "poll", attempt, token },
	};
}

function pace(session: Session): Pace {
	const { attempt, failures, intervalSeconds, fault } = session;
	return {
		attempt,
		failures,
		intervalSeconds,
		...(fault ? { fault } : {}),
	};
}
