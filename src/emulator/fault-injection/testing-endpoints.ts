// What `--testing` adds: `/_emulator/ledger`, `/_emulator/faults` and `/_emulator/clock`.

import {
	badRequest,
	unknownOperation,
	wrongContentType,
} from "../http/errors.ts";
import {
	type HttpRequest,
	isJson,
	jsonReply,
	queryParameter,
	type Reply,
	toPath,
} from "../http/messages.ts";
import type { AdjustableClock } from "../shared/clock.ts";
import type { EventLog } from "../shared/event-log.ts";
import { type Faults, parseFault } from "./faults.ts";

export interface TestingEndpointsOptions {
	readonly eventLog: EventLog;
	readonly faults: Faults;
	readonly clock: AdjustableClock;
}

const MAX_ADVANCE_SECONDS = 100 * 366 * 24 * 60 * 60;
/** HTTP dates have four digits for the year. */
const LATEST_TIME = Date.UTC(9999, 11, 31);

export function createTestingEndpoints(
	options: TestingEndpointsOptions,
): (request: HttpRequest) => Reply {
	return (request) => {
		const { method, url } = request;
		const route = `${method} ${toPath(url)}`;
		switch (route) {
			case "GET /_emulator/ledger":
				return readEvents(options, url);
			case "GET /_emulator/faults":
				return jsonReply(200, { faults: options.faults.rules() });
			case "POST /_emulator/faults":
				return isJson(request)
					? addFaults(options, request.body)
					: badRequest(wrongContentType(request));
			case "DELETE /_emulator/faults":
				options.faults.clear();
				return jsonReply(200, { faults: [] });
			case "GET /_emulator/clock":
				return jsonReply(200, { now: options.clock.now() });
			case "POST /_emulator/clock":
				return isJson(request)
					? advance(options, request.body)
					: badRequest(wrongContentType(request));
			default:
				return unknownOperation(method, toPath(url));
		}
	};
}

function readEvents(
	{ eventLog, clock }: TestingEndpointsOptions,
	url: string,
): Reply {
	const from = Number(queryParameter(url, "from") ?? 0);
	return jsonReply(200, { now: clock.now(), entries: eventLog.entries(from) });
}

function advance({ clock }: TestingEndpointsOptions, body: Uint8Array): Reply {
	const value = parse(body);
	const seconds = isRecord(value) ? value.advanceSeconds : undefined;
	if (
		typeof seconds !== "number" ||
		!(Math.abs(seconds) <= MAX_ADVANCE_SECONDS)
	)
		return badRequest('Send {"advanceSeconds": number}, a century at most');
	const target = clock.now() + seconds * 1000;
	if (target < 0 || target > LATEST_TIME)
		return badRequest("The clock goes from 1970 to the year 9999");
	clock.advance(seconds * 1000);
	return jsonReply(200, { now: clock.now() });
}

function addFaults(
	{ faults }: TestingEndpointsOptions,
	body: Uint8Array,
): Reply {
	const value = parse(body);
	const rules = (Array.isArray(value) ? value : [value]).map(parseFault);
	const wrong = rules.find((rule) => typeof rule === "string");
	if (typeof wrong === "string") return badRequest(wrong);
	for (const rule of rules) if (typeof rule !== "string") faults.add(rule);
	return jsonReply(200, { faults: faults.rules() });
}

function parse(body: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder().decode(body));
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
