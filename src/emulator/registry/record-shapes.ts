import { isVersionLabel, type TableName, toKey } from "./records.ts";
import type { Change } from "./store.ts";

type Check = (value: unknown) => boolean;
type Fields = Readonly<Record<string, unknown>>;

const isText: Check = (value) => typeof value === "string";
const isId: Check = (value) =>
	typeof value === "string" && value !== "" && !value.includes("/");
const isTrue: Check = (value) => value === true;
const isBytes: Check = (value) => value instanceof Uint8Array;
const isTime: Check = (value) =>
	typeof value === "number" && Math.abs(value) <= 8.64e15;
/** A header of a reply can carry it. */
const isHeader: Check = (value) =>
	typeof value === "string" && /^[\t\x20-\x7e\x80-\xff]+$/.test(value);
const isLabel: Check = (value) =>
	typeof value === "string" && isVersionLabel(value);

const isTextPair: Check = (value) =>
	Array.isArray(value) && value.length === 2 && value.every(isText);

function isInteger(from: number, to = Number.MAX_SAFE_INTEGER): Check {
	return (value) =>
		Number.isSafeInteger(value) && Number(value) >= from && Number(value) <= to;
}

function isOneOf(...allowed: readonly string[]): Check {
	return (value) => allowed.some((one) => one === value);
}

function optional(check: Check): Check {
	return (value) => value === undefined || check(value);
}

function isListOf(check: Check): Check {
	return (value) => Array.isArray(value) && value.every(check);
}

function hasShape(members: Readonly<Record<string, Check>>): Check {
	return (value) =>
		isFields(value) &&
		Object.entries(members).every(([name, check]) =>
			check(Object.hasOwn(value, name) ? value[name] : undefined),
		);
}

function isFields(value: unknown): value is Fields {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

const NAMED = { Id: isId, Name: isText, Description: optional(isText) };

const GROWTH = {
	DeploymentDurationInMinutes: isInteger(0, 1440),
	GrowthFactor: (value: unknown) =>
		typeof value === "number" && value >= 1 && value <= 100,
	GrowthType: isOneOf("LINEAR", "EXPONENTIAL"),
	FinalBakeTimeInMinutes: isInteger(0, 1440),
};

/** The members that the emulator relies on. Others are kept as they are. */
const SHAPES: Readonly<Record<TableName, Check>> = {
	applications: hasShape(NAMED),
	environments: hasShape({
		...NAMED,
		ApplicationId: isId,
		Monitors: optional(isListOf(isFields)),
	}),
	profiles: hasShape({
		...NAMED,
		ApplicationId: isId,
		LocationUri: isText,
		Type: isOneOf("AWS.Freeform", "AWS.AppConfig.FeatureFlags"),
		Validators: optional(
			isListOf(
				hasShape({ Type: isOneOf("JSON_SCHEMA", "LAMBDA"), Content: isText }),
			),
		),
	}),
	versions: hasShape({
		ApplicationId: isId,
		ConfigurationProfileId: isId,
		VersionNumber: isInteger(1),
		ContentType: isHeader,
		// The bytes of the header, which may be empty.
		Description: optional((value) => value === "" || isHeader(value)),
		VersionLabel: optional(isLabel),
		KmsKeyArn: optional(isHeader),
		content: isBytes,
		deleted: optional(isTrue),
	}),
	strategies: hasShape({ ...NAMED, ...GROWTH, ReplicateTo: isText }),
	deployments: hasShape({
		...GROWTH,
		ApplicationId: isId,
		EnvironmentId: isId,
		ConfigurationProfileId: isId,
		DeploymentStrategyId: isText,
		DeploymentNumber: isInteger(1),
		ConfigurationName: isText,
		ConfigurationLocationUri: isText,
		ConfigurationVersion: isText,
		VersionLabel: optional(isLabel),
		Description: optional(isText),
		startedAt: isTime,
		stoppedAt: optional(isTime),
		reverted: optional(isTrue),
		evenSteps: optional(isTrue),
		KmsKeyIdentifier: optional(isText),
		replaced: optional(isText),
	}),
	tags: hasShape({ resource: isText, pairs: isListOf(isTextPair) }),
};

const KEYS: Readonly<Record<TableName, readonly string[]>> = {
	applications: ["Id"],
	environments: ["ApplicationId", "Id"],
	profiles: ["ApplicationId", "Id"],
	versions: ["ApplicationId", "ConfigurationProfileId", "VersionNumber"],
	strategies: ["Id"],
	deployments: ["ApplicationId", "EnvironmentId", "DeploymentNumber"],
	tags: ["resource"],
};

/** Whether a value that was read from the journal is a change that the store can apply. */
export function isChange(value: unknown): value is Change {
	if (!isFields(value)) return false;
	const { table, key, record } = value;
	if (typeof table !== "string" || !Object.hasOwn(SHAPES, table)) return false;
	if (typeof key !== "string") return false;
	if (record === null) return true;
	if (!SHAPES[table as TableName](record) || !isFields(record)) return false;
	const ids = KEYS[table as TableName].map((name) => record[name]);
	return key === toKey(...(ids as (string | number)[]));
}
