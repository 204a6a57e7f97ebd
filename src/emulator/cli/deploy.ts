import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { splitExtension } from "../files/directory.ts";
import { toContentType } from "../files/file-content.ts";
import { isVersionLabel } from "../registry/records.ts";
import { escapeInvisible } from "../shared/escape-invisible.ts";
import {
	ApiError,
	type ControlPlaneClient,
	createControlPlaneClient,
	type Resource,
} from "./control-plane-client.ts";
import {
	type CliOptions,
	DEFAULT_PORT,
	toErrorMessage,
	UsageError,
} from "./options.ts";

/** Created on demand, because the predefined strategies of AWS bake, and the next deployment would have to wait. */
const NO_BAKE_STRATEGY = {
	Name: "appconfig-emulator.no-bake",
	Description: "Deploys to all targets and completes immediately",
	DeploymentDurationInMinutes: 0,
	GrowthFactor: 100,
	FinalBakeTimeInMinutes: 0,
	ReplicateTo: "NONE",
};

/**
 * Deploys a file as a new hosted version. Creates the application, environment, profile and strategy where missing, and
 * deletes what it created when a step fails. Throws UsageError.
 */
export async function deploy(options: CliOptions): Promise<void> {
	const [file, names, ...rest] = options.positionals;
	const [application, environment, profile, ...more] = names?.split("/") ?? [];
	if (!file || !application || !environment || !profile)
		throw new UsageError("deploy takes FILE APPLICATION/ENVIRONMENT/PROFILE");
	if (rest.length > 0 || more.length > 0)
		throw new UsageError(
			`deploy takes FILE APPLICATION/ENVIRONMENT/PROFILE, not also ${[...rest, ...more].join(" ")}`,
		);
	const content = read(file);
	validateHeaderValues(options);
	const api = createControlPlaneClient(
		options.endpoint ?? `http://127.0.0.1:${DEFAULT_PORT}`,
	);
	const type = toContentType(splitExtension(basename(file))[1]);
	const created: string[] = [];
	try {
		const done = await deployTo(api, created, {
			names: { application, environment, profile },
			content,
			type: options.contentType ?? type,
			label: options.label,
			strategy: options.strategy,
		});
		process.stdout.write(`${escapeInvisible(`${names} ${done}`)}\n`);
	} catch (error) {
		throw await deleteCreated(api, created, error);
	}
}

interface DeployInput {
	readonly names: {
		readonly application: string;
		readonly environment: string;
		readonly profile: string;
	};
	readonly content: Uint8Array;
	readonly type: string;
	readonly label: string | undefined;
	readonly strategy: string | undefined;
}

/** Adds the paths of created resources to `created`, in the order of their creation. */
async function deployTo(
	api: ControlPlaneClient,
	created: string[],
	{ names, content, type, label, strategy }: DeployInput,
): Promise<string> {
	const findOrCreate = async (
		path: string,
		members: { readonly Name: string; readonly LocationUri?: string },
		deletePath = path,
	): Promise<Resource> => {
		const all = await api.list(path);
		const known = all.find(({ Name }) => Name === members.Name);
		if (known) return known;
		const resource = await api.create(path, members);
		created.push(`${deletePath}/${resource.Id}`);
		return resource;
	};
	const deploymentStrategy =
		strategy === undefined
			? await findOrCreate(
					"/deploymentstrategies",
					NO_BAKE_STRATEGY,
					// This path has a typo in AWS's API model.
					"/deployementstrategies",
				)
			: await findStrategy(api, strategy);
	const application = await findOrCreate("/applications", {
		Name: names.application,
	});
	const path = `/applications/${application.Id}`;
	const environment = await findOrCreate(`${path}/environments`, {
		Name: names.environment,
	});
	const configurationProfile = await findOrCreate(
		`${path}/configurationprofiles`,
		{
			Name: names.profile,
			LocationUri: "hosted",
		},
	);
	const versions = `${path}/configurationprofiles/${configurationProfile.Id}/hostedconfigurationversions`;
	const number = await upload(api, versions, { content, type, label });
	created.push(`${versions}/${number}`);
	const deployments = `${path}/environments/${environment.Id}/deployments`;
	const started = await api
		.create(deployments, {
			DeploymentStrategyId: deploymentStrategy.Id,
			ConfigurationProfileId: configurationProfile.Id,
			ConfigurationVersion: number,
		})
		.catch(async (error) => {
			throw await explainConflict(api, deployments, error);
		});
	return `version ${number}, deployment ${started.DeploymentNumber} ${started.State}`;
}

/** Adds how to stop the deployment that is in progress in the environment. */
async function explainConflict(
	api: ControlPlaneClient,
	path: string,
	error: unknown,
): Promise<unknown> {
	if (!(error instanceof ApiError) || error.status !== 409) return error;
	const all = await api.list(path);
	const busy = all.find(({ State }) =>
		/^(DEPLOYING|BAKING)$/.test(State ?? ""),
	);
	if (!busy) return error;
	const [, , application, , environment] = path.split("/");
	return new UsageError(
		`${error.message}. It is ${busy.State} at ${busy.PercentageComplete} %. Wait until it is complete, or stop it: aws appconfig stop-deployment --application-id ${application} --environment-id ${environment} --deployment-number ${busy.DeploymentNumber} --endpoint-url ${api.endpoint}`,
		{ cause: error },
	);
}

/** Returns the error, with the resources that could not be deleted. */
async function deleteCreated(
	api: ControlPlaneClient,
	created: readonly string[],
	error: unknown,
): Promise<unknown> {
	const remaining: string[] = [];
	for (const path of created.toReversed())
		await api
			.request({ method: "DELETE", path })
			.catch((cause) => remaining.push(`${path} (${toErrorMessage(cause)})`));
	if (remaining.length === 0) return error;
	return new UsageError(
		`${toErrorMessage(error)}. These resources were created and could not be deleted: ${remaining.join(", ")}`,
		{ cause: error },
	);
}

/** Returns the number of the new hosted version. */
async function upload(
	api: ControlPlaneClient,
	path: string,
	version: { content: Uint8Array; type: string; label: string | undefined },
): Promise<string> {
	const response = await api.request({
		method: "POST",
		path,
		headers: {
			"content-type": version.type,
			...(version.label === undefined ? {} : { versionlabel: version.label }),
		},
		body: version.content,
	});
	return response.headers.get("version-number") ?? "";
}

async function findStrategy(
	api: ControlPlaneClient,
	name: string,
): Promise<Resource> {
	const all = await api.list("/deploymentstrategies");
	const found = all.find(({ Id, Name }) => Name === name || Id === name);
	if (found) return found;
	const known = all.map(({ Name }) => escapeInvisible(Name)).join(", ");
	throw new UsageError(
		`There is no deployment strategy ${name}. The strategies are ${known}.`,
	);
}

function read(file: string): Uint8Array {
	try {
		return readFileSync(file);
	} catch (cause) {
		throw new UsageError(`${file} cannot be read: ${toErrorMessage(cause)}`, {
			cause,
		});
	}
}

/** Label and content type are sent in headers. */
function validateHeaderValues({ label, contentType }: CliOptions): void {
	if (label !== undefined && !isVersionLabel(label))
		throw new UsageError(
			"--label takes 1 to 64 Latin-1 characters, at least one of them not a digit",
		);
	if (
		contentType !== undefined &&
		!/^[\x21-\x7e][\x20-\x7e]*$/.test(contentType)
	)
		throw new UsageError(
			"--content-type takes a media type such as text/plain",
		);
}
