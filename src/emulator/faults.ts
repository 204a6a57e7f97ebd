// Trouble on demand: which request a fault strikes, and what it does to the reply. Only reachable with --testing.
import type { Call } from "./data-plane.ts";
import { internalError, throttled } from "./refusal.ts";
import type { Answer, Reply } from "./wire.ts";

export const FAULTS = ["throttle", "error", "html", "delay", "cut"] as const;
export type FaultName = (typeof FAULTS)[number];

export interface FaultRule {
	readonly fault: FaultName;
	/** "GetLatestConfiguration" and so on; any when absent. */
	readonly operation?: string;
	/** `application/environment/profile`, or the profile's name alone. */
	readonly profile?: string;
	/** Matching requests that pass before the first one is struck. */
	readonly after?: number;
	/** How many requests are struck; all when absent. */
	readonly count?: number;
	/** 0–1; drawn from `seed`, so that a run can be repeated. */
	readonly probability?: number;
	readonly seed?: number;
	readonly milliseconds?: number;
	readonly bytes?: number;
}

export interface Faults {
	add(rule: FaultRule): void;
	clear(): void;
	rules(): readonly (FaultRule & { readonly struck: number })[];
	/** The fault that strikes this call; asking counts. */
	strike(call: Call): FaultRule | undefined;
}

interface Armed {
	readonly rule: FaultRule;
	readonly draw: () => number;
	seen: number;
	struck: number;
}

export function createFaults(): Faults {
	let armed: Armed[] = [];
	return {
		add(rule) {
			const draw = createDraw(rule.seed ?? 1);
			armed.push({ rule, draw, seen: 0, struck: 0 });
		},
		clear() {
			armed = [];
		},
		rules: () => armed.map(({ rule, struck }) => ({ ...rule, struck })),
		strike: (call) => armed.find((one) => strikes(one, call))?.rule,
	};
}

function strikes(one: Armed, call: Call): boolean {
	const { rule } = one;
	if (rule.operation !== undefined && rule.operation !== call.operation)
		return false;
	if (rule.profile !== undefined && !isProfile(rule.profile, call.subject))
		return false;
	one.seen += 1;
	if (one.seen <= (rule.after ?? 0)) return false;
	if (one.struck >= (rule.count ?? Number.POSITIVE_INFINITY)) return false;
	if (rule.probability !== undefined && one.draw() >= rule.probability)
		return false;
	one.struck += 1;
	return true;
}

function isProfile(wanted: string, subject: string | undefined): boolean {
	return subject === wanted || (subject?.endsWith(`/${wanted}`) ?? false);
}

/** Carries out a call under a fault. A refusal comes before the call; what spoils a reply comes after it. */
export async function suffer(
	rule: FaultRule,
	run: () => Answer,
): Promise<Reply> {
	switch (rule.fault) {
		case "throttle":
			return throttled();
		case "error":
			return internalError();
		case "html":
			return html();
		case "delay":
			return {
				...(await run()),
				delivery: { delayMs: rule.milliseconds ?? 1000 },
			};
		case "cut":
			return { ...(await run()), delivery: { cutAfterBytes: rule.bytes ?? 1 } };
	}
}

function html(): Reply {
	return {
		status: 502,
		headers: ["Content-Type", "text/html"],
		body: "<html><body><h1>502 Bad Gateway</h1></body></html>",
		outcome: "html",
	};
}

/** mulberry32: small, seeded, and the same everywhere. */
function createDraw(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
