// Feature flags in the form in which AppConfig stores them and users write them.
// https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-type-reference-feature-flags.html
import {
	createScopes,
	parseRule,
	RuleError,
	type RuleScope,
	type RulesHost,
} from "./rules.ts";

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
	/** A JSON pointer into the document. Absent when the document could not be checked. */
	readonly location?: string;
	/** Continues a sentence about the value there. */
	readonly reason: string;
	/** The violated keyword of the schema, or part of the attribute's constraints. */
	readonly constraint?: string;
}

export interface FlagsHost extends RulesHost {
	/** Violations of FLAGS_SCHEMA: all of them, or only the first one found. */
	readonly checkSchema: (
		document: unknown,
		allErrors: boolean,
	) => readonly Violation[];
}

/** Texts that must match a pattern from the document. A pattern may backtrack without end, so matching needs a deadline. */
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
	/** At most 100. */
	readonly violations: readonly Violation[];
	constructor(violations: readonly Violation[]) {
		const first = violations
			.slice(0, MAX_VIOLATIONS)
			.map((one) => ({ ...one, reason: truncate(one.reason) }));
		const list = first.map((one) => `${one.location || "/"} ${one.reason}`);
		super(`is not a feature flag document: ${list.join("; ")}`);
		this.violations = first;
	}
}

/** In UTF-16 units. A longer document could have a million violations of the schema, so only the first one is looked for. */
const MAX_LENGTH_FOR_ALL_ERRORS = 256 * 1024;

/**
 * Parses and validates a document. The values of attributes are not yet checked against patterns; see
 * `collectPatternChecks`. Throws InvalidFlagsError.
 */
export function parseAuthoredFlags(
	text: string,
	host: FlagsHost,
): AuthoredFlags {
	const value = parseJson(text);
	const allErrors = text.length <= MAX_LENGTH_FOR_ALL_ERRORS;
	const schemaViolations = host.checkSchema(value, allErrors);
	if (schemaViolations.length > 0)
		throw new InvalidFlagsError(schemaViolations);
	const document = value as AuthoredFlags;
	const scopeOf = createScopes(host);
	const violations = [
		...Object.entries(document.flags ?? {}).flatMap(([key, definition]) =>
			checkDefinition(key, definition),
		),
		...Object.entries(document.values ?? {}).flatMap(([key, flag]) =>
			checkFlag(flag, getOwn(document.flags, key), scopeOf(key)),
		),
	];
	if (violations.length > 0) throw new InvalidFlagsError(violations);
	return document;
}

/**
 * Reads what is readable of a document, without validating it: an earlier version may have stored it under rules that were
 * less strict. Throws InvalidFlagsError when it is not a JSON object.
 */
export function readAuthoredFlags(text: string): AuthoredFlags {
	const value = parseJson(text);
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

/** Ignores what objects inherit: a flag may be called `constructor`. */
function getOwn<T>(
	record: Readonly<Record<string, T>> | undefined,
	key: string,
): T | undefined {
	return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** The texts of a document that attributes' patterns must match. */
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

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new InvalidFlagsError([
			{ location: "", reason: `is not JSON: ${reason}` },
		]);
	}
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
			isComplete: flag._variants === undefined && flag.enabled === true,
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
					isComplete: variant.enabled,
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

/** The members of a flag that are attributes. */
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
		const reason = error.message;
		return [{ location, reason, constraint: "rule" }];
	}
}

function checkAttributes(
	values: Readonly<Record<string, unknown>>,
	attributes: NonNullable<FlagDefinition["attributes"]>,
	{ location, isComplete }: { location: string; isComplete: boolean },
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
				isComplete &&
				constraints?.required &&
				getOwn(values, name) === undefined,
		)
		.map(([name]) => ({
			location,
			reason: `lacks the attribute ${name}`,
			constraint: "required",
		}));
	return [...wrong, ...missing];
}

/** Checks all constraints except patterns. */
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
			reason: `must be one of ${rule.enum.join(", ")}`,
			constraint: "enum",
		};
	// The enumeration of a string may contain integers too.
	if (!rule.enum && typeof value !== rule.type) return typeViolation(rule.type);
	if (typeof value !== "number") return undefined;
	if (minimum !== undefined && value < minimum)
		return { reason: `must be at least ${minimum}`, constraint: "minimum" };
	if (maximum !== undefined && value > maximum)
		return { reason: `must be at most ${maximum}`, constraint: "maximum" };
	return undefined;
}

/** A reason may quote an enumeration of 100 kB. */
function truncate(text: string): string {
	return text.length > MAX_QUOTE_LENGTH
		? `${text.slice(0, MAX_QUOTE_LENGTH)}…`
		: text;
}

function typeViolation(type: string): Omit<Violation, "location"> {
	const article = type === "array" ? "an" : "a";
	return { reason: `must be ${article} ${type}`, constraint: "type" };
}
