// What polling one profile costs on AWS, by its interval. Prices of 2026-11: https://aws.amazon.com/systems-manager/pricing/

export const PRICES_OF = "November 2026";
const PER_REQUEST = 0.000_000_2;
export const PER_CONFIGURATION = 0.000_8;
const MONTH_SECONDS = 30 * 24 * 3_600;
/** A token lives a day, and each new session receives the configuration once more. */
const SESSIONS_A_MONTH = 30;

export interface Cost {
	readonly requests: number;
	/** US$ for 30 days without a pause and without a deployment. */
	readonly dollars: number;
}

export function monthlyCost(intervalSeconds: number): Cost {
	const requests = Math.floor(MONTH_SECONDS / intervalSeconds);
	const dollars = requests * PER_REQUEST + SESSIONS_A_MONTH * PER_CONFIGURATION;
	return { requests, dollars };
}
