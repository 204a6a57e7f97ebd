import { jsonReply } from "../http/messages.ts";
import {
	omitUndefined,
	PREDEFINED_STRATEGIES,
	type StrategyRecord,
} from "../registry/records.ts";
import { badRequest, noContent, type Operation } from "./operation.ts";
import {
	type Fields,
	optionalEnum,
	optionalInteger,
	optionalNumber,
	optionalText,
	paginate,
	parseBody,
	requireText,
} from "./request.ts";
import { createResourceId, requireStrategy } from "./resources.ts";
import { parseTags, toRemovalChanges, toTagChanges } from "./tags.ts";

const MAX_STRATEGIES = 20;

export const createDeploymentStrategy: Operation = ({ store }, request) => {
	const body = parseBody(request);
	const Name = requireText(body, "Name", 64);
	const { DeploymentDurationInMinutes, GrowthFactor, ...rest } = parse(body);
	if (DeploymentDurationInMinutes === undefined)
		throw badRequest("DeploymentDurationInMinutes is required");
	if (GrowthFactor === undefined) throw badRequest("GrowthFactor is required");
	const record: StrategyRecord = {
		Id: createResourceId(store, "strategies", { quota: MAX_STRATEGIES }),
		Name,
		DeploymentDurationInMinutes,
		GrowthFactor,
		GrowthType: "LINEAR",
		FinalBakeTimeInMinutes: 0,
		ReplicateTo:
			optionalEnum(body, "ReplicateTo", ["NONE", "SSM_DOCUMENT"]) ?? "NONE",
		...rest,
	};
	store.commit([
		{ table: "strategies", key: record.Id, record },
		...toTagChanges("strategies", record.Id, parseTags(body)),
	]);
	return jsonReply(201, record, "created");
};

export const getDeploymentStrategy: Operation = (
	{ store },
	_,
	{ DeploymentStrategyId },
) => jsonReply(200, requireStrategy(store, DeploymentStrategyId));

export const listDeploymentStrategies: Operation = ({ store }, { url }) =>
	jsonReply(
		200,
		paginate(url, [...PREDEFINED_STRATEGIES, ...store.list("strategies")], {
			direction: "ascending",
			// Predefined strategies come first; the positions of others begin at 1.
			sortKey: (one) =>
				PREDEFINED_STRATEGIES.includes(one)
					? PREDEFINED_STRATEGIES.indexOf(one) - PREDEFINED_STRATEGIES.length
					: store.position("strategies", one.Id),
		}),
	);

export const updateDeploymentStrategy: Operation = (
	{ store },
	request,
	{ DeploymentStrategyId },
) => {
	const before = requireStrategy(store, DeploymentStrategyId);
	if (PREDEFINED_STRATEGIES.includes(before))
		throw badRequest("Cannot update a predefined deployment strategy.");
	const record = { ...before, ...parse(parseBody(request)) };
	store.commit([{ table: "strategies", key: record.Id, record }]);
	return jsonReply(200, record);
};

/** Deployments in progress continue: each has a copy of what it needs. */
export const deleteDeploymentStrategy: Operation = (
	{ store },
	_,
	{ DeploymentStrategyId },
) => {
	const strategy = requireStrategy(store, DeploymentStrategyId);
	if (PREDEFINED_STRATEGIES.includes(strategy))
		throw badRequest(
			`Cannot delete predefined Deployment Strategy ${strategy.Id}.`,
		);
	store.commit(toRemovalChanges(store, "strategies", strategy.Id));
	return noContent();
};

function parse(body: Fields) {
	return omitUndefined({
		Description: optionalText(body, "Description", 1024),
		DeploymentDurationInMinutes: optionalInteger(
			body,
			"DeploymentDurationInMinutes",
			[0, 1440],
		),
		FinalBakeTimeInMinutes: optionalInteger(
			body,
			"FinalBakeTimeInMinutes",
			[0, 1440],
		),
		GrowthFactor: optionalNumber(body, "GrowthFactor", [1, 100]),
		GrowthType: optionalEnum(body, "GrowthType", ["LINEAR", "EXPONENTIAL"]),
	});
}
