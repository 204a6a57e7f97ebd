// `deploy`: a file as a new hosted version, deployed; what is missing on the way is made.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { toContentType } from "../files/content-type.ts";
import { splitExtension } from "../files/listing.ts";
import { type Api, createApi, listAll, type Resource } from "./api.ts";
import { type CliOptions, DEFAULT_PORT, UsageError } from "./options.ts";

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
	const api = createApi(options.endpoint ?? `http://127.0.0.1:${DEFAULT_PORT}`);
	const root = await need(api, "/applications", { Name: application });
	const path = `/applications/${root.Id}`;
	const place = await need(api, `${path}/environments`, { Name: environment });
	const owner = await need(api, `${path}/configurationprofiles`, {
		Name: profile,
		LocationUri: "hosted",
	});
	const version = await api({
		method: "POST",
		path: `${path}/configurationprofiles/${owner.Id}/hostedconfigurationversions`,
		headers: {
			"content-type":
				options.contentType ?? toContentType(splitExtension(basename(file))[1]),
			...(options.label === undefined ? {} : { versionlabel: options.label }),
		},
		body: content,
	});
	const number = version.headers.get("version-number") ?? "";
	const started = await api({
		method: "POST",
		path: `${path}/environments/${place.Id}/deployments`,
		headers: { "content-type": "application/json" },
		body: JSON.stringify({
			DeploymentStrategyId: await findStrategy(api, options.strategy),
			ConfigurationProfileId: owner.Id,
			ConfigurationVersion: number,
		}),
	});
	const { DeploymentNumber, State } = (await started.json()) as Resource;
	process.stdout.write(
		`${names} version ${number}, deployment ${DeploymentNumber} ${State}\n`,
	);
}

/** The resource of that name, made when it is not there. */
async function need(
	api: Api,
	path: string,
	members: { readonly Name: string; readonly LocationUri?: string },
): Promise<Resource> {
	const all = await listAll(api, path);
	const known = all.find(({ Name }) => Name === members.Name);
	if (known) return known;
	const made = await api({
		method: "POST",
		path,
		headers: { "content-type": "application/json" },
		body: JSON.stringify(members),
	});
	return (await made.json()) as Resource;
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
		throw new UsageError(`${file} cannot be read`, { cause });
	}
}
