// `appconfig.json` beside the files: labels, strategies, types, validators and descriptions that a file cannot hold.
import { join } from "node:path";
import type { ConfigurationNames } from "../registry/catalogue.ts";
import type {
	ProfileType,
	StrategyRecord,
	Validator,
} from "../registry/records.ts";
import { PREDEFINED_STRATEGIES } from "../registry/strategies.ts";
import type { Log } from "../shared/log.ts";
import { parseManifest } from "./manifest-parser.ts";
import { readStableFile, statFile, toSignature } from "./stable-read.ts";

export interface ProfileSettings {
	readonly description?: string;
	readonly type: ProfileType;
	/** Feature flags written as AppConfig stores them, delivered in retrieval form. */
	readonly authoring: boolean;
	readonly validators: readonly Validator[];
	/** By environment. */
	readonly labels: Readonly<Record<string, string>>;
}

export interface EnvironmentSettings {
	readonly description?: string;
	/** Name of the strategy by which a changed file is deployed; all at once when absent. */
	readonly strategy?: string;
}

export interface ApplicationSettings {
	readonly description?: string;
	readonly environments: Readonly<Record<string, EnvironmentSettings>>;
	readonly profiles: Readonly<Record<string, ProfileSettings>>;
}

export interface Manifest {
	readonly applications: Readonly<Record<string, ApplicationSettings>>;
	readonly strategies: readonly StrategyRecord[];
}

export interface ManifestFile {
	current(): Manifest;
	/** Another text whenever the manifest has changed. */
	revision(): string;
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
			const bytes = stat && readStableFile(root, path, signature);
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
		revision() {
			refresh();
			return seen;
		},
	};
}

export function findApplicationSettings(
	manifest: Manifest,
	application: string,
): ApplicationSettings | undefined {
	return getOwn(manifest.applications, application);
}

export function findEnvironmentSettings(
	manifest: Manifest,
	{
		application,
		environment,
	}: Pick<ConfigurationNames, "application" | "environment">,
): EnvironmentSettings | undefined {
	const { environments } = getOwn(manifest.applications, application) ?? {};
	return environments && getOwn(environments, environment);
}

export function findProfileSettings(
	manifest: Manifest,
	{ application, profile }: Pick<ConfigurationNames, "application" | "profile">,
): ProfileSettings | undefined {
	const { profiles } = getOwn(manifest.applications, application) ?? {};
	return profiles && getOwn(profiles, profile);
}

const deployables = new WeakMap<ProfileSettings, string>();

/** What of a setting decides whether a file can be deployed, and as what: as long as it stays the same, no file is news. */
export function deployableKey(setting: ProfileSettings): string {
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
	names: ConfigurationNames,
): StrategyRecord | undefined {
	const name = findEnvironmentSettings(manifest, names)?.strategy;
	return [...manifest.strategies, ...PREDEFINED_STRATEGIES].find(
		(strategy) => strategy.Name === name,
	);
}

/** Names come from strangers: "constructor" is not a member of ours. */
function getOwn<T>(
	members: Readonly<Record<string, T>>,
	name: string,
): T | undefined {
	return Object.hasOwn(members, name) ? members[name] : undefined;
}
