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
	ReplyEvent,
	Session,
	SessionBase,
	SessionEvent,
	SessionToken,
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
				? { session: { ...session, pauseAfterReply: true } }
				: { session };
		case "restored":
			return { session: restored(session) };
		case "online":
			return session.phase === "resting" && isAboutNetwork(session.fault)
				? continueSession(session, session.keptToken, context.now)
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
		return continueSession(session, session.keptToken, now);
	if (now >= session.dueAt) return continueSession(session, session, now);
	// The clock was wrong: one whole interval from now is never too early, and not hours away.
	const dueAt = nextPollAt(now, session.intervalSeconds);
	return { session: { ...session, tokenAt: now, dueAt } };
}

function isCalling(session: Session): session is CallingSession {
	return session.phase === "opening" || session.phase === "polling";
}

/** The wait began in the future, or ends later than any wait can: the clock was set since. */
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
	token: SessionToken | undefined,
	now: number,
): Transition {
	return token && !isTokenStale(token.tokenAt, now)
		? poll(session, token, now)
		: open(session, now);
}

// Every call has a timeout, so one without a reply was lost: with a worker, by a bug, or by a clock that was set.
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

// A tick while a call is in flight means that the profile is not paused any more.
function cancelPause(session: CallingSession): Session {
	if (!session.pauseAfterReply) return session;
	const { pauseAfterReply: _, ...rest } = session;
	return rest;
}

function onPollRequested(
	session: Session,
	context: TransitionContext,
): Transition {
	if (session.phase === "halted") return open(session, context.now);
	if (session.phase !== "resting") return onTick(session, context);
	// A kept token must wait for its interval. Opening a session need not, but each one may be billed.
	if (session.keptToken || session.fault.kind === "throttled")
		return onTick(session, context);
	if (isTimeWrong(session, context.now)) return onTick(session, context);
	const retryAt = Math.min(
		session.dueAt,
		session.fault.at + MIN_RETRY_DELAY_MS,
	);
	if (context.now >= retryAt) return open(session, context.now);
	return { session: { ...session, dueAt: retryAt } };
}

// A new session brings the content again. Each time is billed, so a storage that keeps losing it gets it once an hour.
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
	if (isCalling(session) && session.pauseAfterReply)
		return {
			session: { ...sessionBase(session), refetchedAt: now, phase: "idle" },
		};
	return open(session, now, { refetchedAt: now });
}

/** The same session without its token: the next call opens a new one. */
export function withoutToken(session: Session): Session {
	if (session.phase === "waiting" || session.phase === "polling")
		return { ...sessionBase(session), phase: "idle" };
	if (session.phase !== "resting") return session;
	const { keptToken: _, ...rest } = session;
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

// A call in flight when the worker ended may have reached the service, so its token is never sent again.
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
	const next: SessionToken = {
		token: event.token,
		tokenAt: context.now,
		...(event.type === "opened" ? { isFirst: true } : {}),
	};
	const isPausing = isCalling(session) && session.pauseAfterReply;
	if (event.type === "opened" && isPausing)
		return {
			session: {
				...sessionBase(session),
				...next,
				phase: "waiting",
				dueAt: context.now,
			},
		};
	if (event.type === "opened") return poll(session, next, context.now);
	const { attempt } = session;
	const { intervalSeconds, requestedIntervalSeconds } = event;
	return {
		session: {
			...next,
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
	// Failures are counted per strategy: after a long outage the first full disk must not wait for an hour.
	const goesOn =
		session.fault && retryStrategyOf(session.fault) === retryStrategyOf(fault);
	const failures = goesOn || !session.fault ? session.failures + 1 : 1;
	const next = { ...sessionBase(session), failures, fault };
	const isPausing = isCalling(session) && session.pauseAfterReply;
	if (disposition === "halt") return { session: { ...next, phase: "halted" } };
	if (disposition === "reopen" && isOrdinaryTokenExpiry(session, context.now)) {
		if (isPausing)
			return { session: { ...sessionBase(session), phase: "idle" } };
		return open(
			{ ...sessionBase(session), failures, phase: "idle" },
			context.now,
			{
				reopenedAt: context.now,
			},
		);
	}
	const keptToken =
		disposition === "keep" && session.phase === "polling"
			? { keptToken: pickToken(session) }
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
			...keptToken,
			...wasOffline,
			phase: "resting",
			dueAt: context.now + pause + jitterMs(intervalSeconds, context),
		},
	};
}

// A refused token is how a session expires. Only a service that refuses one after another is a fault.
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

function poll(session: Session, token: SessionToken, now: number): Transition {
	const attempt = session.attempt + 1;
	return {
		session: {
			...sessionBase(session),
			...pickToken(token),
			attempt,
			startedAt: now,
			phase: "polling",
		},
		effect: { type: "poll", attempt, token: token.token },
	};
}

function pickToken({ token, tokenAt, isFirst }: SessionToken): SessionToken {
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

/** What outlives a session with the service. */
function carriedOver({ reopenedAt, refetchedAt }: SessionBase) {
	return {
		...(reopenedAt === undefined ? {} : { reopenedAt }),
		...(refetchedAt === undefined ? {} : { refetchedAt }),
	};
}
