import { join } from "node:path";
import type { ConfigurationNames } from "../registry/catalogue.ts";
import {
	isVersionLabel,
	PREDEFINED_STRATEGIES,
	type ProfileType,
	type StrategyRecord,
	toFileId,
	type Validator,
} from "../registry/records.ts";
import type { Log } from "../shared/log.ts";
import {
	FileError,
	readStableFile,
	statFile,
	toSignature,
} from "./stable-read.ts";

export interface ProfileSettings {
	readonly description?: string;
	readonly type: ProfileType;
	/** The file holds feature flags as AppConfig stores them, which are converted for delivery. */
	readonly authoring: boolean;
	readonly validators: readonly Validator[];
	/** By environment. */
	readonly labels: Readonly<Record<string, string>>;
}

export interface EnvironmentSettings {
	readonly description?: string;
	/** Name of the deployment strategy for changed files. Without it they are deployed at once. */
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
	/** Changes whenever the file changes. */
	revision(): string;
}

const EMPTY_MANIFEST: Manifest = { applications: {}, strategies: [] };

/** Watches `appconfig.json`. If it cannot be parsed, the error is logged and the last valid manifest stays. */
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

/** Changes when a file must be deployed again because of its settings. */
export function deployableKey(setting: ProfileSettings): string {
	const known = deployables.get(setting);
	if (known !== undefined) return known;
	const { type, authoring, validators } = setting;
	const made = JSON.stringify([type, authoring, validators]);
	deployables.set(setting, made);
	return made;
}

/** The strategy for a changed file; undefined if it is deployed at once. */
export function findStrategy(
	manifest: Manifest,
	names: ConfigurationNames,
): StrategyRecord | undefined {
	const name = findEnvironmentSettings(manifest, names)?.strategy;
	return [...manifest.strategies, ...PREDEFINED_STRATEGIES].find(
		(strategy) => strategy.Name === name,
	);
}

/** Names come from requests, and `constructor` is inherited by every object. */
function getOwn<T>(
	members: Readonly<Record<string, T>>,
	name: string,
): T | undefined {
	return Object.hasOwn(members, name) ? members[name] : undefined;
}

type Fields = Record<string, unknown>;

/** Throws FileError that names the path of the mistake. */
export function parseManifest(text: string): Manifest {
	const root = object(parseJson(text), "$", ["applications", "strategies"]);
	const strategies = entries(root.strategies, "$.strategies").map(
		([name, value]) => toStrategy(name, value, `$.strategies.${name}`),
	);
	const known = [...strategies, ...PREDEFINED_STRATEGIES].map(
		({ Name }) => Name,
	);
	return {
		strategies,
		applications: mapObject(root.applications, "$.applications", (value, at) =>
			toApplication(value, at, known),
		),
	};
}

function toApplication(
	value: unknown,
	at: string,
	strategies: readonly string[],
): ApplicationSettings {
	const members = ["description", "environments", "profiles"];
	const fields = object(value, at, members);
	return {
		...description(fields, at),
		environments: mapObject(
			fields.environments,
			`${at}.environments`,
			(one, path) => toEnvironment(one, path, strategies),
		),
		profiles: mapObject(fields.profiles, `${at}.profiles`, toProfile),
	};
}

function toEnvironment(
	value: unknown,
	at: string,
	strategies: readonly string[],
): EnvironmentSettings {
	const fields = object(value, at, ["description", "strategy"]);
	const strategy = optionalString(fields.strategy, `${at}.strategy`);
	if (strategy !== undefined && !strategies.includes(strategy))
		fail(`${at}.strategy`, `is not one of ${strategies.join(", ")}`);
	return {
		...description(fields, at),
		...(strategy === undefined ? {} : { strategy }),
	};
}

function toProfile(value: unknown, at: string): ProfileSettings {
	const members = ["description", "type", "format", "validators", "labels"];
	const fields = object(value, at, members);
	const type = fields.type ?? "AWS.Freeform";
	if (type !== "AWS.Freeform" && type !== "AWS.AppConfig.FeatureFlags")
		return fail(
			`${at}.type`,
			"must be AWS.Freeform or AWS.AppConfig.FeatureFlags",
		);
	const format = fields.format ?? "retrieval";
	if (format !== "retrieval" && format !== "authoring")
		return fail(`${at}.format`, "must be retrieval or authoring");
	if (format === "authoring" && type === "AWS.Freeform")
		return fail(`${at}.format`, "authoring is for AWS.AppConfig.FeatureFlags");
	const validators = fields.validators ?? [];
	if (!Array.isArray(validators))
		return fail(`${at}.validators`, "must be a list of JSON Schemas");
	return {
		...description(fields, at),
		type,
		authoring: format === "authoring",
		validators: validators.map((schema, index) =>
			toValidator(schema, `${at}.validators[${index}]`),
		),
		labels: mapObject(fields.labels, `${at}.labels`, toLabel),
	};
}

/** JSON.stringify() calls itself for each level. */
const MAX_DEPTH = 1_000;

function toValidator(schema: unknown, at: string): Validator {
	let level = [schema];
	for (let depth = 0; level.length > 0; depth += 1) {
		if (depth > MAX_DEPTH)
			return fail(at, `is nested more than ${MAX_DEPTH} levels deep`);
		level = level.flatMap((value) =>
			typeof value === "object" && value !== null ? Object.values(value) : [],
		);
	}
	return { Type: "JSON_SCHEMA", Content: JSON.stringify(schema) };
}

function toLabel(value: unknown, at: string): string {
	if (typeof value !== "string" || !isVersionLabel(value))
		return fail(
			at,
			"must have 1 to 64 Latin-1 characters, at least one of them not a digit",
		);
	return value;
}

function toStrategy(name: string, value: unknown, at: string): StrategyRecord {
	const fields = object(value, at, [
		"description",
		"durationMinutes",
		"growthFactor",
		"growthType",
		"bakeMinutes",
	]);
	const growth = fields.growthType ?? "LINEAR";
	if (growth !== "LINEAR" && growth !== "EXPONENTIAL")
		return fail(`${at}.growthType`, "must be LINEAR or EXPONENTIAL");
	const { description: Description } = description(fields, at);
	return {
		Id: toFileId("strategy", name),
		Name: name,
		...(Description === undefined ? {} : { Description }),
		DeploymentDurationInMinutes: number(
			fields.durationMinutes ?? 0,
			`${at}.durationMinutes`,
			[0, 1440],
		),
		GrowthFactor: number(
			fields.growthFactor ?? 100,
			`${at}.growthFactor`,
			[1, 100],
		),
		GrowthType: growth,
		FinalBakeTimeInMinutes: number(
			fields.bakeMinutes ?? 0,
			`${at}.bakeMinutes`,
			[0, 1440],
		),
		ReplicateTo: "NONE",
	};
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		const detail = cause instanceof Error ? cause.message : String(cause);
		throw new FileError(`is not JSON: ${detail}`, { cause });
	}
}

function object(
	value: unknown,
	at: string,
	members?: readonly string[],
): Fields {
	if (typeof value !== "object" || value === null || Array.isArray(value))
		return fail(at, "must be an object");
	const unknown = Object.keys(value).find(
		(key) => members && !members.includes(key),
	);
	if (unknown !== undefined)
		fail(`${at}.${unknown}`, `is not one of ${members?.join(", ")}`);
	return { ...value };
}

function entries(value: unknown, at: string): [string, unknown][] {
	return Object.entries(value === undefined ? {} : object(value, at));
}

function mapObject<T>(
	value: unknown,
	at: string,
	parse: (value: unknown, at: string) => T,
): Record<string, T> {
	return Object.fromEntries(
		entries(value, at).map(([key, one]) => [key, parse(one, `${at}.${key}`)]),
	);
}

function description(fields: Fields, at: string): { description?: string } {
	const text = optionalString(fields.description, `${at}.description`);
	return text === undefined ? {} : { description: text };
}

function optionalString(value: unknown, at: string): string | undefined {
	if (value === undefined || typeof value === "string") return value;
	return fail(at, "must be a string");
}

function number(
	value: unknown,
	at: string,
	[from, to]: readonly [number, number],
): number {
	if (typeof value === "number" && value >= from && value <= to) return value;
	return fail(at, `must be a number from ${from} to ${to}`);
}

function fail(at: string, message: string): never {
	throw new FileError(`${at} ${message}`);
}
