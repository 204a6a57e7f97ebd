// Why what is on show may not be what was deployed last, in a sentence.
import type { Deployment } from "../core/control-plane.ts";
import type { ProfileSnapshot } from "../core/snapshot.ts";
import { shortTime } from "./age.ts";

/** Empty where the deployments do not say. Newest first. */
export function whyOld(
	{
		profile,
		versions,
		checkedAt,
	}: Pick<ProfileSnapshot, "profile" | "versions" | "checkedAt">,
	deployments: readonly Deployment[],
): string {
	const last = lastOf(profile.configurationProfile, deployments);
	if (!last) return "";
	const { number, state, percentage, completedAt, label, version } = last;
	const what = `Deployment #${number}${version ? ` of version ${label ?? version}` : ""}`;
	if (state === "DEPLOYING")
		return `${what} has reached ${percentage} % of the clients: this session gets it at the latest when it is complete.`;
	if (/ROLL|REVERT/.test(state))
		return `${what} was rolled back: what was deployed before it is served.`;
	if (state !== "COMPLETE" && state !== "BAKING") return "";
	if (label && versions[0]?.label === label) return `${what} is what you see.`;
	if (completedAt === undefined || (checkedAt ?? 0) > completedAt) return "";
	return `${what} was complete at ${shortTime(completedAt, Date.now())}, after the last poll: the next one brings it.`;
}

// An environment has deployments of every profile; theirs is the name, the form may have the id.
function lastOf(
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
