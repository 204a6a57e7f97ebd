import type { Deployment } from "../../core/protocol/control-plane.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { formatShortTime } from "../components/Age.tsx";

const MINUTE_MS = 60_000;

/**
 * A sentence that says why the version on show may not be the one deployed last; empty where nothing was deployed.
 * `deployments`: newest first; `now`: epoch ms.
 */
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
		return `${what} has reached ${percentage} % of the clients. This one gets it by the time the deployment completes.`;
	const reachedAt = reachedAllClientsAt(last);
	const reached = `${what} ${state === "BAKING" ? "has reached all clients" : "was complete"}${reachedAt ? ` at ${formatShortTime(reachedAt, now)}` : ""}`;
	const care =
		state === "BAKING"
			? " It may still be rolled back while alarms are monitored."
			: "";
	if (isHere) return `${reached}: it is the newest version here.${care}`;
	if (reachedAt && (profile.checkedAt ?? 0) > reachedAt)
		return `${reached}, and the last poll came after that: ${describeLastPoll(profile)}.${care}`;
	return `${reached}, after the last poll: ${describeNextPoll(profile)}.${care}`;
}

const UNKNOWN_CONFIGURATION =
	"This environment has deployments of several configurations. They are listed by name, but this profile uses an ID: look for its name below.";

/** States in which no client gets the deployed version. */
const NOT_SERVED: { readonly [state: string]: string } = {
	VALIDATING: "is being validated, and no client gets it before it starts",
	ROLLING_BACK:
		"is being rolled back, and the version before it is served again",
	ROLLED_BACK: "was rolled back, and the version before it is served",
	REVERTED: "was reverted, and the version before it is served",
};

/** Computed while alarms are monitored, because AppConfig reports only when the whole deployment completed. */
function reachedAllClientsAt(deployment: Deployment): number | undefined {
	const { state, completedAt, startedAt, durationMinutes } = deployment;
	if (state !== "BAKING") return completedAt;
	if (startedAt === undefined || durationMinutes === undefined) return;
	return startedAt + durationMinutes * MINUTE_MS;
}

function describeLastPoll({ deletedHash }: ProfileSnapshot): string {
	return deletedHash === undefined
		? "the newest version here has its content"
		: "what it returned is empty or was deleted here";
}

function describeNextPoll({
	paused,
	pauseReason,
	phase,
	fault,
}: ProfileSnapshot): string {
	if (paused) return "polling is paused, and gets it once you resume it";
	if (pauseReason)
		return `polling pauses while you are ${pauseReason}, and gets it afterwards`;
	if (phase === "halted")
		return "polling has stopped, and gets it once the problem is fixed";
	if (fault)
		return "polls have failed since, and the next one that succeeds gets it";
	return "the next one gets it";
}

/** An environment lists the deployments of all its profiles by name, and a saved profile may hold the ID instead. */
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
