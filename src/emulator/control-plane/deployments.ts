import { createHash } from "node:crypto";
import { jsonReply } from "../http/messages.ts";
import {
	type DeploymentRecord,
	deploymentKey,
	type EnvironmentRecord,
	omitUndefined,
	type ProfileRecord,
	toKey,
	type VersionRecord,
} from "../registry/records.ts";
import { isInProgress, toEvents, toProgress } from "../registry/rollout.ts";
import type { Store } from "../registry/store.ts";
import { checkContent } from "../validation/content-checks.ts";
import {
	badRequest,
	conflict,
	type Operation,
	type OperationContext,
	type PathParameters,
	refuseInvalid,
} from "./operation.ts";
import {
	type Fields,
	optionalInteger,
	optionalText,
	paginate,
	parseBody,
	requireText,
} from "./request.ts";
import {
	keyArnOf,
	listVersions,
	requireDeployment,
	requireEnvironment,
	requireProfile,
	requireStrategy,
} from "./resources.ts";
import { parseTags, toTagChanges } from "./tags.ts";

/** How long a complete deployment can be reverted: https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-deploying.html */
const REVERT_WINDOW_MS = 72 * 60 * 60 * 1000;

export const startDeployment: Operation = async (
	context,
	request,
	parameters,
) => {
	const { store, clock, validation } = context;
	const body = parseBody(request);
	const tags = parseTags(body);
	requireValidExtensionParameters(body);
	const plan = planDeployment(context, body, parameters);
	await refuseInvalid(
		checkContent(validation, plan.profile, plan.version.content),
	);
	// Everything may have changed during the await.
	const { environment, profile, version, strategy, last } = planDeployment(
		context,
		body,
		parameters,
	);
	const KmsKeyIdentifier =
		optionalText(body, "KmsKeyIdentifier", 2048) || profile.KmsKeyIdentifier;
	const record: DeploymentRecord = {
		...toRecord(environment, profile, version),
		DeploymentNumber: last + 1,
		DeploymentStrategyId: strategy.Id,
		DeploymentDurationInMinutes: strategy.DeploymentDurationInMinutes,
		GrowthFactor: strategy.GrowthFactor,
		GrowthType: strategy.GrowthType,
		FinalBakeTimeInMinutes: strategy.FinalBakeTimeInMinutes,
		startedAt: clock(),
		...omitUndefined({
			Description: optionalText(body, "Description", 1024),
			KmsKeyIdentifier,
			replaced: hashOfReplacedFile(store, environment, profile),
		}),
		...(context.linearSteps === "even" ? { evenSteps: true } : {}),
	};
	const key = deploymentKey(record);
	store.commit([
		{ table: "deployments", key, record },
		...toTagChanges("deployments", key, tags),
	]);
	return jsonReply(201, toOutput(context, record), "deploying");
};

/** The resources of a deployment, if it can be started now. */
function planDeployment(
	context: OperationContext,
	body: Fields,
	{ ApplicationId, EnvironmentId }: PathParameters,
) {
	const { store } = context;
	const environment = requireEnvironment(store, ApplicationId, EnvironmentId);
	const strategy = requireStrategy(
		store,
		requireText(body, "DeploymentStrategyId", 64),
	);
	const profile = requireProfile(
		store,
		ApplicationId,
		requireText(body, "ConfigurationProfileId", 128),
	);
	const version = findVersion(store, profile, body);
	const key = toKey(ApplicationId, EnvironmentId);
	const others = store.list("deployments", key);
	const last = store.lastDeploymentNumber(key);
	requireNoDeploymentInProgress(context, others);
	const expected = optionalInteger(body, "LatestDeploymentNumber", [0, 1e9]);
	if (expected !== undefined && expected !== last)
		throw conflict(`The latest deployment number is ${last}`);
	return { environment, profile, version, strategy, last };
}

/** The emulator has no extensions, so parameters for them are only validated. */
function requireValidExtensionParameters({
	DynamicExtensionParameters,
}: Fields): void {
	const given = DynamicExtensionParameters;
	if (given === undefined || given === null) return;
	const values = typeof given === "object" ? Object.values(given) : [undefined];
	if (Array.isArray(given) || !values.every((one) => typeof one === "string"))
		throw badRequest("DynamicExtensionParameters must be a map of strings");
}

export const getDeployment: Operation = (context, _, parameters) =>
	jsonReply(
		200,
		toOutput(context, requireDeployment(context.store, parameters)),
	);

export const listDeployments: Operation = (
	{ store, clock },
	{ url },
	{ ApplicationId, EnvironmentId },
) => {
	requireEnvironment(store, ApplicationId, EnvironmentId);
	const summaries = store
		.list("deployments", toKey(ApplicationId, EnvironmentId))
		.sort((a, b) => b.DeploymentNumber - a.DeploymentNumber)
		.map((record) => ({
			...toSummary(record, clock()),
			// MANAGED is for deployments of experiments.
			Type: "USER",
		}));
	return jsonReply(
		200,
		paginate(url, summaries, {
			direction: "descending",
			sortKey: (one) => one.DeploymentNumber,
		}),
	);
};

export const stopDeployment: Operation = (context, { headers }, parameters) => {
	const { store, clock } = context;
	const before = requireDeployment(store, parameters);
	const number = before.DeploymentNumber;
	const now = clock();
	const { state, completedAt = now } = toProgress(before, now);
	if (!isInProgress(state)) {
		if (state !== "COMPLETE" || headers["allow-revert"] !== "true")
			throw badRequest(
				`Deployment ${number} is ${state} and cannot be stopped`,
			);
		if (now - completedAt > REVERT_WINDOW_MS)
			throw badRequest(`Deployment ${number} was completed over 72 hours ago`);
	}
	const reverted = state === "COMPLETE";
	const record: DeploymentRecord = {
		...before,
		stoppedAt: now,
		...(reverted ? { reverted } : {}),
	};
	store.commit([{ table: "deployments", key: deploymentKey(record), record }]);
	return jsonReply(202, toOutput(context, record), "stopped");
};

/** Finds the version by its number or label. */
function findVersion(
	store: Store,
	profile: ProfileRecord,
	body: Fields,
): VersionRecord {
	const wanted = requireText(body, "ConfigurationVersion", 1024);
	const found = listVersions(store, profile).find(
		(one) =>
			String(one.VersionNumber) === wanted || one.VersionLabel === wanted,
	);
	if (!found) throw badRequest(`There is no configuration version ${wanted}`);
	return found;
}

function requireNoDeploymentInProgress(
	{ clock }: OperationContext,
	deployments: readonly DeploymentRecord[],
): void {
	const running = deployments.find((one) =>
		isInProgress(toProgress(one, clock()).state),
	);
	if (running)
		throw conflict(
			`Deployment number ${running.DeploymentNumber} is in progress in this environment`,
		);
}

function toRecord(
	environment: EnvironmentRecord,
	profile: ProfileRecord,
	version: VersionRecord,
) {
	return {
		ApplicationId: environment.ApplicationId,
		EnvironmentId: environment.Id,
		ConfigurationProfileId: profile.Id,
		ConfigurationName: profile.Name,
		ConfigurationLocationUri: profile.LocationUri,
		ConfigurationVersion: String(version.VersionNumber),
		...omitUndefined({ VersionLabel: version.VersionLabel }),
	};
}

/** The hash of the file content that the newest deployment delivers, or that it replaced itself. */
function hashOfReplacedFile(
	store: Store,
	environment: EnvironmentRecord,
	profile: ProfileRecord,
): string | undefined {
	const { ApplicationId } = profile;
	const [newest] = store.deploymentsOf(
		toKey(ApplicationId, environment.Id, profile.Id),
	);
	if (!newest || !store.isTransient("deployments", deploymentKey(newest)))
		return newest?.replaced;
	const version = store.get(
		"versions",
		toKey(ApplicationId, profile.Id, newest.ConfigurationVersion),
	);
	return version && createHash("sha256").update(version.content).digest("hex");
}

function toSummary(record: DeploymentRecord, now: number) {
	const { state, percentage, completedAt } = toProgress(record, now);
	return {
		DeploymentNumber: record.DeploymentNumber,
		ConfigurationProfileId: record.ConfigurationProfileId,
		ConfigurationName: record.ConfigurationName,
		ConfigurationVersion: record.ConfigurationVersion,
		VersionLabel: record.VersionLabel,
		DeploymentDurationInMinutes: record.DeploymentDurationInMinutes,
		GrowthType: record.GrowthType,
		GrowthFactor: record.GrowthFactor,
		FinalBakeTimeInMinutes: record.FinalBakeTimeInMinutes,
		State: state,
		PercentageComplete: percentage,
		StartedAt: new Date(record.startedAt).toISOString(),
		CompletedAt:
			completedAt === undefined
				? undefined
				: new Date(completedAt).toISOString(),
	};
}

function toOutput({ clock }: OperationContext, record: DeploymentRecord) {
	const now = clock();
	return {
		...toSummary(record, now),
		ApplicationId: record.ApplicationId,
		EnvironmentId: record.EnvironmentId,
		ConfigurationProfileId: record.ConfigurationProfileId,
		DeploymentStrategyId: record.DeploymentStrategyId,
		ConfigurationLocationUri: record.ConfigurationLocationUri,
		Description: record.Description,
		KmsKeyIdentifier: record.KmsKeyIdentifier,
		KmsKeyArn: keyArnOf(record),
		AppliedExtensions: [],
		EventLog: toEvents(record, now).map(({ at, ...event }) => ({
			...event,
			ActionInvocations: [],
			OccurredAt: new Date(at).toISOString(),
		})),
	};
}
