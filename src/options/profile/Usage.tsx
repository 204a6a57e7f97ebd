// What polling one profile has asked for and received since the browser started, and about what that costs.
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { formatShortTime } from "../../ui/components/age.ts";
import { costOf } from "./cost.ts";

export interface UsageProps {
	readonly entry: ProfileSnapshot;
	/** Of AWS; an emulator or an Agent charges nothing. */
	readonly isCharged: boolean;
}

export function Usage({ entry, isCharged }: UsageProps) {
	const { calls, received, since } = entry.usage;
	if (calls === 0) return null;
	const cost = isCharged ? `: ${dollars(costOf(calls, received))}` : "";
	return (
		<p class="usage">
			Since {formatShortTime(since, Date.now())}: {count(calls, "call")},{" "}
			{count(received, "configuration")} received{cost}.
		</p>
	);
}

/** Fractions of a cent are what most of it is. */
function dollars(cost: number): string {
	return cost < 0.01 ? "less than a cent" : `about US$${cost.toFixed(2)}`;
}

function count(number: number, what: string): string {
	const text = number.toLocaleString("en-US");
	return `${text} ${what}${number === 1 ? "" : "s"}`;
}
