// Deployment strategies that every account has.
// https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-deployment-strategy-predefined.html
import type { StrategyRecord } from "./records.ts";

export const ALL_AT_ONCE = predefined("AllAtOnce", "LINEAR", [100, 0, 10]);

export const PREDEFINED_STRATEGIES: readonly StrategyRecord[] = [
	ALL_AT_ONCE,
	predefined("Linear50PercentEvery30Seconds", "LINEAR", [50, 1, 1]),
	predefined("Canary10Percent20Minutes", "EXPONENTIAL", [10, 20, 10]),
	predefined("Linear20PercentEvery6Minutes", "LINEAR", [20, 30, 30]),
];

function predefined(
	name: string,
	GrowthType: StrategyRecord["GrowthType"],
	[growth, duration, bake]: readonly [number, number, number],
): StrategyRecord {
	return {
		Id: `AppConfig.${name}`,
		Name: `AppConfig.${name}`,
		GrowthType,
		GrowthFactor: growth,
		DeploymentDurationInMinutes: duration,
		FinalBakeTimeInMinutes: bake,
		ReplicateTo: "NONE",
	};
}
