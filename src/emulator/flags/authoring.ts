// A feature flag document as it is written and stored: read, and checked against its schema and its own constraints.
import type { ValidateFunction } from "ajv";
import { createAjv } from "../json-schema.ts";
import { parseIon } from "./ion.ts";
import { FLAGS_SCHEMA } from "./schema.ts";

export interface FlagsDocument {
	readonly version: "1";
	readonly flags?: Readonly<Record<string, FlagDefinition>>;
	readonly values?: Readonly<Record<string, FlagValue>>;
}

export interface FlagDefinition {
	readonly attributes?: Readonly<
		Record<string, { readonly constraints?: Constraints }>
	>;
}

export interface Constraints {
	readonly type: "number" | "string" | "array" | "boolean";
	readonly required?: boolean;
	readonly minimum?: number;
	readonly maximum?: number;
	readonly pattern?: string;
	readonly enum?: readonly string[];
	readonly elements?: Constraints;
}

export interface FlagValue {
	readonly enabled?: boolean;
	readonly _variants?: readonly Variant[];
	readonly [attribute: string]: unknown;
}

export interface Variant {
	readonly name: string;
	readonly enabled: boolean;
	/** Absent in the default variant. */
	readonly rule?: string;
	readonly attributeValues?: Readonly<Record<string, unknown>>;
}

export interface Mistake {
	/** A JSON pointer into the document. */
	readonly location: string;
	readonly reason: string;
}

export class FlagsError extends Error {
	readonly mistakes: readonly Mistake[];
	constructor(mistakes: readonly Mistake[]) {
		const list = mistakes.map((one) => `${one.location || "/"} ${one.reason}`);
		super(`is not a feature flag document: ${list.join("; ")}`);
		this.mistakes = mistakes;
	}
}

let validate: ValidateFunction<FlagsDocument> | undefined;

/** Throws FlagsError with everything that is wrong. */
export function parseFlags(bytes: Uint8Array): FlagsDocument {
	const value = parseJson(bytes);
	validate ??= createAjv({
		allErrors: true,
		discriminator: true,
		strict: false,
		// Dates are written by AppConfig itself; their exact form is not ours to refuse.
		validateFormats: false,
	}).compile<FlagsDocument>(FLAGS_SCHEMA);
	if (!validate(value))
		throw new FlagsError(
			(validate.errors ?? []).map(({ instancePath, message, params }) => ({
				location: instancePath,
				reason: `${message ?? "is not allowed"}${detail(params)}`,
			})),
		);
	const mistakes = Object.entries(value.values ?? {}).flatMap(([key, flag]) =>
		checkFlag(key, flag, value.flags?.[key]),
	);
	if (mistakes.length > 0) throw new FlagsError(mistakes);
	return value;
}

function parseJson(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new FlagsError([{ location: "", reason: `is not JSON: ${reason}` }]);
	}
}

function detail(params: Record<string, unknown>): string {
	return typeof params.additionalProperty === "string"
		? `: ${params.additionalProperty}`
		: "";
}

function checkFlag(
	key: string,
	flag: FlagValue,
	definition: FlagDefinition | undefined,
): Mistake[] {
	const location = `/values/${key}`;
	if (!definition)
		return [{ location, reason: `has no definition in /flags/${key}` }];
	const attributes = definition.attributes ?? {};
	const variants = flag._variants ?? [];
	const own = toAttributes(flag);
	return [
		...checkAttributes(own, attributes, {
			location,
			complete: variants.length === 0 && flag.enabled === true,
		}),
		...variants.flatMap((variant, index) => {
			const at = `${location}/_variants/${index}`;
			const values = variant.attributeValues ?? {};
			return [
				...checkRule(variant, at),
				...checkAttributes(values, attributes, {
					location: `${at}/attributeValues`,
					complete: variant.enabled,
				}),
			];
		}),
	];
}

/** A value's members that are attributes. */
export function toAttributes(flag: FlagValue): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(flag).filter(
			([name]) => name !== "enabled" && !name.startsWith("_"),
		),
	);
}

function checkRule({ rule }: Variant, location: string): Mistake[] {
	if (rule === undefined) return [];
	try {
		const [expression, ...rest] = parseIon(rule);
		if (expression?.kind === "sexp" && rest.length === 0) return [];
		return [
			{ location: `${location}/rule`, reason: "is not one s-expression" },
		];
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		return [{ location: `${location}/rule`, reason }];
	}
}

function checkAttributes(
	values: Readonly<Record<string, unknown>>,
	attributes: NonNullable<FlagDefinition["attributes"]>,
	{ location, complete }: { location: string; complete: boolean },
): Mistake[] {
	const wrong = Object.entries(values).flatMap(([name, value]) => {
		const at = `${location}/${name}`;
		const attribute = attributes[name];
		if (!attribute) return [{ location: at, reason: "is not defined" }];
		const reason =
			attribute.constraints && violation(value, attribute.constraints);
		return reason ? [{ location: at, reason }] : [];
	});
	const missing = Object.entries(attributes)
		.filter(
			([name, { constraints }]) =>
				complete && constraints?.required && values[name] === undefined,
		)
		.map(([name]) => ({ location, reason: `lacks the attribute ${name}` }));
	return [...wrong, ...missing];
}

function violation(value: unknown, rule: Constraints): string | undefined {
	if (rule.type === "array") {
		if (!Array.isArray(value)) return "must be an array";
		const { elements } = rule;
		if (!elements) return undefined;
		return value.map((one) => violation(one, elements)).find(Boolean);
	}
	if (typeof value !== rule.type) return `must be a ${rule.type}`;
	if (typeof value === "number") {
		if (rule.minimum !== undefined && value < rule.minimum)
			return `must be at least ${rule.minimum}`;
		if (rule.maximum !== undefined && value > rule.maximum)
			return `must be at most ${rule.maximum}`;
	}
	if (typeof value !== "string") return undefined;
	if (rule.enum && !rule.enum.includes(value))
		return `must be one of ${rule.enum.join(", ")}`;
	if (rule.pattern !== undefined && !new RegExp(rule.pattern).test(value))
		return `must match ${rule.pattern}`;
	return undefined;
}
