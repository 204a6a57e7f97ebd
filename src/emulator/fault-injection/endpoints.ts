// What `--testing` adds: `/_emulator/ledger`, `/_emulator/faults` and `/_emulator/clock`.
import type { AdjustableClock } from "../clock.ts";
import {
	badRequest,
	unknownOperation,
	wrongContentType,
} from "../data-plane/errors.ts";
import {
	isJson,
	jsonReply,
	queryParameter,
	type Reply,
	type Request,
	toPath,
} from "../http/types.ts";
import type { Ledger } from "./event-log.ts";
import { type Faults, parseFault } from "./faults.ts";

export interface TestingOptions {
	readonly ledger: Ledger;
	readonly faults: Faults;
	readonly clock: AdjustableClock;
}

const FARTHEST_SECONDS = 100 * 366 * 24 * 60 * 60;
/** HTTP dates have four digits for the year. */
const LATEST = Date.UTC(9999, 11, 31);

export function createTesting(
	options: TestingOptions,
): (request: Request) => Reply {
	return (request) => {
		const { method, url } = request;
		const route = `${method} ${toPath(url)}`;
		switch (route) {
			case "GET /_emulator/ledger":
				return readLedger(options, url);
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

function readLedger({ ledger, clock }: TestingOptions, url: string): Reply {
	const from = Number(queryParameter(url, "from") ?? 0);
	return jsonReply(200, { now: clock.now(), entries: ledger.entries(from) });
}

function advance({ clock }: TestingOptions, body: Uint8Array): Reply {
	const value = parse(body);
	const seconds = isRecord(value) ? value.advanceSeconds : undefined;
	if (typeof seconds !== "number" || !(Math.abs(seconds) <= FARTHEST_SECONDS))
		return badRequest('Send {"advanceSeconds": number}, a century at most');
	const target = clock.now() + seconds * 1000;
	if (target < 0 || target > LATEST)
		return badRequest("The clock goes from 1970 to the year 9999");
	clock.advance(seconds * 1000);
	return jsonReply(200, { now: clock.now() });
}

function addFaults({ faults }: TestingOptions, body: Uint8Array): Reply {
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
