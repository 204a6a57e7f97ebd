import type { OperationCall } from "../http/messages.ts";

const FAULT_NAMES = [
	"throttle",
	"error",
	"html",
	"delay",
	"slow",
	"cut",
	"gzip-bomb",
	"redirect",
	"no-next-token",
	"bad-next-token",
	"corrupted-token",
	"expired-token",
	"wrong-content-type",
	"clock-off",
	"duplicate-headers",
	"huge-headers",
] as const;

export type FaultName = (typeof FAULT_NAMES)[number];

/** Chooses the requests that a fault applies to, and how strong it is. */
export interface FaultRule {
	readonly fault: FaultName;
	/** Such as "GetLatestConfiguration"; every operation when absent. */
	readonly operation?: string;
	/** `application/environment/profile`, or the name of the profile alone. */
	readonly profile?: string;
	/** The number of matching requests to skip first. */
	readonly after?: number;
	/** The number of requests to apply the fault to; no limit when absent. */
	readonly count?: number;
	/** From 0 to 1. The same seed selects the same requests. */
	readonly probability?: number;
	readonly seed?: number;
	/** For `delay` (default 1,000) and `clock-off` (default 20 minutes). */
	readonly milliseconds?: number;
	/** For `cut` (default 1), `gzip-bomb` (default 100 MB uncompressed) and `huge-headers` (default 32 kB). */
	readonly bytes?: number;
	/** For `slow` (default 1,000). */
	readonly bytesPerSecond?: number;
	/** For `redirect`. */
	readonly location?: string;
}

export interface Faults {
	add(rule: FaultRule): void;
	clear(): void;
	/** With the number of requests that each was applied to. */
	rules(): readonly (FaultRule & { readonly applied: number })[];
	/** The fault to apply to this call. Counts the call. */
	take(call: OperationCall): FaultRule | undefined;
}

interface ActiveRule {
	readonly rule: FaultRule;
	readonly random: () => number;
	matched: number;
	applied: number;
}

export function createFaults(): Faults {
	let activeRules: ActiveRule[] = [];
	return {
		add(rule) {
			const random = createSeededRandom(rule.seed ?? 1);
			activeRules.push({ rule, random, matched: 0, applied: 0 });
		},
		clear() {
			activeRules = [];
		},
		rules: () => activeRules.map(({ rule, applied }) => ({ ...rule, applied })),
		take: (call) =>
			activeRules.find((active) => shouldApply(active, call))?.rule,
	};
}

function shouldApply(active: ActiveRule, call: OperationCall): boolean {
	const { rule } = active;
	if (rule.operation !== undefined && rule.operation !== call.operation)
		return false;
	if (rule.profile !== undefined && !isProfile(rule.profile, call.subject))
		return false;
	active.matched += 1;
	if (active.matched <= (rule.after ?? 0)) return false;
	if (active.applied >= (rule.count ?? Number.POSITIVE_INFINITY)) return false;
	if (rule.probability !== undefined && active.random() >= rule.probability)
		return false;
	active.applied += 1;
	return true;
}

/** mulberry32: numbers from 0 (included) to 1 (excluded), the same for a seed on every platform. */
function createSeededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

function isProfile(wanted: string, subject: string | undefined): boolean {
	return subject === wanted || (subject?.endsWith(`/${wanted}`) ?? false);
}

/** Returns the rule, or what is wrong with it. */
export function parseFault(value: unknown): FaultRule | string {
	if (typeof value !== "object" || value === null || Array.isArray(value))
		return "A fault must be a JSON object";
	const { fault, ...rest }: Record<string, unknown> = { ...value };
	const name = FAULT_NAMES.find((known) => known === fault);
	if (!name) return `"fault" must be one of ${FAULT_NAMES.join(", ")}`;
	for (const [key, given] of Object.entries(rest)) {
		const type = PROPERTY_TYPES.get(key);
		if (!type) return `A fault has no property "${key}"`;
		if (typeof given !== type) return `"${key}" must be a ${type}`;
		if (typeof given === "number") {
			if (!(given >= 0)) return `"${key}" must not be negative`;
			const maximum = MAX_VALUES.get(key) ?? Number.MAX_SAFE_INTEGER;
			if (given > maximum) return `"${key}" must be at most ${maximum}`;
		}
		if (key === "location" && !isHttpUrl(String(given)))
			return '"location" must be a URL such as http://elsewhere.invalid/';
	}
	return { fault: name, ...rest };
}

function isHttpUrl(text: string): boolean {
	return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** The limits of timers and buffers. */
const MAX_VALUES: ReadonlyMap<string, number> = new Map([
	["milliseconds", 2 ** 31 - 1],
	["bytes", 1_000_000_000],
]);

const PROPERTY_TYPES = new Map([
	["operation", "string"],
	["profile", "string"],
	["location", "string"],
	["after", "number"],
	["count", "number"],
	["probability", "number"],
	["seed", "number"],
	["milliseconds", "number"],
	["bytes", "number"],
	["bytesPerSecond", "number"],
]);

class ScenarioError extends Error {}

/** Parses the file of `--scenario`: a list of faults, or `{"faults": [...]}`. Throws ScenarioError. */
export function parseScenario(text: string): FaultRule[] {
	const value = parseJson(text);
	const list = Array.isArray(value) ? value : faultsOf(value);
	return list.map((one: unknown, index) => {
		const rule = parseFault(one);
		if (typeof rule === "string")
			throw new ScenarioError(`faults[${index}]: ${rule}`);
		return rule;
	});
}

function faultsOf(value: unknown): unknown[] {
	if (typeof value === "object" && value !== null && "faults" in value)
		if (Array.isArray(value.faults)) return value.faults;
	throw new ScenarioError(
		'A scenario must be a list of faults or {"faults": [...]}',
	);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		const detail = cause instanceof Error ? cause.message : String(cause);
		throw new ScenarioError(`The file is not JSON: ${detail}`, { cause });
	}
}
