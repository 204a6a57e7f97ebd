// `deploy`: a file as a new hosted version, deployed; what is missing on the way is made.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { toContentType } from "../files/content-type.ts";
import { isLabel } from "../files/file-content.ts";
import { splitExtension } from "../files/listing.ts";
import { type Api, createApi, listAll, type Resource } from "./api.ts";
import { type CliOptions, DEFAULT_PORT } from "./options.ts";
import { reasonOf, UsageError } from "./usage-error.ts";

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
	requireSendable(options);
	const api = createApi(options.endpoint ?? `http://127.0.0.1:${DEFAULT_PORT}`);
	const strategy = await findStrategy(api, options.strategy);
	const root = await need(api, "/applications", { Name: application });
	const path = `/applications/${root.Id}`;
	const place = await need(api, `${path}/environments`, { Name: environment });
	const owner = await need(api, `${path}/configurationprofiles`, {
		Name: profile,
		LocationUri: "hosted",
	});
	const type = toContentType(splitExtension(basename(file))[1]);
	const versions = `${path}/configurationprofiles/${owner.Id}/hostedconfigurationversions`;
	const number = await upload(api, versions, {
		content,
		type: options.contentType ?? type,
		label: options.label,
	});
	const started = await post(
		api,
		`${path}/environments/${place.Id}/deployments`,
		{
			DeploymentStrategyId: strategy,
			ConfigurationProfileId: owner.Id,
			ConfigurationVersion: number,
		},
	).catch(async (error) => {
		// Else the next try would find its label taken.
		await api({ method: "DELETE", path: `${versions}/${number}` });
		throw error;
	});
	process.stdout.write(
		`${names} version ${number}, deployment ${started.DeploymentNumber} ${started.State}\n`,
	);
}

/** Gives the number of the new hosted version. */
async function upload(
	api: Api,
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
	api: Api,
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

/** The resource of that name, made when it is not there. */
async function need(
	api: Api,
	path: string,
	members: { readonly Name: string; readonly LocationUri?: string },
): Promise<Resource> {
	const all = await listAll(api, path);
	const known = all.find(({ Name }) => Name === members.Name);
	return known ?? post(api, path, members);
}

async function findStrategy(
	api: Api,
	name = "AppConfig.AllAtOnce",
): Promise<string> {
	const all = await listAll(api, "/deploymentstrategies");
	const found = all.find(({ Id, Name }) => Name === name || Id === name);
	if (found) return found.Id;
	const known = all.map(({ Name }) => Name).join(", ");
	throw new UsageError(`There is no strategy ${name}, only ${known}`);
}

function read(file: string): Uint8Array {
	try {
		return readFileSync(file);
	} catch (cause) {
		throw new UsageError(`${file} cannot be read: ${reasonOf(cause)}`, {
			cause,
		});
	}
}

/** Both travel in headers. */
function requireSendable({ label, contentType }: CliOptions): void {
	if (label !== undefined && !isLabel(label))
		throw new UsageError(
			"--label takes 1 to 64 characters that a header can carry, at least one of them not a digit",
		);
	if (
		contentType !== undefined &&
		!/^[\x21-\x7e][\x20-\x7e]*$/.test(contentType)
	)
		throw new UsageError("--content-type takes a type such as text/plain");
}
