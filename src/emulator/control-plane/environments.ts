import { jsonReply } from "../http/messages.ts";
import {
	type EnvironmentRecord,
	type Monitor,
	omitUndefined,
	toKey,
} from "../registry/records.ts";
import {
	type DeploymentState,
	isInProgress,
	toProgress,
} from "../registry/rollout.ts";
import type { Store } from "../registry/store.ts";
import {
	badRequest,
	noContent,
	type Operation,
	type OperationContext,
} from "./operation.ts";
import {
	type Fields,
	optionalName,
	optionalText,
	paginate,
	parseBody,
	requireText,
} from "./request.ts";
import {
	createResourceId,
	requireApplication,
	requireEnvironment,
	requireFreeName,
} from "./resources.ts";
import { parseTags, toRemovalChanges, toTagChanges } from "./tags.ts";

const MAX_ENVIRONMENTS = 20;

export const createEnvironment: Operation = (
	context,
	request,
	{ ApplicationId },
) => {
	const { store } = context;
	requireApplication(store, ApplicationId);
	const body = parseBody(request);
	const Name = requireText(body, "Name", 64);
	const Description = optionalText(body, "Description", 1024);
	const tags = parseTags(body);
	requireFreeName(store, "environments", Name, ApplicationId);
	const record: EnvironmentRecord = {
		ApplicationId,
		Id: createResourceId(store, "environments", {
			quota: MAX_ENVIRONMENTS,
			application: ApplicationId,
		}),
		Name,
		...omitUndefined({ Description, Monitors: parseMonitors(body) }),
	};
	const key = toKey(ApplicationId, record.Id);
	store.commit([
		{ table: "environments", key, record },
		...toTagChanges("environments", key, tags),
	]);
	return jsonReply(201, toOutput(context, record), "created");
};

export const getEnvironment: Operation = (
	context,
	_,
	{ ApplicationId, EnvironmentId },
) =>
	jsonReply(
		200,
		toOutput(
			context,
			requireEnvironment(context.store, ApplicationId, EnvironmentId),
		),
	);

export const listEnvironments: Operation = (
	context,
	{ url },
	{ ApplicationId },
) => {
	requireApplication(context.store, ApplicationId);
	const all = context.store.list("environments", ApplicationId);
	return jsonReply(
		200,
		paginate(
			url,
			all.map((record) => toOutput(context, record)),
			{
				direction: "ascending",
				sortKey: (one) =>
					context.store.position(
						"environments",
						toKey(one.ApplicationId, one.Id),
					),
			},
		),
	);
};

export const updateEnvironment: Operation = (
	context,
	request,
	{ ApplicationId, EnvironmentId },
) => {
	const before = requireEnvironment(
		context.store,
		ApplicationId,
		EnvironmentId,
	);
	const body = parseBody(request);
	const Name = optionalName(body, 64) ?? before.Name;
	const Description = optionalText(body, "Description", 1024);
	if (Name !== before.Name)
		requireFreeName(context.store, "environments", Name, ApplicationId);
	const Monitors = parseMonitors(body);
	const record = {
		...before,
		Name,
		...omitUndefined({ Description, Monitors }),
	};
	save(context.store, record);
	return jsonReply(200, toOutput(context, record));
};

/** Also during a deployment: https://github.com/hashicorp/terraform-provider-aws destroys both at once. */
export const deleteEnvironment: Operation = (
	{ store },
	_,
	{ ApplicationId, EnvironmentId },
) => {
	requireEnvironment(store, ApplicationId, EnvironmentId);
	const key = toKey(ApplicationId, EnvironmentId);
	const deployments = store.list("deployments", key);
	store.commit([
		...deployments.flatMap((one) =>
			toRemovalChanges(store, "deployments", toKey(key, one.DeploymentNumber)),
		),
		...toRemovalChanges(store, "environments", key),
	]);
	return noContent();
};

function save(store: Store, record: EnvironmentRecord): void {
	const key = toKey(record.ApplicationId, record.Id);
	store.commit([{ table: "environments", key, record }]);
}

function toOutput(
	{ store, clock }: OperationContext,
	record: EnvironmentRecord,
) {
	const newest = store
		.list("deployments", toKey(record.ApplicationId, record.Id))
		.at(-1);
	return {
		...record,
		State: toState(newest && toProgress(newest, clock()).state),
	};
}

function toState(state: DeploymentState | undefined): string {
	if (state === "ROLLED_BACK" || state === "REVERTED") return state;
	return state !== undefined && isInProgress(state)
		? "DEPLOYING"
		: "READY_FOR_DEPLOYMENT";
}

function parseMonitors(body: Fields): Monitor[] | undefined {
	const { Monitors } = body;
	if (Monitors === undefined || Monitors === null) return undefined;
	if (!Array.isArray(Monitors) || Monitors.length > 5)
		throw badRequest("Monitors must be a list of at most 5");
	return Monitors.map((one: Fields) => ({
		AlarmArn: requireText(one ?? {}, "AlarmArn", 2048),
		...omitUndefined({
			AlarmRoleArn: optionalText(one ?? {}, "AlarmRoleArn", 2048),
		}),
	}));
}
