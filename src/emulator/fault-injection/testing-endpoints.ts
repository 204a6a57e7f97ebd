import {
	badRequest,
	unknownOperation,
	wrongContentType,
} from "../http/errors.ts";
import {
	type HttpRequest,
	isJson,
	jsonReply,
	parseJson,
	queryParameter,
	type Reply,
	toPath,
	toRecord,
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

/** The endpoints of `--testing`: `/_emulator/events`, `/_emulator/faults` and `/_emulator/clock`. */
export function createTestingEndpoints(
	options: TestingEndpointsOptions,
): (request: HttpRequest) => Reply {
	return (request) => {
		const { method, url } = request;
		const route = `${method} ${toPath(url)}`;
		switch (route) {
			case "GET /_emulator/events":
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
	return jsonReply(200, { now: clock.now(), events: eventLog.entries(from) });
}

function advance({ clock }: TestingEndpointsOptions, body: Uint8Array): Reply {
	const value = parseJson(body);
	const seconds = toRecord(value)?.advanceSeconds;
	if (
		typeof seconds !== "number" ||
		!(Math.abs(seconds) <= MAX_ADVANCE_SECONDS)
	)
		return badRequest(
			'Send {"advanceSeconds": NUMBER}; the number must be at most 100 years',
		);
	const target = clock.now() + seconds * 1000;
	if (target < 0 || target > LATEST_TIME)
		return badRequest("The clock must stay between the years 1970 and 9999");
	clock.advance(seconds * 1000);
	return jsonReply(200, { now: clock.now() });
}

function addFaults(
	{ faults }: TestingEndpointsOptions,
	body: Uint8Array,
): Reply {
	const value = parseJson(body);
	const rules = (Array.isArray(value) ? value : [value]).map(parseFault);
	const wrong = rules.find((rule) => typeof rule === "string");
	if (typeof wrong === "string") return badRequest(wrong);
	for (const rule of rules) if (typeof rule !== "string") faults.add(rule);
	return jsonReply(200, { faults: faults.rules() });
}
