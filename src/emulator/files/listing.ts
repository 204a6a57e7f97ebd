// Names of the files in one directory, read again only when the directory itself has changed.
import { readdirSync, realpathSync, statSync } from "node:fs";
import { isInside, isSystemError } from "../shared/file-system.ts";

export interface Listing {
	/** Undefined when there is no such directory, or when it lies outside the root. */
	files(directory: string): readonly string[] | undefined;
	/** As `files`, by the name of the profile that a file holds. */
	profiles(directory: string): ReadonlyMap<string, string> | undefined;
}

interface DirectoryEntry {
	readonly signature: string;
	/** Epoch ms, by the file system's clock. */
	readonly changedAt: number;
	readonly files: readonly string[];
	profiles?: Map<string, string>;
}

/** Within this time of a change, a second one may carry the same time stamp. */
const TIMESTAMP_RESOLUTION_MS = 100;

export function createListing(root: string): Listing {
	const entries = new Map<string, DirectoryEntry>();

	function read(directory: string): DirectoryEntry | undefined {
		try {
			const entry = readNow(directory);
			if (!entry) entries.delete(directory);
			return entry;
		} catch (error) {
			// Removed while it was being read, links in a circle, no permission: for now there is no such directory.
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

/** `settings.json` is profile `settings`; the Agent's `.type%sub.type` extensions may hold dots of their own. */
export function splitExtension(
	file: string,
): [name: string, extension: string] {
	const percent = file.indexOf("%");
	const dot = file.lastIndexOf(".", percent === -1 ? file.length : percent);
	return dot < 1 ? [file, ""] : [file.slice(0, dot), file.slice(dot + 1)];
}

/** What editors, downloads and label sidecars leave beside the files that matter. */
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
