import type { ValidateFunction } from "ajv";
import { createAjv } from "../emulator/control-plane/json-schema.ts";
import {
	createBudget,
	createScope,
	parseRule,
	RuleError,
	type RuleScope,
} from "./rules.ts";
import { FLAGS_SCHEMA } from "./schema.ts";

export interface AuthoredFlags {
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
	readonly enum?: readonly (string | number)[];
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
	/** Absent or empty in the default variant. */
	readonly rule?: string;
	readonly attributeValues?: Readonly<Record<string, unknown>>;
}

export interface Violation {
	/** A JSON pointer into the document. */
	readonly location: string;
	readonly reason: string;
	/** The keyword of the schema, or the part of the constraints, that it breaks. */
	readonly constraint?: string;
}

/** Texts that must match a pattern which the document itself brings along; whoever checks them must guard their time. */
export interface PatternCheck {
	readonly pattern: string;
	readonly texts: readonly {
		readonly location: string;
		readonly text: string;
	}[];
}

const MAX_VIOLATIONS = 100;
const MAX_QUOTE_LENGTH = 500;

export class InvalidFlagsError extends Error {
	readonly violations: readonly Violation[];
	constructor(mistakes: readonly Violation[]) {
		const told = mistakes.slice(0, MAX_VIOLATIONS);
		const list = told.map((one) => `${one.location || "/"} ${one.reason}`);
		super(`is not a feature flag document: ${list.join("; ")}`);
		this.violations = told;
	}
}

/** Of a longer document only the first mistake against the schema is told: it could have a million of them. */
const MAX_BYTES_FOR_ALL_ERRORS = 256 * 1024;

const validators = new Map<boolean, ValidateFunction<AuthoredFlags>>();

function getValidator(allErrors: boolean): ValidateFunction<AuthoredFlags> {
	const known = validators.get(allErrors);
	if (known) return known;
	const made = createAjv({
		allErrors,
		discriminator: true,
		strict: false,
		// Dates are written by AppConfig itself; their exact form is not ours to refuse.
		validateFormats: false,
	}).compile<AuthoredFlags>(FLAGS_SCHEMA);
	validators.set(allErrors, made);
	return made;
}

/** Throws FlagsError with what is wrong. Values are not yet checked against the patterns of their constraints. */
export function parseAuthoredFlags(bytes: Uint8Array): AuthoredFlags {
	const value = parseJson(bytes);
	const validate = getValidator(bytes.length <= MAX_BYTES_FOR_ALL_ERRORS);
	if (!validate(value))
		throw new InvalidFlagsError(
			(validate.errors ?? [])
				// It only says that the branch which was chosen has a mistake, which is in the list itself.
				.filter(({ keyword }) => keyword !== "if")
				.slice(0, MAX_VIOLATIONS)
				.map(({ instancePath, keyword, message, params }) => ({
					location: instancePath,
					reason: `${message ?? "is not allowed"}${describeParams(params)}`,
					constraint: keyword,
				})),
		);
	const budget = createBudget();
	const mistakes = [
		...Object.entries(value.flags ?? {}).flatMap(([key, definition]) =>
			checkDefinition(key, definition),
		),
		...Object.entries(value.values ?? {}).flatMap(([key, flag]) =>
			checkFlag(flag, getOwn(value.flags, key), createScope(key, budget)),
		),
	];
	if (mistakes.length > 0) throw new InvalidFlagsError(mistakes);
	return value;
}

/**
 * What can be read of a document, whatever is wrong with it: documents were stored under rules that are stricter now.
 * Throws FlagsError when it is no JSON object.
 */
export function readAuthoredFlags(bytes: Uint8Array): AuthoredFlags {
	const value = parseJson(bytes);
	if (!isObject(value))
		throw new InvalidFlagsError([
			{ location: "", reason: "must be an object" },
		]);
	const values = isObject(value.values) ? value.values : {};
	return {
		version: "1",
		values: Object.fromEntries(
			Object.entries(values).flatMap(([key, flag]) =>
				isObject(flag) ? [[key, readFlag(flag)]] : [],
			),
		),
	};
}

function readFlag({ _variants, ...flag }: Record<string, unknown>): FlagValue {
	if (!Array.isArray(_variants)) return flag;
	return { ...flag, _variants: _variants.filter(isVariant) };
}

function isVariant(value: unknown): value is Variant {
	return (
		isObject(value) &&
		typeof value.name === "string" &&
		typeof value.enabled === "boolean" &&
		(value.rule === undefined || typeof value.rule === "string") &&
		(value.attributeValues === undefined || isObject(value.attributeValues))
	);
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Of what the document itself names, never of what every object has: flags may be called `constructor`. */
function getOwn<T>(
	record: Readonly<Record<string, T>> | undefined,
	key: string,
): T | undefined {
	return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** What is left to check of a document that was parsed. */
export function collectPatternChecks(document: AuthoredFlags): PatternCheck[] {
	const checks = new Map<string, { location: string; text: string }[]>();
	for (const [key, flag] of Object.entries(document.values ?? {})) {
		const attributes = getOwn(document.flags, key)?.attributes ?? {};
		for (const { location, values } of attributeValuesOf(key, flag))
			for (const [name, value] of Object.entries(values)) {
				const constraints = getOwn(attributes, name)?.constraints;
				const pattern = constraints?.pattern ?? constraints?.elements?.pattern;
				if (pattern === undefined) continue;
				const texts = [value].flat().filter((one) => typeof one === "string");
				const known = checks.get(pattern) ?? [];
				checks.set(pattern, known);
				for (const text of texts)
					known.push({ location: `${location}/${name}`, text });
			}
	}
	return [...checks].map(([pattern, texts]) => ({ pattern, texts }));
}

/** The attributes' values of a flag and of each of its variants. */
function attributeValuesOf(key: string, flag: FlagValue) {
	const location = `/values/${key}`;
	return [
		{ location, values: toAttributes(flag) },
		...(flag._variants ?? []).map(({ attributeValues }, index) => ({
			location: `${location}/_variants/${index}/attributeValues`,
			values: attributeValues ?? {},
		})),
	];
}

/** The default variant is the one without a rule. */
export function isDefaultVariant({ rule }: Variant): boolean {
	return rule === undefined || rule === "";
}

function parseJson(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new InvalidFlagsError([
			{ location: "", reason: `is not JSON: ${reason}` },
		]);
	}
}

function describeParams(params: Record<string, unknown>): string {
	return typeof params.additionalProperty === "string"
		? `: ${truncate(params.additionalProperty)}`
		: "";
}

function checkDefinition(
	key: string,
	{ attributes = {} }: FlagDefinition,
): Violation[] {
	return Object.entries(attributes).flatMap(([name, { constraints }]) => {
		const at = `/flags/${key}/attributes/${name}`;
		if (name === "enabled")
			return [{ location: at, reason: "has the reserved name enabled" }];
		return [
			...checkPattern(constraints?.pattern, `${at}/constraints/pattern`),
			...checkPattern(
				constraints?.elements?.pattern,
				`${at}/constraints/elements/pattern`,
			),
		];
	});
}

function checkPattern(
	pattern: string | undefined,
	location: string,
): Violation[] {
	if (pattern === undefined) return [];
	try {
		new RegExp(pattern);
		return [];
	} catch (error) {
		const detail = error instanceof Error ? error.message : String(error);
		const reason = `is not a regular expression: ${detail}`;
		return [{ location, reason, constraint: "pattern" }];
	}
}

function checkFlag(
	flag: FlagValue,
	definition: FlagDefinition | undefined,
	scope: RuleScope,
): Violation[] {
	const key = scope.flag;
	const location = `/values/${key}`;
	if (!definition)
		return [{ location, reason: `has no definition in /flags/${key}` }];
	const attributes = definition.attributes ?? {};
	const variants = flag._variants ?? [];
	return [
		...checkAttributes(toAttributes(flag), attributes, {
			location,
			complete: flag._variants === undefined && flag.enabled === true,
		}),
		...(flag._variants
			? checkDefaultVariant(variants, `${location}/_variants`)
			: []),
		...variants.flatMap((variant, index) => {
			const at = `${location}/_variants/${index}`;
			const values = variant.attributeValues ?? {};
			return [
				...checkRule(variant, at, scope),
				...checkAttributes(values, attributes, {
					location: `${at}/attributeValues`,
					complete: variant.enabled,
				}),
			];
		}),
	];
}

/** The default variant has no rule and comes last. */
function checkDefaultVariant(variants: readonly Variant[], location: string) {
	const last = variants.length - 1;
	const misplaced = variants.findIndex(isDefaultVariant);
	if (misplaced === -1)
		return [
			{
				location,
				reason: "lacks the default variant: the last one must have no rule",
			},
		];
	if (misplaced === last) return [];
	return [
		{
			location: `${location}/${misplaced}`,
			reason: "has no rule and is not last: the default variant must be last",
		},
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

function checkRule(
	variant: Variant,
	at: string,
	scope: RuleScope,
): Violation[] {
	if (variant.rule === undefined || isDefaultVariant(variant)) return [];
	try {
		parseRule(variant.rule, scope);
		return [];
	} catch (error) {
		if (!(error instanceof RuleError)) throw error;
		const location = `${at}/rule`;
		const reason = truncate(error.message);
		return [{ location, reason, constraint: "rule" }];
	}
}

function checkAttributes(
	values: Readonly<Record<string, unknown>>,
	attributes: NonNullable<FlagDefinition["attributes"]>,
	{ location, complete }: { location: string; complete: boolean },
): Violation[] {
	const wrong = Object.entries(values).flatMap(([name, value]) => {
		const at = `${location}/${name}`;
		const attribute = getOwn(attributes, name);
		if (!attribute) return [{ location: at, reason: "is not defined" }];
		const broken =
			attribute.constraints && findViolation(value, attribute.constraints);
		return broken ? [{ location: at, ...broken }] : [];
	});
	const missing = Object.entries(attributes)
		.filter(
			([name, { constraints }]) =>
				complete && constraints?.required && getOwn(values, name) === undefined,
		)
		.map(([name]) => ({
			location,
			reason: `lacks the attribute ${name}`,
			constraint: "required",
		}));
	return [...wrong, ...missing];
}

/** All but patterns. */
function findViolation(
	value: unknown,
	rule: Constraints,
): Omit<Violation, "location"> | undefined {
	const { minimum, maximum, elements } = rule;
	if (rule.type === "array") {
		if (!Array.isArray(value)) return typeViolation(rule.type);
		if (!elements) return undefined;
		return value.map((one) => findViolation(one, elements)).find(Boolean);
	}
	if (rule.enum && !rule.enum.some((one) => one === value))
		return {
			reason: `must be one of ${truncate(rule.enum.join(", "))}`,
			constraint: "enum",
		};
	// A text's enumeration may hold whole numbers as well.
	if (!rule.enum && typeof value !== rule.type) return typeViolation(rule.type);
	if (typeof value !== "number") return undefined;
	if (minimum !== undefined && value < minimum)
		return { reason: `must be at least ${minimum}`, constraint: "minimum" };
	if (maximum !== undefined && value > maximum)
		return { reason: `must be at most ${maximum}`, constraint: "maximum" };
	return undefined;
}

/** A hundred mistakes may each quote an enumeration of 100 kB, or a name of a megabyte. */
function truncate(text: string): string {
	return text.length > MAX_QUOTE_LENGTH
		? `${text.slice(0, MAX_QUOTE_LENGTH)}…`
		: text;
}

function typeViolation(type: string): Omit<Violation, "location"> {
	const article = type === "array" ? "an" : "a";
	return { reason: `must be ${article} ${type}`, constraint: "type" };
}
