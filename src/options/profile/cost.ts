// Source of the prices: https://aws.amazon.com/systems-manager/pricing/

import {
	mayCarryCredentials,
	parseEndpoint,
} from "../../core/connection/endpoint.ts";

export const PRICES_AS_OF = "November 2026";
const DOLLARS_PER_REQUEST = 0.000_000_2;
export const DOLLARS_PER_CONFIGURATION = 0.000_8;
const MONTH_SECONDS = 30 * 24 * 3_600;
/** A token lives a day, and each new session receives the configuration once more. */
const SESSIONS_A_MONTH = 30;

/** Whether calls to an endpoint, as typed, are signed with real keys. */
export function takesKeys(typed: string): boolean {
	if (!typed.trim()) return true;
	const endpoint = parseEndpoint(typed);
	return endpoint.ok && mayCarryCredentials(endpoint.value);
}

/** Whether it is AWS that is polled, which charges for it: by a profile's endpoint, as typed, and its connection's kind. */
export function isBilled(endpoint: string, kind: string | undefined): boolean {
	return kind !== "agent" && kind !== "endpoint" && takesKeys(endpoint);
}

export interface Cost {
	readonly requests: number;
	/** US$ for 30 days without a pause and without a deployment. */
	readonly dollars: number;
}

/** US$, for what has been asked and received. */
export function costOf(calls: number, received: number): number {
	return calls * DOLLARS_PER_REQUEST + received * DOLLARS_PER_CONFIGURATION;
}

export function monthlyCost(intervalSeconds: number): Cost {
	const requests = Math.floor(MONTH_SECONDS / intervalSeconds);
	return { requests, dollars: costOf(requests, SESSIONS_A_MONTH) };
}
