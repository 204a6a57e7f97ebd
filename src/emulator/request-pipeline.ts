import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { Guard } from "./auth/guard.ts";
import { applyFault } from "./fault-injection/fault-effects.ts";
import type { Faults } from "./fault-injection/faults.ts";
import {
	errorReply,
	internalError,
	throttled,
	unknownOperation,
} from "./http/errors.ts";
import { createHostCheck, refuseHost } from "./http/host-check.ts";
import type { OperationCall } from "./http/messages.ts";
import {
	type HttpRequest,
	type Reply,
	type ReplyOrPromise,
	toPath,
} from "./http/messages.ts";
import { createOriginCheck } from "./http/origin-check.ts";
import type { Quotas } from "./http/quotas.ts";
import { StorageError, StorageLimitError } from "./registry/store.ts";
import { type Clock, createHttpDate } from "./shared/clock.ts";
import type { EventLog } from "./shared/event-log.ts";
import { type Log, SILENT_LOG } from "./shared/log.ts";

export interface PipelineOptions {
	/** The first one that returns a call handles the request. */
	readonly services: readonly ((
		request: HttpRequest,
	) => OperationCall | undefined)[];
	readonly testingEndpoints: ((request: HttpRequest) => Reply) | undefined;
	readonly allowedHosts: readonly string[];
	/** Origins of web pages that may call, or "*". */
	readonly corsOrigins: readonly string[];
	readonly guard: Guard | undefined;
	readonly quotas: Quotas | undefined;
	readonly faults: Faults;
	readonly eventLog: EventLog;
	readonly clock: Clock;
	readonly log: Log;
}

/**
 * Checks host and origin, finds the operation, applies injected faults, permissions and rates, and adds the headers of
 * every reply. The returned handler never throws and never rejects.
 */
export function createRequestPipeline(
	options: PipelineOptions,
): (request: HttpRequest) => ReplyOrPromise {
	const { log } = options;
	const isAllowedHost = createHostCheck(options.allowedHosts);
	const originCheck = createOriginCheck(options.corsOrigins, log);
	const httpDate = createHttpDate(options.clock);
	const isLogging = log !== SILENT_LOG;

	function answer(request: HttpRequest): ReplyOrPromise {
		if (!isAllowedHost(request)) return refuseHost();
		const intercepted = originCheck.intercept(request);
		if (intercepted) return intercepted;
		const call = route(options, request);
		return call.operation === "Emulator"
			? call.run()
			: setSubject(call, runWithFaults(options, request, call));
	}

	function complete(
		request: HttpRequest,
		reply: Reply,
		startedAt: number,
	): Reply {
		const full = originCheck.addHeaders(request, reply);
		full.headers.push(
			"x-amzn-RequestId",
			randomUUID(),
			"Date",
			full.date ?? httpDate(),
		);
		if (isLogging)
			log.request({
				method: request.method,
				path: toPath(request.url),
				status: full.status,
				outcome: full.outcome,
				subject: full.subject,
				milliseconds: performance.now() - startedAt,
			});
		return full;
	}

	function fail(error: unknown): Reply {
		if (error instanceof StorageLimitError)
			return errorReply(402, "ServiceQuotaExceededException", {
				Message: error.message,
			});
		if (error instanceof StorageError) {
			log.error(error.message);
			return errorReply(507, "InternalServerException", {
				Message:
					"The emulator could not save this and has changed nothing. Its log contains the reason",
			});
		}
		const trace =
			error instanceof Error ? (error.stack ?? error.message) : String(error);
		// A bug in the emulator. One line, because the log escapes line breaks.
		log.error(trace.replace(/\n\s+at /g, " ← "));
		return internalError();
	}

	return (request) => {
		const startedAt = isLogging ? performance.now() : 0;
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
	};
}

function route(
	{ services, testingEndpoints }: PipelineOptions,
	original: HttpRequest,
): OperationCall {
	const request = original.method === "HEAD" ? toGet(original) : original;
	for (const service of services) {
		const call = service(request);
		if (call) return call;
	}
	if (testingEndpoints && request.url.startsWith("/_emulator/"))
		return { operation: "Emulator", run: () => testingEndpoints(request) };
	return {
		operation: "Unknown",
		run: () => unknownOperation(request.method, toPath(request.url)),
	};
}

/**
 * HEAD is processed as GET; Node omits the body. Except at `/configuration`, where GET spends the token and HEAD must not
 * change anything.
 */
function toGet(request: HttpRequest): HttpRequest {
	const { url, headers, body } = request;
	return toPath(url) === "/configuration"
		? request
		: { method: "GET", url, headers, body };
}

function runWithFaults(
	options: PipelineOptions,
	request: HttpRequest,
	call: OperationCall,
): ReplyOrPromise {
	if (options.testingEndpoints) {
		const rule = options.faults.take(call);
		if (rule) {
			const { subject } = call;
			options.eventLog.record({
				event: "fault",
				reason: rule.fault,
				...(subject === undefined ? {} : { subject }),
			});
			const { clock } = options;
			const run = () => runIfPermitted(options, request, call);
			return applyFault(rule, { request, clock, run });
		}
	}
	return runIfPermitted(options, request, call);
}

function runIfPermitted(
	options: PipelineOptions,
	request: HttpRequest,
	call: OperationCall,
): ReplyOrPromise {
	const refusal = options.guard?.(request, call);
	if (refusal) return refusal;
	if (options.quotas && !options.quotas(call.operation)) return throttled();
	return call.run();
}

function setSubject(
	call: OperationCall,
	reply: ReplyOrPromise,
): ReplyOrPromise {
	if (call.subject === undefined) return reply;
	if (reply instanceof Promise)
		return reply.then((settled) => setSubject(call, settled));
	reply.subject = call.subject;
	return reply;
}
