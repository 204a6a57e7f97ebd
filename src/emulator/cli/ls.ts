import { relative } from "node:path";
import { createDirectory, type Directory } from "../files/directory.ts";
import { escapeInvisible } from "../shared/escape-invisible.ts";
import { createControlPlaneClient } from "./control-plane-client.ts";
import {
	type CliOptions,
	resolveDirectory,
	toErrorMessage,
	UsageError,
} from "./options.ts";

/** Lists the configurations of a directory, or the deployments of a running emulator. Throws UsageError. */
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

/** Two columns, printed with a tab between them. */
type Row = readonly [string, string];

function listDirectory(path: string): Row[] {
	const directory = open(path);
	return directory.list().map((names) => {
		const { application, environment, profile } = names;
		const location = directory.locate(names);
		const file =
			typeof location === "string" ? relative(directory.root, location) : "";
		return [`${application}/${environment}/${profile}`, file];
	});
}

async function listRunning(endpoint: string): Promise<Row[]> {
	const api = createControlPlaneClient(endpoint);
	const rows: Row[] = [];
	for (const application of await api.list("/applications")) {
		const path = `/applications/${application.Id}`;
		for (const environment of await api.list(`${path}/environments`))
			for (const deployment of await api.list(
				`${path}/environments/${environment.Id}/deployments`,
			))
				rows.push([
					`${application.Name}/${environment.Name}/${deployment.ConfigurationName}`,
					`deployment ${deployment.DeploymentNumber}, version ${deployment.ConfigurationVersion}${deployment.VersionLabel ? ` ${deployment.VersionLabel}` : ""}, ${deployment.State} ${deployment.PercentageComplete} %`,
				]);
	}
	return rows;
}
