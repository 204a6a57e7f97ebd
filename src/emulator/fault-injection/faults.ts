// Trouble on demand: which request a fault strikes. Only reachable with --testing.
import type { OperationCall } from "../http/messages.ts";
import { createSeededRandom } from "./seeded-random.ts";

export const FAULT_NAMES = [
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
	/** Of `delay` (1 000), and of `clock-off` (20 minutes). */
	readonly milliseconds?: number;
	/** Of `cut` (1), `gzip-bomb` (100 MB when unpacked) and `huge-headers` (32 kB). */
	readonly bytes?: number;
	/** Of `slow` (1 000). */
	readonly bytesPerSecond?: number;
	/** Of `redirect`. */
	readonly location?: string;
}

export interface Faults {
	add(rule: FaultRule): void;
	clear(): void;
	rules(): readonly (FaultRule & { readonly struck: number })[];
	/** The fault that strikes this call; asking counts. */
	take(call: OperationCall): FaultRule | undefined;
}

interface ActiveRule {
	readonly rule: FaultRule;
	readonly random: () => number;
	matched: number;
	applied: number;
}

export function createFaults(): Faults {
	let armed: ActiveRule[] = [];
	return {
		add(rule) {
			const random = createSeededRandom(rule.seed ?? 1);
			armed.push({ rule, random, matched: 0, applied: 0 });
		},
		clear() {
			armed = [];
		},
		rules: () =>
			armed.map(({ rule, applied }) => ({ ...rule, struck: applied })),
		take: (call) => armed.find((one) => shouldApply(one, call))?.rule,
	};
}

function shouldApply(one: ActiveRule, call: OperationCall): boolean {
	const { rule } = one;
	if (rule.operation !== undefined && rule.operation !== call.operation)
		return false;
	if (rule.profile !== undefined && !isProfile(rule.profile, call.subject))
		return false;
	one.matched += 1;
	if (one.matched <= (rule.after ?? 0)) return false;
	if (one.applied >= (rule.count ?? Number.POSITIVE_INFINITY)) return false;
	if (rule.probability !== undefined && one.random() >= rule.probability)
		return false;
	one.applied += 1;
	return true;
}

function isProfile(wanted: string, subject: string | undefined): boolean {
	return subject === wanted || (subject?.endsWith(`/${wanted}`) ?? false);
}

/** A rule from a file or a request, or what is wrong with it. */
export function parseFault(value: unknown): FaultRule | string {
	if (typeof value !== "object" || value === null || Array.isArray(value))
		return "A fault must be a JSON object";
	const { fault, ...rest }: Record<string, unknown> = { ...value };
	const name = FAULT_NAMES.find((known) => known === fault);
	if (!name) return `"fault" must be one of ${FAULT_NAMES.join(", ")}`;
	for (const [key, given] of Object.entries(rest)) {
		const type = MEMBER_TYPES.get(key);
		if (!type) return `A fault has no member "${key}"`;
		if (typeof given !== type) return `"${key}" must be a ${type}`;
		if (typeof given === "number") {
			if (!(given >= 0)) return `"${key}" must not be negative`;
			const most = MAX_VALUES.get(key) ?? Number.MAX_SAFE_INTEGER;
			if (given > most) return `"${key}" must be ${most} at most`;
		}
		if (key === "location" && !isHttpUrl(String(given)))
			return '"location" must be a URL such as http://elsewhere.invalid/';
	}
	return { fault: name, ...rest };
}

function isHttpUrl(text: string): boolean {
	return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** Timers take no longer, and buffers are no larger. */
const MAX_VALUES: ReadonlyMap<string, number> = new Map([
	["milliseconds", 2 ** 31 - 1],
	["bytes", 1_000_000_000],
]);

const MEMBER_TYPES = new Map([
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
