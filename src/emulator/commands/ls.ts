// `ls`: the profiles of a directory, or of a running emulator.
import { realpathSync } from "node:fs";
import { relative } from "node:path";
import { createDirectory } from "../files/directory.ts";
import { createApi, listAll } from "./api.ts";
import { type CliOptions, UsageError } from "./options.ts";
import { servedDirectory } from "./served-directory.ts";

export async function ls(options: CliOptions): Promise<void> {
	const rows =
		options.endpoint === undefined
			? listDirectory(servedDirectory(options.positionals[0]))
			: await listRunning(options.endpoint);
	process.stdout.write(rows.map((row) => `${row}\n`).join(""));
}

function listDirectory(path: string): string[] {
	let root: string;
	try {
		root = realpathSync(path);
	} catch (cause) {
		throw new UsageError(`${path} cannot be read`, { cause });
	}
	const directory = createDirectory(root);
	return directory.list().map((names) => {
		const file = directory.locate(names);
		const { application, environment, profile } = names;
		const where = typeof file === "string" ? relative(root, file) : "";
		return `${application}/${environment}/${profile}\t${where}`;
	});
}

async function listRunning(endpoint: string): Promise<string[]> {
	const api = createApi(endpoint);
	const rows: string[] = [];
	for (const application of await listAll(api, "/applications")) {
		const path = `/applications/${application.Id}`;
		for (const environment of await listAll(api, `${path}/environments`))
			for (const one of await listAll(
				api,
				`${path}/environments/${environment.Id}/deployments`,
			))
				rows.push(
					`${application.Name}/${environment.Name}/${one.ConfigurationName}\tdeployment ${one.DeploymentNumber}, version ${one.ConfigurationVersion}${one.VersionLabel ? ` ${one.VersionLabel}` : ""}, ${one.State} ${one.PercentageComplete} %`,
				);
	}
	return rows;
}
