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
	listAllPages,
	type Resource,
} from "./control-plane-client.ts";
import { type CliOptions, DEFAULT_PORT } from "./options.ts";
import { toErrorMessage, UsageError } from "./usage-error.ts";

/**
 * Without a bake time an environment is free at once, so that the next deployment need not wait. AWS has no predefined
 * strategy of this kind: this one is made where it is missing.
 */
const NO_BAKE = {
	Name: "appconfig-emulator.no-bake",
	Description: "Reaches everyone at once and is complete at once",
	DeploymentDurationInMinutes: 0,
	GrowthFactor: 100,
	FinalBakeTimeInMinutes: 0,
	ReplicateTo: "NONE",
};

/** Deploys a file as a new hosted version. Makes what is missing on the way, and removes it again when it is refused. */
export async function deploy(options: CliOptions): Promise<void> {
	const [file, names, ...rest] = options.positionals;
	const [application, environment, profile, ...more] = names?.split("/") ?? [];
	if (!file || !application || !environment || !profile)
		throw new UsageError("deploy takes FILE APPLICATION/ENVIRONMENT/PROFILE");
	if (rest.length > 0 || more.length > 0)
		throw new UsageError(
			`deploy does not know ${[...rest, ...more].join(" ")}`,
		);
	const content = read(file);
	validateHeaderValues(options);
	const api = createControlPlaneClient(
		options.endpoint ?? `http://127.0.0.1:${DEFAULT_PORT}`,
	);
	const type = toContentType(splitExtension(basename(file))[1]);
	const made: string[] = [];
	try {
		const done = await deployTo(api, made, {
			names: { application, environment, profile },
			content,
			type: options.contentType ?? type,
			label: options.label,
			strategy: options.strategy,
		});
		process.stdout.write(`${escapeInvisible(`${names} ${done}`)}\n`);
	} catch (error) {
		throw await deleteCreated(api, made, error);
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

/** `made` gets the paths of what was not there before, in the order of its making. */
async function deployTo(
	api: ControlPlaneClient,
	made: string[],
	{ names, content, type, label, strategy }: DeployInput,
): Promise<string> {
	const need = async (
		path: string,
		members: { readonly Name: string },
		deletePath = path,
	): Promise<Resource> => {
		const all = await listAllPages(api, path);
		const known = all.find(({ Name }) => Name === members.Name);
		if (known) return known;
		const resource = await post(api, path, members);
		made.push(`${deletePath}/${resource.Id}`);
		return resource;
	};
	const used =
		strategy === undefined
			? await need(
					"/deploymentstrategies",
					NO_BAKE,
					// The model spells the path of this deletion like that.
					"/deployementstrategies",
				)
			: await findStrategy(api, strategy);
	const root = await need("/applications", { Name: names.application });
	const path = `/applications/${root.Id}`;
	const place = await need(`${path}/environments`, { Name: names.environment });
	const owner = await need(`${path}/configurationprofiles`, {
		Name: names.profile,
		...{ LocationUri: "hosted" },
	});
	const versions = `${path}/configurationprofiles/${owner.Id}/hostedconfigurationversions`;
	const number = await upload(api, versions, { content, type, label });
	made.push(`${versions}/${number}`);
	const deployments = `${path}/environments/${place.Id}/deployments`;
	const started = await post(api, deployments, {
		DeploymentStrategyId: used.Id,
		ConfigurationProfileId: owner.Id,
		ConfigurationVersion: number,
	}).catch(async (error) => {
		throw await explainConflict(api, deployments, error);
	});
	return `version ${number}, deployment ${started.DeploymentNumber} ${started.State}`;
}

/** Of an environment that another deployment keeps busy. */
async function explainConflict(
	api: ControlPlaneClient,
	path: string,
	error: unknown,
): Promise<unknown> {
	if (!(error instanceof ApiError) || error.status !== 409) return error;
	const all = await listAllPages(api, path);
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

/** Gives the error back, with what could not be removed. */
async function deleteCreated(
	api: ControlPlaneClient,
	made: readonly string[],
	error: unknown,
): Promise<unknown> {
	const left: string[] = [];
	for (const path of made.toReversed())
		await api({ method: "DELETE", path }).catch((cause) =>
			left.push(`${path} (${toErrorMessage(cause)})`),
		);
	if (left.length === 0) return error;
	return new UsageError(
		`${toErrorMessage(error)}. Made before that and not removed again: ${left.join(", ")}`,
		{ cause: error },
	);
}

/** Gives the number of the new hosted version. */
async function upload(
	api: ControlPlaneClient,
	path: string,
	version: { content: Uint8Array; type: string; label: string | undefined },
): Promise<string> {
	const response = await api({
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

async function post(
	api: ControlPlaneClient,
	path: string,
	members: object,
): Promise<Resource> {
	const response = await api({
		method: "POST",
		path,
		headers: { "content-type": "application/json" },
		body: JSON.stringify(members),
	});
	return (await response.json()) as Resource;
}

async function findStrategy(
	api: ControlPlaneClient,
	name: string,
): Promise<Resource> {
	const all = await listAllPages(api, "/deploymentstrategies");
	const found = all.find(({ Id, Name }) => Name === name || Id === name);
	if (found) return found;
	const known = all.map(({ Name }) => escapeInvisible(Name)).join(", ");
	throw new UsageError(`There is no strategy ${name}, only ${known}`);
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

/** Both travel in headers. */
function validateHeaderValues({ label, contentType }: CliOptions): void {
	if (label !== undefined && !isVersionLabel(label))
		throw new UsageError(
			"--label takes 1 to 64 characters that a header can carry, at least one of them not a digit",
		);
	if (
		contentType !== undefined &&
		!/^[\x21-\x7e][\x20-\x7e]*$/.test(contentType)
	)
		throw new UsageError("--content-type takes a type such as text/plain");
}
