// Reads `appconfig.json`; every mistake is reported with its path.

import { toFileId } from "../registry/ids.ts";
import type { StrategyRecord, Validator } from "../registry/records.ts";
import { PREDEFINED_STRATEGIES } from "../registry/strategies.ts";
import { isLabel } from "./file-content.ts";
import type {
	ApplicationSettings,
	EnvironmentSettings,
	Manifest,
	ProfileSettings,
} from "./manifest.ts";
import { FileError } from "./stable-read.ts";

type Fields = Record<string, unknown>;

/** Throws FileError. */
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
		fail(`${at}.strategy`, `is none of ${strategies.join(", ")}`);
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

/** JSON.parse() reads any depth, but JSON.stringify() needs a call for each level. */
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
	if (typeof value !== "string" || !isLabel(value))
		return fail(
			at,
			"must have 1–64 characters, at least one of them not a digit",
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
			at,
			0,
			1440,
		),
		GrowthFactor: number(fields.growthFactor ?? 100, at, 1, 100),
		GrowthType: growth,
		FinalBakeTimeInMinutes: number(fields.bakeMinutes ?? 0, at, 0, 1440),
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
	const stranger = Object.keys(value).find(
		(key) => members && !members.includes(key),
	);
	if (stranger !== undefined)
		fail(`${at}.${stranger}`, `is none of ${members?.join(", ")}`);
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

function number(value: unknown, at: string, from: number, to: number): number {
	if (typeof value === "number" && value >= from && value <= to) return value;
	return fail(at, `has a number outside ${from}–${to}, or none`);
}

function fail(at: string, message: string): never {
	throw new FileError(`${at} ${message}`);
}
