// What a session does next, as a pure transition: an event and the time in, the next session and what to do out.
import {
	dispositionOf,
	type Fault,
	isAboutNetwork,
	retryStrategyOf,
} from "./fault.ts";
import {
	isTokenStale,
	jitterMs,
	MAX_CALL_MS,
	MIN_RETRY_DELAY_MS,
	maxWaitMs,
	nextPollAt,
	retryDelayMs,
	SILENT_REOPEN_WINDOW_MS,
	WATCHDOG_MS,
} from "./schedule.ts";
import type {
	CallingSession,
	HeldToken,
	ReplyEvent,
	Session,
	SessionBase,
	SessionEvent,
	Transition,
	TransitionContext,
} from "./session.ts";

export function transition(
	session: Session,
	event: SessionEvent,
	context: TransitionContext,
): Transition {
	switch (event.type) {
		case "tick":
			return onTick(session, context);
		case "pollRequested":
			return onPollRequested(session, context);
		case "paused":
			return isCalling(session)
				? { session: { ...session, isLast: true } }
				: { session };
		case "restored":
			return { session: restored(session) };
		case "online":
			return session.phase === "resting" && isAboutNetwork(session.fault)
				? continueSession(session, session.held, context.now)
				: { session };
		case "contentLost":
			return onContentLost(session, context);
		case "reset":
			return { session: reset(session, event.intervalSeconds) };
		case "opened":
		case "polled":
		case "failed":
			if (event.attempt !== session.attempt) return { session };
			return onReply(session, event, context);
	}
}

function onTick(session: Session, context: TransitionContext): Transition {
	const { now } = context;
	if (session.phase === "idle") return open(session, now);
	if (isCalling(session)) return checkWatchdog(session, context);
	if (session.phase === "halted") return { session };
	const isBackOnline =
		session.phase === "resting" && session.wasOffline && context.isOnline;
	if (now < session.dueAt && !isBackOnline && !isTimeWrong(session, now))
		return { session };
	if (session.phase === "resting")
		return continueSession(session, session.held, now);
	if (now >= session.dueAt) return continueSession(session, session, now);
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
	const longest = maxWaitMs(session.intervalSeconds, isResting);
	return now < since || session.dueAt - now > longest;
}

function continueSession(
	session: Session,
	held: HeldToken | undefined,
	now: number,
): Transition {
	return held && !isTokenStale(held.tokenAt, now)
		? poll(session, held, now)
		: open(session, now);
}

// Every call has a timeout, so one without an answer was lost: by a bug, or by a clock that was set.
function checkWatchdog(
	session: CallingSession,
	context: TransitionContext,
): Transition {
	const limit = context.isCallInFlight ? MAX_CALL_MS : WATCHDOG_MS;
	const isLost = Math.abs(context.now - session.startedAt) >= limit;
	if (!isLost) return { session: cancelPause(session) };
	return onFailure(
		session,
		{
			kind: "timeout",
			operation:
				session.phase === "opening"
					? "StartConfigurationSession"
					: "GetLatestConfiguration",
			at: context.now,
			detail: "",
		},
		context,
	);
}

// Asked for again after a pause: what follows the answer is done as well.
function cancelPause(session: CallingSession): Session {
	if (!session.isLast) return session;
	const { isLast: _, ...goesOn } = session;
	return goesOn;
}

function onPollRequested(
	session: Session,
	context: TransitionContext,
): Transition {
	if (session.phase === "halted") return open(session, context.now);
	if (session.phase !== "resting") return onTick(session, context);
	// A kept token has an interval to obey; opening a session has none, but each one may be charged.
	if (session.held || session.fault.kind === "throttled")
		return onTick(session, context);
	if (isTimeWrong(session, context.now)) return onTick(session, context);
	const retryAt = Math.min(
		session.dueAt,
		session.fault.at + MIN_RETRY_DELAY_MS,
	);
	if (context.now >= retryAt) return open(session, context.now);
	return { session: { ...session, dueAt: retryAt } };
}

// "Unchanged" is worth something to who has the content: a new session brings it again. Each time is charged, so a storage
// that loses it time and again is not served more often than once in a while.
function onContentLost(
	session: Session,
	{ now }: TransitionContext,
): Transition {
	const { refetchedAt } = session;
	const isAgain =
		refetchedAt !== undefined &&
		Math.abs(now - refetchedAt) < SILENT_REOPEN_WINDOW_MS;
	if (isAgain) return { session };
	if (session.phase !== "waiting" && session.phase !== "polling")
		return { session: withoutToken(session) };
	if (isCalling(session) && session.isLast)
		return {
			session: { ...sessionBase(session), refetchedAt: now, phase: "idle" },
		};
	return open(session, now, { refetchedAt: now });
}

/** The same session, which has to begin anew when it goes on. */
export function withoutToken(session: Session): Session {
	if (session.phase === "waiting" || session.phase === "polling")
		return { ...sessionBase(session), phase: "idle" };
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
	return isCalling(session)
		? { ...sessionBase(session), phase: "idle" }
		: session;
}

function onReply(
	session: Session,
	event: ReplyEvent,
	context: TransitionContext,
): Transition {
	if (event.type === "failed") return onFailure(session, event.fault, context);
	if (event.type === "polled" && event.isContentLost) {
		const refetch = onContentLost(session, context);
		if (refetch.session !== session) return refetch;
	}
	const held: HeldToken = {
		token: event.token,
		tokenAt: context.now,
		...(event.type === "opened" ? { isFirst: true } : {}),
	};
	const isLast = isCalling(session) && session.isLast;
	if (event.type === "opened" && isLast)
		return {
			session: {
				...sessionBase(session),
				...held,
				phase: "waiting",
				dueAt: context.now,
			},
		};
	if (event.type === "opened") return poll(session, held, context.now);
	const { attempt } = session;
	const { intervalSeconds, requestedIntervalSeconds } = event;
	return {
		session: {
			...held,
			phase: "waiting",
			attempt,
			failures: 0,
			intervalSeconds,
			...(requestedIntervalSeconds === undefined
				? {}
				: { requestedIntervalSeconds }),
			...carriedOver(session),
			dueAt:
				nextPollAt(context.now, intervalSeconds) +
				jitterMs(intervalSeconds, context),
		},
	};
}

function onFailure(
	session: Session,
	fault: Fault,
	context: TransitionContext,
): Transition {
	const disposition = dispositionOf(fault);
	// An outage does not make the first full disk after it rest for an hour.
	const goesOn =
		session.fault && retryStrategyOf(session.fault) === retryStrategyOf(fault);
	const failures = goesOn || !session.fault ? session.failures + 1 : 1;
	const next = { ...sessionBase(session), failures, fault };
	const isLast = isCalling(session) && session.isLast;
	if (disposition === "halt") return { session: { ...next, phase: "halted" } };
	if (disposition === "reopen" && isOrdinaryTokenExpiry(session, context.now)) {
		if (isLast) return { session: { ...sessionBase(session), phase: "idle" } };
		return open(
			{ ...sessionBase(session), failures, phase: "idle" },
			context.now,
			{
				reopenedAt: context.now,
			},
		);
	}
	const held =
		disposition === "keep" && session.phase === "polling"
			? { held: pickHeldToken(session) }
			: {};
	const { intervalSeconds } = session;
	const pause =
		fault.kind === "too-early"
			? nextPollAt(0, intervalSeconds)
			: retryDelayMs(retryStrategyOf(fault), {
					failures,
					intervalSeconds,
					random: context.random,
				});
	const wasOffline =
		context.isOnline === false && isAboutNetwork(fault)
			? { wasOffline: true as const }
			: {};
	return {
		session: {
			...next,
			...held,
			...wasOffline,
			phase: "resting",
			dueAt: context.now + pause + jitterMs(intervalSeconds, context),
		},
	};
}

// An expired token is how a session ends, and no fault to the user; a service that refuses one after another is.
function isOrdinaryTokenExpiry(session: Session, now: number): boolean {
	if (session.failures > 0) return false;
	const { reopenedAt } = session;
	return (
		reopenedAt === undefined || now - reopenedAt >= SILENT_REOPEN_WINDOW_MS
	);
}

function open(
	session: Session,
	now: number,
	change: Pick<SessionBase, "reopenedAt" | "refetchedAt"> = {},
): Transition {
	const attempt = session.attempt + 1;
	return {
		session: {
			...sessionBase(session),
			...change,
			attempt,
			startedAt: now,
			phase: "opening",
		},
		effect: { type: "open", attempt },
	};
}

function poll(session: Session, held: HeldToken, now: number): Transition {
	const attempt = session.attempt + 1;
	const { token } = held;
	return {
		session: {
			...sessionBase(session),
			...pickHeldToken(held),
			attempt,
			startedAt: now,
			phase: "polling",
		},
		effect: { type: "poll", attempt, token },
	};
}

function pickHeldToken({ token, tokenAt, isFirst }: HeldToken): HeldToken {
	return { token, tokenAt, ...(isFirst ? { isFirst } : {}) };
}

function sessionBase(session: Session): SessionBase {
	const { attempt, failures, intervalSeconds, fault } = session;
	const { requestedIntervalSeconds } = session;
	return {
		attempt,
		failures,
		intervalSeconds,
		...(requestedIntervalSeconds === undefined
			? {}
			: { requestedIntervalSeconds }),
		...(fault ? { fault } : {}),
		...carriedOver(session),
	};
}

/** What is kept from one session with the service to the next. */
function carriedOver({ reopenedAt, refetchedAt }: SessionBase) {
	return {
		...(reopenedAt === undefined ? {} : { reopenedAt }),
		...(refetchedAt === undefined ? {} : { refetchedAt }),
	};
}
