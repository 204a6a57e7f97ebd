import { opendirSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type {
	ConfigurationNames,
	MissingResource,
} from "../registry/catalogue.ts";
import { isInside, isSystemError } from "../shared/file-system.ts";

// Finds configurations in a directory: `application/environment/profile.ext`, or `application:environment:profile.ext` as the
// AppConfig Agent has them.

export interface Directory {
	/** With links resolved. */
	readonly root: string;
	/** The current path of the file of a configuration. */
	locate(names: ConfigurationNames): string | MissingResource;
	/** All configurations that are in the directory now. */
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

/** Names come from requests: they must not lead out of the directory, nor into hidden directories. */
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

/** Names of the files in directories. A directory is read again when it has changed. */
interface Listing {
	/** Undefined if there is no such directory, or if it is outside the root. */
	files(directory: string): readonly string[] | undefined;
	/** Files by the name of their profile. */
	profiles(directory: string): ReadonlyMap<string, string> | undefined;
}

interface DirectoryEntry {
	readonly signature: string;
	/** Epoch ms, by the file system's clock. */
	readonly changedAt: number;
	readonly files: readonly string[];
	profiles?: Map<string, string>;
}

/** Two changes within this time may have the same time stamp. */
const TIMESTAMP_RESOLUTION_MS = 100;

function createListing(root: string): Listing {
	const entries = new Map<string, DirectoryEntry>();

	function read(directory: string): DirectoryEntry | undefined {
		try {
			const entry = readNow(directory);
			if (!entry) entries.delete(directory);
			return entry;
		} catch (error) {
			// It was removed meanwhile, cannot be read, or links form a circle.
			if (!isSystemError(error)) throw error;
			entries.delete(directory);
			return undefined;
		}
	}

	function readNow(directory: string): DirectoryEntry | undefined {
		const stat = statSync(directory, { throwIfNoEntry: false });
		if (!stat?.isDirectory()) return undefined;
		const changedAt = Math.max(stat.mtimeMs, stat.ctimeMs);
		const signature = `${stat.dev}:${stat.ino}:${stat.mtimeMs}:${stat.ctimeMs}`;
		const known = entries.get(directory);
		const settled = Date.now() - changedAt > TIMESTAMP_RESOLUTION_MS;
		if (known?.signature === signature && settled) return known;
		if (!isInside(root, realpathSync(directory))) return undefined;
		const files = readdirSync(directory).filter((name) => !isIgnored(name));
		const entry = {
			signature,
			changedAt,
			files: files.sort(compareByExtension),
		};
		entries.set(directory, entry);
		return entry;
	}

	return {
		files: (directory) => read(directory)?.files,
		profiles(directory) {
			const entry = read(directory);
			if (!entry) return undefined;
			entry.profiles ??= toProfiles(entry.files);
			return entry.profiles;
		},
	};
}

/** Splits at the last dot, or at the last dot before a "%": a content type as an extension may contain dots. */
export function splitExtension(
	file: string,
): [name: string, extension: string] {
	const percent = file.indexOf("%");
	const dot = file.lastIndexOf(".", percent === -1 ? file.length : percent);
	return dot < 1 ? [file, ""] : [file.slice(0, dot), file.slice(dot + 1)];
}

/** Hidden files, label files, and what editors and downloads leave behind. */
function isIgnored(name: string): boolean {
	return /^\.|~$|^#.*#$|^4913$|\.(label|tmp|temp|swp|swx|part|bak|orig)$/i.test(
		name,
	);
}

const EXTENSION_ORDER = ["json", "yaml", "yml", "xml", "txt"];

function compareByExtension(a: string, b: string): number {
	const rank = extensionRank(a) - extensionRank(b);
	if (rank !== 0) return rank;
	return a < b ? -1 : 1;
}

function extensionRank(file: string): number {
	const rank = EXTENSION_ORDER.indexOf(splitExtension(file)[1].toLowerCase());
	return rank === -1 ? EXTENSION_ORDER.length : rank;
}

function toProfiles(files: readonly string[]): Map<string, string> {
	const profiles = new Map<string, string>();
	for (const file of files) {
		const [name] = splitExtension(file);
		if (!profiles.has(name)) profiles.set(name, file);
	}
	return profiles;
}
