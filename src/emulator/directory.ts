// Configurations in a directory: `application/environment/profile.ext`, or the Agent's flat `app:env:profile.ext`.
import { realpathSync } from "node:fs";
import { join } from "node:path";
import type {
	Catalogue,
	Missing,
	Names,
	Target,
	Version,
} from "./catalogue.ts";
import { createFileTarget } from "./file-target.ts";
import { createListing, splitExtension } from "./listing.ts";
import type { Log } from "./log.ts";

export interface DirectoryOptions {
	readonly directory: string;
	readonly settleMs: number;
	readonly turn: () => number;
	readonly log: Log;
	readonly onVersion: (target: Target, version: Version) => void;
}

export interface Directory extends Catalogue {
	/** Every profile that is there now. */
	list(): Names[];
}

/** Throws when the directory cannot be read. */
export function createDirectory(options: DirectoryOptions): Directory {
	const root = realpathSync(options.directory);
	const listing = createListing(root);
	const byName = new Map<string, Target>();
	const byId: Target[] = [];

	function locate(names: Names): string | Missing {
		const { application, environment, profile } = names;
		if ([application, environment].every(isSegment)) {
			const directory = join(root, application, environment);
			const file = listing.profiles(directory)?.get(profile);
			if (file !== undefined) return join(directory, file);
		}
		const flat = listing.profiles(root);
		const file = flat?.get(`${application}:${environment}:${profile}`);
		if (file !== undefined) return join(root, file);
		return { missing: firstMissing(names, [...(flat?.keys() ?? [])]) };
	}

	function firstMissing(names: Names, flat: string[]) {
		const { application, environment } = names;
		const has = (prefix: string, ...path: string[]) =>
			flat.some((name) => name.startsWith(prefix)) ||
			(path.every(isSegment) && listing.files(join(root, ...path)));
		if (!has(`${application}:`, application)) return "Application";
		if (!has(`${application}:${environment}:`, application, environment))
			return "Environment";
		return "ConfigurationProfile";
	}

	function remember(names: Names): Target {
		const key = JSON.stringify([
			names.application,
			names.environment,
			names.profile,
		]);
		const known = byName.get(key);
		if (known) return known;
		const target = createFileTarget({
			...options,
			id: byId.length,
			names,
			root,
			locate: () => locate(names),
		});
		byName.set(key, target);
		byId.push(target);
		return target;
	}

	return {
		find(names) {
			const found = locate(names);
			return typeof found === "string" ? remember({ ...names }) : found;
		},
		target: (id) => byId[id],
		list: () => [
			...listTree(root, listing.files),
			...listFlat(listing.files(root)),
		],
	};
}

/** One step of a path: names from strangers never climb, and hidden directories are not applications. */
function isSegment(name: string): boolean {
	return name !== "" && !/^\.|[/\\\0]/.test(name);
}

function listTree(
	root: string,
	files: (directory: string) => readonly string[] | undefined,
): Names[] {
	return (files(root) ?? []).flatMap((application) =>
		(files(join(root, application)) ?? []).flatMap((environment) =>
			(files(join(root, application, environment)) ?? []).map((file) => ({
				application,
				environment,
				profile: splitExtension(file)[0],
			})),
		),
	);
}

function listFlat(files: readonly string[] | undefined): Names[] {
	return (files ?? []).flatMap((file) => {
		const [application, environment, profile] =
			splitExtension(file)[0].split(":");
		return application && environment && profile
			? [{ application, environment, profile }]
			: [];
	});
}
