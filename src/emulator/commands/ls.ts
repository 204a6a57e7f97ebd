// `ls`: the profiles of a directory, or of a running emulator.
import { relative } from "node:path";
import { createDirectory, type Directory } from "../files/directory.ts";
import { createApi, listAll } from "./api.ts";
import type { CliOptions } from "./options.ts";
import { servedDirectory } from "./served-directory.ts";
import { reasonOf, UsageError } from "./usage-error.ts";

export async function ls(options: CliOptions): Promise<void> {
	const rows =
		options.endpoint === undefined
			? listDirectory(servedDirectory(options))
			: await listRunning(options.endpoint);
	process.stdout.write(rows.map((row) => `${row}\n`).join(""));
}

function open(path: string): Directory {
	try {
		return createDirectory(path);
	} catch (cause) {
		throw new UsageError(`${path} cannot be read: ${reasonOf(cause)}`, {
			cause,
		});
	}
}

function listDirectory(path: string): string[] {
	const directory = open(path);
	return directory.list().map((names) => {
		const file = directory.locate(names);
		const { application, environment, profile } = names;
		const where =
			typeof file === "string" ? relative(directory.root, file) : "";
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
