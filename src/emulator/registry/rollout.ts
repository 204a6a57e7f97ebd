// The progress of a deployment as a function of time: its state, the share of sessions, and its events.
// https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-deployment-strategy.html
import type { DeploymentRecord, Growth } from "./records.ts";

export type DeploymentState =
	| "DEPLOYING"
	| "BAKING"
	| "COMPLETE"
	| "ROLLED_BACK"
	| "REVERTED";

export function isInProgress(state: DeploymentState): boolean {
	return state === "DEPLOYING" || state === "BAKING";
}

export interface Progress {
	readonly state: DeploymentState;
	/** 0–100: the share of sessions that receive the new version. */
	readonly percentage: number;
	/** Epoch ms; set in a final state. */
	readonly completedAt?: number;
}

export interface DeploymentEvent {
	readonly EventType:
		| "DEPLOYMENT_STARTED"
		| "PERCENTAGE_UPDATED"
		| "BAKE_TIME_STARTED"
		| "DEPLOYMENT_COMPLETED"
		| "ROLLBACK_STARTED"
		| "ROLLBACK_COMPLETED"
		| "REVERT_COMPLETED";
	readonly TriggeredBy: "USER" | "APPCONFIG";
	readonly Description: string;
	/** Epoch ms. */
	readonly at: number;
}

/**
 * When a linear deployment grows. AWS's documentation contradicts itself. `recorded`: its sample of GetDeployment (25 % over
 * 15 minutes) reaches 25, 50, 75 and 100 % after 3, 6, 9 and 12 minutes and starts to bake after 15. `even`: by its user
 * guide the steps are spread evenly from 0 % at the start to 100 % at the end.
 */
export type LinearSteps = "recorded" | "even";

const MINUTE_MS = 60_000;

export function toProgress(
	deployment: DeploymentRecord,
	clock: number,
): Progress {
	const { stoppedAt, reverted } = deployment;
	const now = notBefore(deployment, clock);
	if (stoppedAt !== undefined && now >= stoppedAt)
		return {
			state: reverted ? "REVERTED" : "ROLLED_BACK",
			percentage: 0,
			completedAt: stoppedAt,
		};
	const deployedAt = toDeployedAt(deployment);
	const bakedAt = toBakedAt(deployment);
	if (now >= bakedAt)
		return { state: "COMPLETE", percentage: 100, completedAt: bakedAt };
	if (now >= deployedAt) return { state: "BAKING", percentage: 100 };
	const step = toSteps(deployment).findLast(({ at }) => at <= now);
	return { state: "DEPLOYING", percentage: step?.percentage ?? 0 };
}

/** Events that have happened stay, even if the clock is set back. */
function notBefore(
	{ startedAt, stoppedAt = startedAt }: DeploymentRecord,
	now: number,
): number {
	return Math.max(now, startedAt, stoppedAt);
}

function toDeployedAt(deployment: DeploymentRecord): number {
	return (
		deployment.startedAt + deployment.DeploymentDurationInMinutes * MINUTE_MS
	);
}

export function toBakedAt(deployment: DeploymentRecord): number {
	return (
		toDeployedAt(deployment) + deployment.FinalBakeTimeInMinutes * MINUTE_MS
	);
}

/** Newest first, as GetDeployment lists them. */
export function toEvents(
	deployment: DeploymentRecord,
	clock: number,
): DeploymentEvent[] {
	const { startedAt, stoppedAt, reverted } = deployment;
	const now = notBefore(deployment, clock);
	const until = Math.min(now, stoppedAt ?? now);
	const events: DeploymentEvent[] = [
		{
			EventType: "DEPLOYMENT_STARTED",
			TriggeredBy: "USER",
			Description: "Deployment started",
			at: startedAt,
		},
		...toSteps(deployment)
			.filter(({ percentage }) => percentage > 0)
			.map(({ at, percentage }) => ({
				EventType: "PERCENTAGE_UPDATED" as const,
				TriggeredBy: "APPCONFIG" as const,
				Description: `Configuration available to ${percentage.toFixed(2)}% of clients`,
				at,
			})),
		{
			EventType: "BAKE_TIME_STARTED",
			TriggeredBy: "APPCONFIG",
			Description: "Deployment bake time started",
			at: toDeployedAt(deployment),
		},
		{
			EventType: "DEPLOYMENT_COMPLETED",
			TriggeredBy: "APPCONFIG",
			Description: "Deployment completed",
			at: toBakedAt(deployment),
		},
	];
	const past = events.filter(({ at }) => at <= until);
	if (stoppedAt !== undefined && stoppedAt <= now)
		past.push(...toEnd(stoppedAt, reverted ?? false));
	return past.reverse();
}

function toEnd(at: number, reverted: boolean): DeploymentEvent[] {
	if (reverted)
		return [
			{
				EventType: "REVERT_COMPLETED",
				TriggeredBy: "USER",
				Description: "Revert completed",
				at,
			},
		];
	return [
		{
			EventType: "ROLLBACK_STARTED",
			TriggeredBy: "USER",
			Description: "Rollback started",
			at,
		},
		{
			EventType: "ROLLBACK_COMPLETED",
			TriggeredBy: "APPCONFIG",
			Description: "Rollback completed",
			at,
		},
	];
}

/** The times at which the deployment reaches each percentage. */
function toSteps(
	growth: Growth & { startedAt: number; evenSteps?: boolean },
): { at: number; percentage: number }[] {
	const { GrowthFactor, GrowthType, startedAt } = growth;
	const duration = growth.DeploymentDurationInMinutes * MINUTE_MS;
	if (duration === 0) return [{ at: startedAt, percentage: 100 }];
	const linear = GrowthType === "LINEAR";
	const count = linear
		? Math.ceil(100 / GrowthFactor)
		: Math.max(1, Math.ceil(Math.log2(100 / GrowthFactor)));
	const intervals = linear && !growth.evenSteps ? count + 1 : count;
	return Array.from({ length: count + 1 }, (_, step) => ({
		at: startedAt + (duration * step) / intervals,
		percentage:
			step === count
				? 100
				: Math.min(100, GrowthFactor * (linear ? step : 2 ** step)),
	}));
}
