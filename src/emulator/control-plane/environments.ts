// Create, get, list, update and delete environments.

import { jsonReply } from "../http/messages.ts";
import {
	createId,
	type EnvironmentRecord,
	type Monitor,
	omitUndefined,
	toKey,
} from "../registry/records.ts";
import { toProgress } from "../registry/rollout.ts";
import type { Store } from "../registry/store.ts";
import {
	badRequest,
	noContent,
	type Operation,
	type OperationContext,
	quotaExceeded,
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
	requireApplication,
	requireEnvironment,
	requireFreeName,
} from "./resources.ts";
import { parseTags, toRemovalChanges, toTagChanges } from "./tags.ts";

const MAX_ENVIRONMENTS = 20;

export const createEnvironment: Operation = (world, request, [id]) => {
	const { store } = world;
	const { Id: ApplicationId } = requireApplication(store, id);
	const body = parseBody(request);
	const Name = requireText(body, "Name", 64);
	const Description = optionalText(body, "Description", 1024);
	const tags = parseTags(body);
	requireFreeName(store, "environments", Name, ApplicationId);
	const kept = store
		.list("environments", ApplicationId)
		.filter(
			(one) => !store.isTransient("environments", toKey(ApplicationId, one.Id)),
		);
	if (kept.length >= MAX_ENVIRONMENTS)
		throw quotaExceeded(`There are ${MAX_ENVIRONMENTS} environments already`);
	const isTaken = (one: string) =>
		store.get("environments", toKey(ApplicationId, one)) !== undefined;
	const record: EnvironmentRecord = {
		ApplicationId,
		Id: createId(isTaken),
		Name,
		...omitUndefined({ Description, Monitors: parseMonitors(body) }),
	};
	const key = toKey(ApplicationId, record.Id);
	store.commit([
		{ table: "environments", key, record },
		...toTagChanges("environments", key, tags),
	]);
	return jsonReply(201, toOutput(world, record), "created");
};

export const getEnvironment: Operation = (world, _, [application = "", id]) =>
	jsonReply(
		200,
		toOutput(world, requireEnvironment(world.store, application, id)),
	);

export const listEnvironments: Operation = (world, { url }, [id]) => {
	const { Id } = requireApplication(world.store, id);
	const all = world.store.list("environments", Id);
	return jsonReply(
		200,
		paginate(
			url,
			all.map((record) => toOutput(world, record)),
			{
				direction: "ascending",
				sortKey: (one) =>
					world.store.position(
						"environments",
						toKey(one.ApplicationId, one.Id),
					),
			},
		),
	);
};

export const updateEnvironment: Operation = (world, request, ids) => {
	const [application = "", id] = ids;
	const before = requireEnvironment(world.store, application, id);
	const body = parseBody(request);
	const Name = optionalName(body, 64) ?? before.Name;
	const Description = optionalText(body, "Description", 1024);
	if (Name !== before.Name)
		requireFreeName(world.store, "environments", Name, application);
	const Monitors = parseMonitors(body);
	const record = {
		...before,
		Name,
		...omitUndefined({ Description, Monitors }),
	};
	save(world.store, record);
	return jsonReply(200, toOutput(world, record));
};

/** Also while a deployment is under way: https://github.com/hashicorp/terraform-provider-aws destroys both at once. */
export const deleteEnvironment: Operation = ({ store }, _, ids) => {
	const [application = "", id] = ids;
	const { Id } = requireEnvironment(store, application, id);
	const key = toKey(application, Id);
	const deployments = store.list("deployments", key);
	store.commit([
		...deployments.flatMap((one) =>
			toRemovalChanges(store, "deployments", toKey(key, one.DeploymentNumber)),
		),
		...toRemovalChanges(store, "environments", key),
	]);
	return noContent();
};

export function isInProgress(state: string): boolean {
	return state === "DEPLOYING" || state === "BAKING";
}

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

function toState(state: string | undefined): string {
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
