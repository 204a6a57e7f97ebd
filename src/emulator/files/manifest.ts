// `appconfig.json` beside the files: labels, strategies, types, validators and descriptions that a file cannot hold.
import { join } from "node:path";
import type { Log } from "../log.ts";
import type { Names } from "../registry/catalogue.ts";
import type {
	ProfileType,
	StrategyRecord,
	Validator,
} from "../registry/records.ts";
import { PREDEFINED } from "../registry/strategies.ts";
import { parseManifest } from "./manifest-parser.ts";
import { readSettled, statFile, toSignature } from "./stable-read.ts";

export interface ProfileSetting {
	readonly description?: string;
	readonly type: ProfileType;
	/** Feature flags written as AppConfig stores them, delivered in retrieval form. */
	readonly authoring: boolean;
	readonly validators: readonly Validator[];
	/** By environment. */
	readonly labels: Readonly<Record<string, string>>;
}

export interface EnvironmentSetting {
	readonly description?: string;
	/** Name of the strategy by which a changed file is deployed; all at once when absent. */
	readonly strategy?: string;
}

export interface ApplicationSetting {
	readonly description?: string;
	readonly environments: Readonly<Record<string, EnvironmentSetting>>;
	readonly profiles: Readonly<Record<string, ProfileSetting>>;
}

export interface Manifest {
	readonly applications: Readonly<Record<string, ApplicationSetting>>;
	readonly strategies: readonly StrategyRecord[];
}

export interface ManifestFile {
	current(): Manifest;
	/** Another text whenever the manifest has changed. */
	mark(): string;
}

const EMPTY_MANIFEST: Manifest = { applications: {}, strategies: [] };

/** A manifest that does not parse is an error in the log; the last good one stays. */
export function createManifestFile(root: string, log: Log): ManifestFile {
	const path = join(root, "appconfig.json");
	let seen = "";
	let manifest = EMPTY_MANIFEST;

	function refresh(): void {
		const stat = statFile(path);
		const signature = stat ? toSignature(stat) : "";
		if (signature === seen) return;
		try {
			const bytes = stat && readSettled(root, path, signature);
			if (stat && !bytes) return;
			manifest = bytes ? parseManifest(bytes.toString("utf8")) : EMPTY_MANIFEST;
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			log.error(`${path} ${reason}`);
		}
		seen = signature;
	}

	return {
		current() {
			refresh();
			return manifest;
		},
		mark() {
			refresh();
			return seen;
		},
	};
}

export function findApplicationSetting(
	manifest: Manifest,
	application: string,
): ApplicationSetting | undefined {
	return own(manifest.applications, application);
}

export function findEnvironmentSetting(
	manifest: Manifest,
	{ application, environment }: Pick<Names, "application" | "environment">,
): EnvironmentSetting | undefined {
	const { environments } = own(manifest.applications, application) ?? {};
	return environments && own(environments, environment);
}

export function findProfileSetting(
	manifest: Manifest,
	{ application, profile }: Pick<Names, "application" | "profile">,
): ProfileSetting | undefined {
	const { profiles } = own(manifest.applications, application) ?? {};
	return profiles && own(profiles, profile);
}

const deployables = new WeakMap<ProfileSetting, string>();

/** What of a setting decides whether a file can be deployed, and as what: as long as it stays the same, no file is news. */
export function toDeployable(setting: ProfileSetting): string {
	const known = deployables.get(setting);
	if (known !== undefined) return known;
	const { type, authoring, validators } = setting;
	const made = JSON.stringify([type, authoring, validators]);
	deployables.set(setting, made);
	return made;
}

/** The strategy for a changed file; undefined means at once. */
export function findStrategy(
	manifest: Manifest,
	names: Names,
): StrategyRecord | undefined {
	const name = findEnvironmentSetting(manifest, names)?.strategy;
	return [...manifest.strategies, ...PREDEFINED].find(
		(strategy) => strategy.Name === name,
	);
}

/** Names come from strangers: "constructor" is not a member of ours. */
function own<T>(
	members: Readonly<Record<string, T>>,
	name: string,
): T | undefined {
	return Object.hasOwn(members, name) ? members[name] : undefined;
}
