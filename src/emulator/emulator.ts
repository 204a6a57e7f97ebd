// The emulator put together: a directory and a clock in, a request handler and a server out.
import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import { type Clock, createAdjustableClock, createHttpDate } from "./clock.ts";
import { type Call, createDataPlane } from "./data-plane.ts";
import { createDirectory, type Directory } from "./directory.ts";
import { createFaults, type FaultRule, suffer } from "./faults.ts";
import { allowOrigin, createHostCheck, preflight, refuseHost } from "./gate.ts";
import { createLedger, type Ledger, NO_LEDGER } from "./ledger.ts";
import { type Log, SILENT } from "./log.ts";
import { internalError, unknownOperation } from "./refusal.ts";
import { type Listening, listen } from "./server.ts";
import { createSessions } from "./sessions.ts";
import { createTesting } from "./testing.ts";
import { createTokenSealer } from "./token.ts";
import { createTurn } from "./turn.ts";
import type { Answer, Reply, Request } from "./wire.ts";

export interface EmulatorOptions {
	readonly directory: string;
	readonly clock?: Clock;
	/** For sessions that ask for none; 60, as the service does, unless given. */
	readonly pollIntervalSeconds?: number;
	/** How long a file must stay the same before it is read. */
	readonly settleMs?: number;
	readonly testing?: boolean;
	readonly cors?: boolean;
	/** Names other than loopback that may stand in the Host header. */
	readonly hosts?: readonly string[];
	readonly log?: Log;
}

export interface Emulator {
	/** Never throws and never rejects. */
	handle(request: Request): Answer;
	listen(where: { port: number; host?: string }): Promise<Listening>;
	close(): Promise<void>;
	readonly directory: Directory;
	/** Empty unless `testing`. */
	readonly ledger: Ledger;
	inject(rule: FaultRule): void;
	advance(milliseconds: number): void;
}

const SETTLE_MS = 100;

/** Throws when the directory cannot be read. */
export function createEmulator(options: EmulatorOptions): Emulator {
	const log = options.log ?? SILENT;
	const clock = createAdjustableClock(options.clock);
	const turn = createTurn();
	const ledger = options.testing ? createLedger(clock.now) : NO_LEDGER;
	const faults = createFaults();
	const directory = createDirectory({
		directory: options.directory,
		settleMs: options.settleMs ?? SETTLE_MS,
		turn: turn.current,
		log,
		onVersion: (target, version) =>
			log.event(
				`${target.subject} ${version.label ?? "new version"}, ${version.bytes.length} bytes, sha256 ${version.sha256.slice(0, 8)}`,
			),
	});
	const dataPlane = createDataPlane({
		catalogue: directory,
		clock: clock.now,
		sealer: createTokenSealer(),
		sessions: createSessions(clock.now),
		ledger,
		pollIntervalSeconds: options.pollIntervalSeconds ?? 60,
	});
	const testing = options.testing
		? createTesting({ ledger, faults, clock })
		: undefined;
	const isHost = createHostCheck(options.hosts ?? []);
	const date = createHttpDate(clock.now);
	const listening = new Set<Listening>();

	function route(request: Request): Call {
		const call = dataPlane(request);
		if (call) return call;
		if (testing && request.url.startsWith("/_emulator/"))
			return { operation: "Emulator", run: () => testing(request) };
		return {
			operation: "Unknown",
			run: () => unknownOperation(request.method),
		};
	}

	function answer(request: Request): Answer {
		if (!isHost(request)) return refuseHost();
		if (options.cors && request.method === "OPTIONS") return preflight();
		const call = route(request);
		const rule =
			testing && call.operation !== "Emulator" && faults.strike(call);
		if (!rule) return subjectOf(call, call.run());
		ledger.record({
			event: "fault",
			reason: rule.fault,
			...(call.subject === undefined ? {} : { subject: call.subject }),
		});
		return suffer(rule, () => subjectOf(call, call.run()));
	}

	function complete(request: Request, reply: Reply, startedAt: number): Reply {
		const full = options.cors ? allowOrigin(reply) : reply;
		full.headers.push("x-amzn-RequestId", randomUUID(), "Date", date());
		if (log !== SILENT)
			log.request(request, full, performance.now() - startedAt);
		return full;
	}

	function fail(error: unknown): Reply {
		log.error(
			error instanceof Error ? (error.stack ?? error.message) : String(error),
		);
		return internalError();
	}

	function handle(request: Request): Answer {
		const startedAt = log === SILENT ? 0 : performance.now();
		try {
			const reply = answer(request);
			if (reply instanceof Promise)
				return reply.then(
					(settled) => complete(request, settled, startedAt),
					(error) => complete(request, fail(error), startedAt),
				);
			return complete(request, reply, startedAt);
		} catch (error) {
			return complete(request, fail(error), startedAt);
		}
	}

	return {
		handle,
		async listen({ port, host = "127.0.0.1" }) {
			turn.followEventLoop();
			const server = await listen(handle, port, host);
			listening.add(server);
			return server;
		},
		async close() {
			await Promise.all([...listening].map((server) => server.close()));
			listening.clear();
		},
		directory,
		ledger,
		inject: faults.add,
		advance: clock.advance,
	};
}

function subjectOf(call: Call, answer: Answer): Answer {
	const { subject } = call;
	if (subject === undefined) return answer;
	if (answer instanceof Promise)
		return answer.then((reply) => ({ ...reply, subject }));
	return { ...answer, subject };
}
