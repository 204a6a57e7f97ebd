// The configurations in examples/ and the profiles that show them.
import { readdirSync } from "node:fs";
import { parse, posix } from "node:path";
import { fromRoot } from "./paths.ts";

export interface Example {
	readonly application: string;
	readonly environment: string;
	readonly configurationProfile: string;
	/** From the project's folder, with slashes on every system. */
	readonly file: string;
}

const FOLDER = "examples";

/** One example per file. A `.label` file beside it holds its version label. */
export function listExamples(): readonly Example[] {
	return folders(FOLDER).flatMap((application) =>
		folders(posix.join(FOLDER, application)).flatMap((environment) =>
			files(posix.join(FOLDER, application, environment)).map((file) => ({
				application,
				environment,
				configurationProfile: parse(file).name,
				file: posix.join(FOLDER, application, environment, file),
			})),
		),
	);
}

function folders(path: string): readonly string[] {
	return list(path).flatMap((entry) =>
		entry.isDirectory() ? [entry.name] : [],
	);
}

function files(path: string): readonly string[] {
	return list(path)
		.filter((entry) => entry.isFile())
		.map(({ name }) => name)
		.filter((name) => !name.startsWith(".") && !name.endsWith(".label"));
}

function list(path: string) {
	return readdirSync(fromRoot(path), { withFileTypes: true }).sort((a, b) =>
		a.name < b.name ? -1 : 1,
	);
}
