// What an export holds, and what AWS will be asked because of it, in words: before it is taken.
import type { ProfileForm } from "../../core/profile.ts";
import { isCharged, monthlyCost, PRICES_OF } from "../profile/cost.ts";
import type { Exported } from "./export.ts";

const SHOWN = 6;
/** Seconds; AppConfig's own, where a profile asks for none. */
const DEFAULT_INTERVAL = 60;

export function describe(exported: Exported): string {
	const names = namesOf(exported);
	const shown = names.slice(0, SHOWN).join(", ");
	const rest = names.length - SHOWN;
	const contents = `It has ${shown}${rest > 0 ? ` and ${rest} more` : ""}.`;
	return contents + costs(exported);
}

function namesOf({ profiles, connections }: Exported): readonly string[] {
	return [
		...profiles.map(({ name, configurationProfile }) =>
			quoted(name || configurationProfile),
		),
		...[...connections.values()].map(
			({ name, kind }) => `the connection ${quoted(name || kind)}`,
		),
	];
}

/** Nothing where nothing is paid for. */
function costs({ profiles, connections }: Exported): string {
	const charged = profiles.filter(({ endpoint, connection }) =>
		isCharged(endpoint, connections.get(connection)?.kind),
	);
	if (charged.length === 0) return "";
	const months = charged.map((form) => monthlyCost(intervalOf(form)));
	const requests = months.reduce((sum, month) => sum + month.requests, 0);
	const dollars = months.reduce((sum, month) => sum + month.dollars, 0);
	return ` AWS is polled for ${charged.length === 1 ? "one profile" : `${charged.length} profiles`} as soon as there are credentials: up to ${requests.toLocaleString("en-US")} requests in 30 days, about US$${dollars.toFixed(2)} (prices of ${PRICES_OF}). Polling counts as use for deletion protection.`;
}

function intervalOf({ minimumPollIntervalSeconds }: ProfileForm): number {
	return Number(minimumPollIntervalSeconds) || DEFAULT_INTERVAL;
}

function quoted(name: string): string {
	return `“${name}”`;
}
