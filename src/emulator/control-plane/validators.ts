// JSON Schema validators of configuration profiles, through Ajv.
import { createAjv } from "../json-schema.ts";
import type { InvalidConfigurationDetail } from "./errors.ts";

export class InvalidContentError extends Error {
	readonly details: readonly InvalidConfigurationDetail[];
	constructor(details: readonly InvalidConfigurationDetail[]) {
		const list = details.map((one) => `${one.Location || "/"} ${one.Reason}`);
		super(`does not satisfy its validator: ${list.join("; ")}`);
		this.details = details;
	}
}

/** Throws an Error when the text is not a JSON Schema. */
export function compileSchema(schema: string) {
	const parsed: unknown = JSON.parse(schema);
	const ajv = createAjv({
		allErrors: true,
		strict: false,
		validateFormats: false,
		logger: false,
	});
	return ajv.compile(toDraft7(parsed) as object);
}

/** Throws InvalidContentError. */
export function requireValid(schema: string, content: Uint8Array): void {
	const validate = compileSchema(schema);
	if (validate(parseJson(content))) return;
	throw new InvalidContentError(
		(validate.errors ?? []).map((error) => ({
			Constraint: error.keyword,
			Location: error.instancePath,
			Reason: error.message ?? "is not allowed",
			Type: "JSON_SCHEMA",
		})),
	);
}

function parseJson(content: Uint8Array): unknown {
	try {
		return JSON.parse(
			new TextDecoder("utf-8", { fatal: true }).decode(content),
		);
	} catch (cause) {
		const detail = cause instanceof Error ? cause.message : String(cause);
		throw new InvalidContentError([
			{ Reason: `is not JSON: ${detail}`, Type: "JSON_SCHEMA" },
		]);
	}
}

/** AppConfig's validators are draft 4, where exclusive limits are flags; Ajv speaks draft 7. */
function toDraft7(schema: unknown): unknown {
	if (Array.isArray(schema)) return schema.map(toDraft7);
	if (typeof schema !== "object" || schema === null) return schema;
	const result: Record<string, unknown> = {};
	for (const [key, value] of Object.entries(schema))
		if (!(key === "$schema" && typeof value === "string"))
			result[key] = LITERAL.has(key) ? value : toDraft7(value);
	for (const [exclusive, limit] of EXCLUSIVE) {
		if (typeof result[exclusive] !== "boolean") continue;
		if (result[exclusive]) {
			result[exclusive] = result[limit];
			delete result[limit];
		} else delete result[exclusive];
	}
	if (typeof result.id === "string") delete result.id;
	return result;
}

/** Under these stands what a content may be, which is no schema. */
const LITERAL: ReadonlySet<string> = new Set(["enum", "const", "default"]);

const EXCLUSIVE = [
	["exclusiveMinimum", "minimum"],
	["exclusiveMaximum", "maximum"],
] as const;
