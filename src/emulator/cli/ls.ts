// `ls`: the profiles of a directory, or of a running emulator.
import { relative } from "node:path";
import { createDirectory, type Directory } from "../files/directory.ts";
import { escapeInvisible } from "../shared/escape-invisible.ts";
import {
	createControlPlaneClient,
	listAllPages,
} from "./control-plane-client.ts";
import type { CliOptions } from "./options.ts";
import { resolveDirectory } from "./served-directory.ts";
import { toErrorMessage, UsageError } from "./usage-error.ts";

export async function ls(options: CliOptions): Promise<void> {
	const rows =
		options.endpoint === undefined
			? listDirectory(resolveDirectory(options))
			: await listRunning(options.endpoint);
	process.stdout.write(
		rows.map((row) => `${row.map(escapeInvisible).join("\t")}\n`).join(""),
	);
}

function open(path: string): Directory {
	try {
		return createDirectory(path);
	} catch (cause) {
		throw new UsageError(`${path} cannot be read: ${toErrorMessage(cause)}`, {
			cause,
		});
	}
}

/** Names of others may hold tabs and line breaks; a row is a line with a tab between its two columns. */
type Row = readonly [string, string];

function listDirectory(path: string): Row[] {
	const directory = open(path);
	return directory.list().map((names) => {
		const file = directory.locate(names);
		const { application, environment, profile } = names;
		const where =
			typeof file === "string" ? relative(directory.root, file) : "";
		return [`${application}/${environment}/${profile}`, where];
	});
}

async function listRunning(endpoint: string): Promise<Row[]> {
	const api = createControlPlaneClient(endpoint);
	const rows: Row[] = [];
	for (const application of await listAllPages(api, "/applications")) {
		const path = `/applications/${application.Id}`;
		for (const environment of await listAllPages(api, `${path}/environments`))
			for (const one of await listAllPages(
				api,
				`${path}/environments/${environment.Id}/deployments`,
			))
				rows.push([
					`${application.Name}/${environment.Name}/${one.ConfigurationName}`,
					`deployment ${one.DeploymentNumber}, version ${one.ConfigurationVersion}${one.VersionLabel ? ` ${one.VersionLabel}` : ""}, ${one.State} ${one.PercentageComplete} %`,
				]);
	}
	return rows;
}
