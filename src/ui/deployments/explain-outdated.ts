// Why what is on show may not be what was deployed last, in a sentence.
import type { Deployment } from "../../core/protocol/control-plane.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { formatShortTime } from "../components/age.ts";

const MINUTE_MS = 60_000;

/** Empty only where nothing was deployed. Newest first; `now`: epoch ms. */
export function explainOutdated(
	profile: ProfileSnapshot,
	deployments: readonly Deployment[],
	now: number,
): string {
	if (deployments.length === 0) return "";
	const last = latestDeployment(
		profile.profile.configurationProfile,
		deployments,
	);
	if (!last) return UNKNOWN_CONFIGURATION;
	const { number, state, percentage, label, version } = last;
	const what = `Deployment #${number}${version ? ` of version ${label ?? version}` : ""}`;
	const before = NOT_SERVED[state];
	if (before) return `${what} ${before}.`;
	const isHere = label !== undefined && profile.versions[0]?.label === label;
	if (state === "DEPLOYING" && isHere)
		return `${what} has reached ${percentage} % of the clients, and this one is among them.`;
	if (state === "DEPLOYING")
		return `${what} has reached ${percentage} % of the clients: this one gets it at the latest when it is complete.`;
	const reachedAt = reachedAllClientsAt(last);
	const reached = `${what} ${state === "BAKING" ? "has reached all clients" : "was complete"}${reachedAt ? ` at ${formatShortTime(reachedAt, now)}` : ""}`;
	const care =
		state === "BAKING"
			? " While alarms are watched it may still be rolled back."
			: "";
	if (isHere) return `${reached}: it is the newest version here.${care}`;
	if (reachedAt && (profile.checkedAt ?? 0) > reachedAt)
		return `${reached}, and the last poll came after that: ${describeLastPoll(profile)}.${care}`;
	return `${reached}, after the last poll: ${describeNextPoll(profile)}.${care}`;
}

const UNKNOWN_CONFIGURATION =
	"The environment has deployments of several configurations, and this profile is saved by an id, which they do not tell: look for its name.";

/** States in which nobody gets what was deployed. */
const NOT_SERVED: { readonly [state: string]: string } = {
	VALIDATING: "is being validated: until it begins, nobody gets it",
	ROLLING_BACK:
		"is being rolled back: what was deployed before it is served again",
	ROLLED_BACK: "was rolled back: what was deployed before it is served",
	REVERTED: "was reverted: what was deployed before it is served",
};

// AppConfig tells when a deployment was complete; that all clients had been reached before, when it was to watch alarms, is reckoned.
function reachedAllClientsAt(deployment: Deployment): number | undefined {
	const { state, completedAt, startedAt, durationMinutes } = deployment;
	if (state !== "BAKING") return completedAt;
	if (startedAt === undefined || durationMinutes === undefined) return;
	return startedAt + durationMinutes * MINUTE_MS;
}

function describeLastPoll({ deletedHash }: ProfileSnapshot): string {
	return deletedHash === undefined
		? "the newest version here has its content"
		: "what it brought is empty, or was deleted here";
}

function describeNextPoll({
	paused,
	pauseReason,
	phase,
	fault,
}: ProfileSnapshot): string {
	if (paused) return "polling is paused, and brings it once you resume it";
	if (pauseReason)
		return `polling pauses while you are ${pauseReason}, and brings it then`;
	if (phase === "halted")
		return "polling has stopped, and brings it once that is mended";
	if (fault)
		return "polls have failed since, and the next that works brings it";
	return "the next one brings it";
}

// An environment has deployments of every profile; theirs is the name, the form may have the id.
function latestDeployment(
	identifier: string,
	deployments: readonly Deployment[],
): Deployment | undefined {
	const own = deployments.find(
		({ configurationName }) => configurationName === identifier,
	);
	const names = new Set(
		deployments.map(({ configurationName }) => configurationName),
	);
	return own ?? (names.size === 1 ? deployments[0] : undefined);
}
