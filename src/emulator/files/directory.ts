// Configurations in a directory: `application/environment/profile.ext`, or the Agent's flat `app:env:profile.ext`.
import { opendirSync, realpathSync } from "node:fs";
import { basename, join } from "node:path";
import type {
	ConfigurationNames,
	MissingResource,
} from "../registry/catalogue.ts";
import { createListing, type Listing, splitExtension } from "./listing.ts";

export interface Directory {
	/** Without links. */
	readonly root: string;
	/** The file that holds a profile now. */
	locate(names: ConfigurationNames): string | MissingResource;
	/** Every profile that is there now. */
	list(): ConfigurationNames[];
}

/** Throws when the directory cannot be read. */
export function createDirectory(path: string): Directory {
	const root = realpathSync(path);
	opendirSync(root).closeSync();
	const listing = createListing(root);

	function locate(names: ConfigurationNames): string | MissingResource {
		const { application, environment, profile } = names;
		if ([application, environment].every(isPathSegment)) {
			const directory = join(root, application, environment);
			const file = listing.profiles(directory)?.get(profile);
			if (file !== undefined) return join(directory, file);
		}
		const flat = listing.profiles(root);
		const file = flat?.get(`${application}:${environment}:${profile}`);
		if (file !== undefined) return join(root, file);
		return { missing: firstMissing(names, [...(flat?.keys() ?? [])]) };
	}

	function firstMissing(names: ConfigurationNames, flat: string[]) {
		const { application, environment } = names;
		const has = (prefix: string, ...path: string[]) =>
			flat.some((name) => name.startsWith(prefix)) ||
			(path.every(isPathSegment) && listing.files(join(root, ...path)));
		if (!has(`${application}:`, application)) return "Application";
		if (!has(`${application}:${environment}:`, application, environment))
			return "Environment";
		return "ConfigurationProfile";
	}

	return {
		root,
		locate,
		list: () => [...listTree(root, listing), ...listFlat(root, listing)],
	};
}

/** One step of a path: names from strangers never climb, and hidden directories are not applications. */
function isPathSegment(name: string): boolean {
	return name !== "" && !/^\.|[/\\\0]/.test(name);
}

function listTree(root: string, listing: Listing): ConfigurationNames[] {
	const inside = (...path: string[]) =>
		listing.files(join(root, ...path)) ?? [];
	return inside().flatMap((application) =>
		inside(application).flatMap((environment) =>
			inside(application, environment).map((file) => ({
				application,
				environment,
				profile: splitExtension(basename(file))[0],
			})),
		),
	);
}

function listFlat(root: string, listing: Listing): ConfigurationNames[] {
	return (listing.files(root) ?? []).flatMap((file) => {
		const [application, environment, ...rest] =
			splitExtension(file)[0].split(":");
		const profile = rest.join(":");
		return application && environment && profile
			? [{ application, environment, profile }]
			: [];
	});
}
