// What a session does next, as a pure transition: an event and the time in, the next session and what to do out.
import { dispositionOf, type Fault, isAboutNetwork, restOf } from "./fault.ts";
import {
	isTokenStale,
	LONGEST_CALL_MS,
	longestWaitMs,
	nextPollAt,
	REOPEN_SILENCE_MS,
	RETRY_FLOOR_MS,
	restMs,
	spreadMs,
	WATCHDOG_MS,
} from "./schedule.ts";
import type {
	CallingSession,
	Held,
	Moment,
	Pace,
	Session,
	SessionEvent,
	Step,
} from "./session.ts";

export function step(
	session: Session,
	event: SessionEvent,
	moment: Moment,
): Step {
	switch (event.type) {
		case "woke":
			return woke(session, moment);
		case "asked":
			return asked(session, moment);
		case "paused":
			return isCalling(session)
				? { session: { ...session, isLast: true } }
				: { session };
		case "restored":
			return { session: restored(session) };
		case "online":
			return session.phase === "resting" && isAboutNetwork(session.fault)
				? goOn(session, session.held, moment.now)
				: { session };
		case "content-lost":
			return contentLost(session, moment);
		case "reset":
			return { session: reset(session, event.intervalSeconds) };
		case "opened":
		case "polled":
		case "failed":
			if (event.attempt !== session.attempt) return { session };
			return answered(session, event, moment);
	}
}

function woke(session: Session, moment: Moment): Step {
	const { now } = moment;
	if (session.phase === "idle") return open(session, now);
	if (isCalling(session)) return watched(session, moment);
	if (session.phase === "halted") return { session };
	const isBackOnline =
		session.phase === "resting" && session.wasOffline && moment.isOnline;
	if (now < session.dueAt && !isBackOnline && !isTimeWrong(session, now))
		return { session };
	if (session.phase === "resting") return goOn(session, session.held, now);
	if (now >= session.dueAt) return goOn(session, session, now);
	// It must not put the next poll hours away; a whole interval from now is never too early.
	const dueAt = nextPollAt(now, session.intervalSeconds);
	return { session: { ...session, tokenAt: now, dueAt } };
}

function isCalling(session: Session): session is CallingSession {
	return session.phase === "opening" || session.phase === "polling";
}

/** What a session waits since lies in the future, or what it waits for is further off than anything is waited for. */
function isTimeWrong(
	session: Extract<Session, { dueAt: number }>,
	now: number,
): boolean {
	const isResting = session.phase === "resting";
	const since = isResting ? session.fault.at : session.tokenAt;
	const longest = longestWaitMs(session.intervalSeconds, isResting);
	return now < since || session.dueAt - now > longest;
}

function goOn(session: Session, held: Held | undefined, now: number): Step {
	return held && !isTokenStale(held.tokenAt, now)
		? poll(session, held, now)
		: open(session, now);
}

// Every call has a timeout, so one without an answer was lost: by a bug, or by a clock that was set.
function watched(session: CallingSession, moment: Moment): Step {
	const limit = moment.isUnderWay ? LONGEST_CALL_MS : WATCHDOG_MS;
	const isLost = Math.abs(moment.now - session.startedAt) >= limit;
	if (!isLost) return { session: withoutEnd(session) };
	return failed(
		session,
		{
			kind: "timeout",
			operation:
				session.phase === "opening"
					? "StartConfigurationSession"
					: "GetLatestConfiguration",
			at: moment.now,
			detail: "",
		},
		moment,
	);
}

// Asked for again after a pause: what follows the answer is done as well.
function withoutEnd(session: CallingSession): Session {
	if (!session.isLast) return session;
	const { isLast: _, ...goesOn } = session;
	return goesOn;
}

function asked(session: Session, moment: Moment): Step {
	if (session.phase === "halted") return open(session, moment.now);
	if (session.phase !== "resting") return woke(session, moment);
	// A kept token has an interval to obey; opening a session has none, but each one may be charged.
	if (session.held || session.fault.kind === "throttled")
		return woke(session, moment);
	if (isTimeWrong(session, moment.now)) return woke(session, moment);
	const retryAt = Math.min(session.dueAt, session.fault.at + RETRY_FLOOR_MS);
	if (moment.now >= retryAt) return open(session, moment.now);
	return { session: { ...session, dueAt: retryAt } };
}

// "Unchanged" is worth something to who has the content: a new session brings it again. Each time is charged, so a storage
// that loses it time and again is not served more often than once in a while.
function contentLost(session: Session, { now }: Moment): Step {
	const { refetchedAt } = session;
	const isAgain =
		refetchedAt !== undefined &&
		Math.abs(now - refetchedAt) < REOPEN_SILENCE_MS;
	if (isAgain) return { session };
	if (session.phase !== "waiting" && session.phase !== "polling")
		return { session: withoutToken(session) };
	if (isCalling(session) && session.isLast)
		return { session: { ...pace(session), refetchedAt: now, phase: "idle" } };
	return open(session, now, { refetchedAt: now });
}

/** The same session, which has to begin anew when it goes on. */
export function withoutToken(session: Session): Session {
	if (session.phase === "waiting" || session.phase === "polling")
		return { ...pace(session), phase: "idle" };
	if (session.phase !== "resting") return session;
	const { held: _, ...rest } = session;
	return rest;
}

function reset(session: Session, intervalSeconds: number): Session {
	return {
		phase: "idle",
		attempt: session.attempt + 1,
		failures: 0,
		intervalSeconds,
	};
}

// What was in flight when the worker died may have reached the service: such a token is never sent again.
function restored(session: Session): Session {
	return isCalling(session) ? { ...pace(session), phase: "idle" } : session;
}

function answered(
	session: Session,
	event: Extract<SessionEvent, { attempt: number }>,
	moment: Moment,
): Step {
	if (event.type === "failed") return failed(session, event.fault, moment);
	const held: Held = {
		token: event.token,
		tokenAt: moment.now,
		...(event.type === "opened" ? { isFirst: true } : {}),
	};
	const isLast = isCalling(session) && session.isLast;
	if (event.type === "opened" && isLast)
		return {
			session: {
				...pace(session),
				...held,
				phase: "waiting",
				dueAt: moment.now,
			},
		};
	if (event.type === "opened") return poll(session, held, moment.now);
	const { attempt } = session;
	const { intervalSeconds, askedIntervalSeconds } = event;
	return {
		session: {
			...held,
			phase: "waiting",
			attempt,
			failures: 0,
			intervalSeconds,
			...(askedIntervalSeconds === undefined ? {} : { askedIntervalSeconds }),
			...remembered(session),
			dueAt:
				nextPollAt(moment.now, intervalSeconds) +
				spreadMs(intervalSeconds, moment),
		},
	};
}

function failed(session: Session, fault: Fault, moment: Moment): Step {
	const disposition = dispositionOf(fault);
	// An outage does not make the first full disk after it rest for an hour.
	const goesOn = session.fault && restOf(session.fault) === restOf(fault);
	const failures = goesOn || !session.fault ? session.failures + 1 : 1;
	const next = { ...pace(session), failures, fault };
	const isLast = isCalling(session) && session.isLast;
	if (disposition === "halt") return { session: { ...next, phase: "halted" } };
	if (disposition === "reopen" && isOrdinaryEnd(session, moment.now)) {
		if (isLast) return { session: { ...pace(session), phase: "idle" } };
		return open({ ...pace(session), failures, phase: "idle" }, moment.now, {
			reopenedAt: moment.now,
		});
	}
	const held =
		disposition === "keep" && session.phase === "polling"
			? { held: heldOf(session) }
			: {};
	const { intervalSeconds } = session;
	const pause =
		fault.kind === "too-early"
			? nextPollAt(0, intervalSeconds)
			: restMs(restOf(fault), {
					failures,
					intervalSeconds,
					random: moment.random,
				});
	const wasOffline =
		moment.isOnline === false && isAboutNetwork(fault)
			? { wasOffline: true as const }
			: {};
	return {
		session: {
			...next,
			...held,
			...wasOffline,
			phase: "resting",
			dueAt: moment.now + pause + spreadMs(intervalSeconds, moment),
		},
	};
}

// An expired token is how a session ends, and no fault to the user; a service that refuses one after another is.
function isOrdinaryEnd(session: Session, now: number): boolean {
	if (session.failures > 0) return false;
	const { reopenedAt } = session;
	return reopenedAt === undefined || now - reopenedAt >= REOPEN_SILENCE_MS;
}

function open(
	session: Session,
	now: number,
	change: Pick<Pace, "reopenedAt" | "refetchedAt"> = {},
): Step {
	const attempt = session.attempt + 1;
	return {
		session: {
			...pace(session),
			...change,
			attempt,
			startedAt: now,
			phase: "opening",
		},
		effect: { type: "open", attempt },
	};
}

function poll(session: Session, held: Held, now: number): Step {
	const attempt = session.attempt + 1;
	const { token } = held;
	return {
		session: {
			...pace(session),
			...heldOf(held),
			attempt,
			startedAt: now,
			phase: "polling",
		},
		effect: { type: "poll", attempt, token },
	};
}

function heldOf({ token, tokenAt, isFirst }: Held): Held {
	return { token, tokenAt, ...(isFirst ? { isFirst } : {}) };
}

function pace(session: Session): Pace {
	const { attempt, failures, intervalSeconds, fault } = session;
	const { askedIntervalSeconds } = session;
	return {
		attempt,
		failures,
		intervalSeconds,
		...(askedIntervalSeconds === undefined ? {} : { askedIntervalSeconds }),
		...(fault ? { fault } : {}),
		...remembered(session),
	};
}

/** What is kept from one session with the service to the next. */
function remembered({ reopenedAt, refetchedAt }: Pace) {
	return {
		...(reopenedAt === undefined ? {} : { reopenedAt }),
		...(refetchedAt === undefined ? {} : { refetchedAt }),
	};
}
