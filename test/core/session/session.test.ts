import { describe, expect, it } from "vitest";
import type { Fault, FaultKind } from "../../../src/core/session/fault.ts";
import {
	type Effect,
	newSession,
	type Session,
	type SessionEvent,
	type Token,
} from "../../../src/core/session/session.ts";
import { transition } from "../../../src/core/session/transition.ts";

type TimedEvent = readonly [seconds: number, event: string];

/** Applies events at given seconds. Returns a line per event with what the session did. */
function transcript(events: readonly TimedEvent[], random = 0.5): string[] {
	let session: Session = newSession();
	return events.map(([seconds, text]) => {
		const now = seconds * 1_000;
		const event = parseEvent(text, session.attempt, now);
		const next = transition(session, event, { now, random });
		session = next.session;
		return `${text} → ${describeStep(next.session, next.effect, now)}`;
	});
}

function parseEvent(text: string, attempt: number, now: number): SessionEvent {
	const [type, argument = "", seconds = ""] = text.split(" ");
	if (type === "opened") return { type, attempt, token: argument as Token };
	if (type === "polled")
		return {
			type,
			attempt,
			token: argument as Token,
			intervalSeconds: Number.parseInt(seconds, 10),
		};
	if (type === "reset") return { type, intervalSeconds: 60 };
	if (type === "failed")
		return { type, attempt, fault: faultOf(argument as FaultKind, now) };
	return { type: type as "tick" };
}

const KINDS = Object.keys({
	"too-early": 1,
	throttled: 1,
	"token-refused": 1,
	"not-found": 1,
	"bad-request": 1,
	"access-denied": 1,
	"credentials-missing": 1,
	"credentials-expired": 1,
	"credentials-invalid": 1,
	"credentials-unavailable": 1,
	"credentials-locked": 1,
	"sign-in-needed": 1,
	"mfa-needed": 1,
	"signature-invalid": 1,
	"permission-missing": 1,
	"service-error": 1,
	network: 1,
	timeout: 1,
	"not-appconfig": 1,
	"no-next-token": 1,
	"token-unusable": 1,
	forbidden: 1,
	incomplete: 1,
	oversized: 1,
	storage: 1,
	unknown: 1,
} satisfies Record<FaultKind, 1>) as FaultKind[];

function faultOf(kind: FaultKind, at: number): Fault {
	return { kind, operation: "GetLatestConfiguration", at, detail: "" };
}

function describeStep(
	session: Session,
	effect: Effect | undefined,
	now: number,
): string {
	if (effect?.type === "open") return "open";
	if (effect?.type === "poll") return `poll ${effect.token}`;
	const due = "dueAt" in session ? ` +${(session.dueAt - now) / 1_000}s` : "";
	const held =
		session.phase === "resting" && session.keptToken ? " with token" : "";
	return session.phase + due + held;
}

const OPENED: readonly TimedEvent[] = [
	[0, "tick"],
	[0, "opened t1"],
];
/** The next poll is due at 61 s. */
const WAITING: readonly TimedEvent[] = [...OPENED, [0, "polled t2 60s"]];

/** The transcript of what follows on a start. */
function continueFrom(
	start: readonly TimedEvent[],
	...events: readonly TimedEvent[]
): string[] {
	return transcript([...start, ...events]).slice(start.length);
}

describe("a session", () => {
	it("opens, polls at once, then waits the service's interval and a second", () => {
		expect(
			transcript([
				[0, "tick"],
				[0, "opened t1"],
				[1, "polled t2 60s"],
				[30, "tick"],
				[62, "tick"],
				[63, "polled t3 15s"],
			]),
		).toEqual([
			"tick → open",
			"opened t1 → poll t1",
			"polled t2 60s → waiting +61s",
			"tick → waiting +32s",
			"tick → poll t2",
			"polled t3 15s → waiting +16s",
		]);
	});

	it("is opened anew instead of sending a token that is about to expire", () => {
		const almostADay = (23 * 60 + 45) * 60;
		expect(continueFrom(WAITING, [almostADay - 1, "tick"])).toEqual([
			"tick → poll t2",
		]);
		expect(continueFrom(WAITING, [almostADay, "tick"])).toEqual([
			"tick → open",
		]);
	});

	it("keeps the token of a poll that was too early, and waits the whole interval", () => {
		expect(
			continueFrom(
				WAITING,
				[61, "tick"],
				[61, "failed too-early"],
				[122, "tick"],
			),
		).toEqual([
			"tick → poll t2",
			"failed too-early → resting +61s with token",
			"tick → poll t2",
		]);
	});

	it("keeps the token of a throttled poll, and polls more slowly than before", () => {
		expect(
			continueFrom(
				OPENED,
				[0, "failed throttled"],
				[61, "tick"],
				[62, "tick"],
				[62, "failed throttled"],
				[125, "tick"],
			),
		).toEqual([
			"failed throttled → resting +62s with token",
			"tick → resting +1s with token",
			"tick → poll t1",
			"failed throttled → resting +63s with token",
			"tick → poll t1",
		]);
	});

	it("never rests for less than its interval, whatever failed and however often", () => {
		for (const kind of KINDS)
			for (const random of [0, 0.5, 0.999])
				for (const intervalSeconds of [15, 60, 3_600, 86_400]) {
					let session = newSession(intervalSeconds);
					for (let now = 0, failures = 0; failures < 12; failures += 1) {
						const at = { now, random };
						session = transition(session, { type: "tick" }, at).session;
						if (session.phase === "halted") break;
						const { attempt } = session;
						const fault = faultOf(kind, now);
						const failed = { type: "failed", attempt, fault } as const;
						session = transition(session, failed, at).session;
						// A token that has expired is replaced at once, the first time.
						if (session.phase === "opening") continue;
						if (session.phase !== "resting") break;
						expect(session.dueAt - now).toBeGreaterThanOrEqual(
							intervalSeconds * 1_000,
						);
						now = session.dueAt;
					}
				}
	});

	it.each(["network", "timeout", "incomplete"])(
		"that rests after %s is due as soon as the computer is online again",
		(kind) => {
			expect(
				continueFrom(OPENED, [0, `failed ${kind}`], [2, "online"]).at(-1),
			).toBe("online → open");
		},
	);

	it.each([
		["service-error", "online → resting +59s"],
		["throttled", "online → resting +60s with token"],
		["access-denied", "online → halted"],
	])(
		"that rests after %s is not due because the computer is online",
		(kind, line) => {
			expect(
				continueFrom(OPENED, [0, `failed ${kind}`], [2, "online"]).at(-1),
			).toBe(line);
		},
	);

	it("that failed offline is due with the first tick that finds the computer online, also in another worker", () => {
		const at = (now: number, isOnline: boolean) => ({
			now,
			random: 0.5,
			isOnline,
		});
		const opening = transition(
			newSession(),
			{ type: "tick" },
			at(0, false),
		).session;
		const { attempt } = opening;
		const fault = faultOf("network", 0);
		const resting = transition(
			opening,
			{ type: "failed", attempt, fault },
			at(0, false),
		).session;
		const restored = transition(
			resting,
			{ type: "restored" },
			at(0, true),
		).session;
		const tick = (isOnline: boolean) =>
			transition(restored, { type: "tick" }, at(1_000, isOnline)).effect?.type;
		expect(tick(false)).toBeUndefined();
		expect(tick(true)).toBe("open");
	});

	it("whose due time is further off than any wait polls within an interval", () => {
		const decade = 10 * 365 * 86_400_000;
		const waiting: Session = {
			...newSession(),
			phase: "waiting",
			token: "t" as Token,
			tokenAt: 0,
			dueAt: decade,
		};
		const resting: Session = {
			...newSession(),
			phase: "resting",
			fault: faultOf("storage", 0),
			dueAt: decade,
		};
		const at = { now: 5_000, random: 0 };
		expect(transition(waiting, { type: "tick" }, at).session).toMatchObject({
			phase: "waiting",
			dueAt: 66_000,
		});
		expect(transition(resting, { type: "tick" }, at).effect?.type).toBe("open");
	});

	it("is opened anew at once after a refused token, and with backoff when the next is refused too", () => {
		expect(
			continueFrom(
				OPENED,
				[0, "failed token-refused"],
				[0, "opened t2"],
				[0, "failed token-refused"],
				[61, "tick"],
			),
		).toEqual([
			"failed token-refused → open",
			"opened t2 → poll t2",
			"failed token-refused → resting +61s",
			"tick → open",
		]);
	});

	it.each([
		"network",
		"timeout",
		"service-error",
		"unknown",
		"not-appconfig",
		"no-next-token",
		"not-found",
		"permission-missing",
	])(
		"drops a token that %s may have spent, and opens a new session no sooner than the next poll was due",
		(kind) => {
			expect(
				continueFrom(
					OPENED,
					[0, `failed ${kind}`],
					[61, "tick"],
					[61, `failed ${kind}`],
				),
			).toEqual([
				`failed ${kind} → resting +61s`,
				"tick → open",
				`failed ${kind} → resting +61s`,
			]);
		},
	);

	it.each([
		"bad-request",
		"access-denied",
		"credentials-missing",
		"credentials-expired",
		"credentials-invalid",
		"signature-invalid",
	])("halts on %s until the user asks for a poll", (kind) => {
		expect(
			continueFrom(
				[[0, "tick"]],
				[0, `failed ${kind}`],
				[9_999, "tick"],
				[9_999, "pollRequested"],
			),
		).toEqual([
			`failed ${kind} → halted`,
			"tick → halted",
			"pollRequested → open",
		]);
	});

	it.each(["storage", "oversized", "incomplete"])(
		"retries %s ever more slowly, since each attempt is billed",
		(kind) => {
			let now = 0;
			const events: TimedEvent[] = [[0, "tick"]];
			for (const wait of [61, 122, 244, 488, 976, 1_952, 3_600]) {
				events.push([now, `failed ${kind}`]);
				now += wait;
				events.push([now, "tick"]);
			}
			const lines = transcript([...events, [now, `failed ${kind}`]]);
			expect(lines.filter((line) => line.startsWith("failed"))).toEqual(
				[61, 122, 244, 488, 976, 1_952, 3_600, 3_600].map(
					(wait) => `failed ${kind} → resting +${wait}s`,
				),
			);
		},
	);

	it("gives up a call without a reply after a minute", () => {
		expect(
			continueFrom(OPENED, [59, "tick"], [60, "tick"], [121, "tick"]),
		).toEqual(["tick → polling", "tick → resting +61s", "tick → open"]);
	});

	it("has a fault when the service refuses one fresh token after another", () => {
		expect(
			continueFrom(
				WAITING,
				[61, "tick"],
				[61, "failed token-refused"],
				[61, "opened t3"],
				[61, "polled t4 60s"],
				[122, "tick"],
				[122, "failed token-refused"],
			),
		).toEqual([
			"tick → poll t2",
			"failed token-refused → open",
			"opened t3 → poll t3",
			"polled t4 60s → waiting +61s",
			"tick → poll t4",
			"failed token-refused → resting +61s",
		]);
	});

	it("obeys the interval when the user asks for a poll, but not a backoff without a token", () => {
		expect(
			continueFrom(
				WAITING,
				[10, "pollRequested"],
				[61, "pollRequested"],
				[61, "failed network"],
				[61.2, "pollRequested"],
				[66, "pollRequested"],
			),
		).toEqual([
			"pollRequested → waiting +51s",
			"pollRequested → poll t2",
			"failed network → resting +61s",
			"pollRequested → resting +4.8s",
			"pollRequested → open",
		]);
	});

	it("whose call was in flight when the worker died is opened anew, and never sends that token again", () => {
		expect(continueFrom(OPENED, [5, "restored"], [5, "tick"])).toEqual([
			"restored → idle",
			"tick → open",
		]);
	});

	it("continues where it was when the worker died between two polls", () => {
		expect(continueFrom(WAITING, [30, "restored"], [61, "tick"])).toEqual([
			"restored → waiting +31s",
			"tick → poll t2",
		]);
	});

	it("ignores the reply to a call that was given up", () => {
		const at = { now: 0, random: 0 };
		const { session } = transition(newSession(), { type: "tick" }, at);
		const { attempt } = session;
		const reset = transition(
			session,
			{ type: "reset", intervalSeconds: 60 },
			at,
		);
		const late = transition(
			reset.session,
			{ type: "opened", attempt, token: "late" as Token },
			at,
		);
		expect(late.session).toBe(reset.session);
		expect(late.effect).toBeUndefined();
	});

	it("waits no longer than one interval when the clock is set back", () => {
		expect(
			transcript([
				[7_200, "tick"],
				[7_200, "opened t1"],
				[7_200, "polled t2 60s"],
				[10, "tick"],
				[71, "tick"],
			]).slice(-2),
		).toEqual(["tick → waiting +61s", "tick → poll t2"]);
	});

	it("keeps a fault until a poll succeeds, and has none for a token that merely expired", () => {
		const at = { now: 0, random: 0.5 };
		const fail = (session: Session, kind: FaultKind) =>
			transition(
				session,
				{ type: "failed", attempt: session.attempt, fault: faultOf(kind, 0) },
				at,
			).session;
		const opening = transition(newSession(), { type: "tick" }, at).session;
		const rested = fail(opening, "network");
		const retrying = transition(
			rested,
			{ type: "tick" },
			{ now: 9_000, random: 0 },
		).session;
		expect(retrying.fault?.kind).toBe("network");
		expect(fail(opening, "token-refused").fault).toBeUndefined();
	});
});
