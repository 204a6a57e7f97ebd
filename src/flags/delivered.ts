// https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-agent-how-to-use-local-development-samples.html
import {
	type FlagValue,
	isDefaultVariant,
	readAuthoredFlags,
	toAttributes,
	type Variant,
} from "./authored.ts";
import { IonError, type IonValue, quoteSymbol, readIon } from "./ion.ts";
import {
	compileRule,
	createScopes,
	type Evaluation,
	type EvaluationContext,
	normalizeRule,
	parseRule,
	type Rule,
	RuleError,
	type RuleScope,
	type RulesHost,
	startEvaluation,
} from "./rules.ts";

/** Content type of flags that are delivered with all their variants. */
export const FLAGS_ION_TYPE =
	"application/ion; type=AWS.AppConfig.FeatureFlags";

export interface DeliveredFlags {
	/** Each flag with its default variant. */
	readonly json: string;
	/** All variants with their rules. Absent when no flag has variants. */
	readonly ion?: string;
	/** Sentences about the variants that were left out. */
	readonly problems: readonly string[];
}

/**
 * Converts an authored document to the forms in which AppConfig delivers it. A variant whose rule cannot be read is left
 * out. Throws InvalidFlagsError when the document is not a JSON object.
 */
export function deliverFlags(
	authored: string,
	host: RulesHost,
): DeliveredFlags {
	const flags = Object.entries(readAuthoredFlags(authored).values ?? {});
	const json = JSON.stringify(
		Object.fromEntries(flags.map(([key, flag]) => [key, toJson(flag)])),
	);
	const problems: string[] = [];
	if (!flags.some(([, flag]) => flag._variants?.length))
		return { json, problems };
	const scopeOf = createScopes(host);
	const ion = flags.map(([key, flag]) =>
		toIon(key, flag, ({ name, rule = "" }) => {
			const problem = findProblem(rule, scopeOf(key));
			if (problem !== undefined)
				problems.push(
					`Variant ${name} of flag ${key} never matches: its rule ${problem}`,
				);
			return problem === undefined;
		}),
	);
	return { json, ion: ion.join("\n"), problems };
}

/** Attributes are delivered only with a flag that is enabled. */
function toJson(flag: FlagValue): Record<string, unknown> {
	const defaultVariant = flag._variants?.find(isDefaultVariant);
	if (defaultVariant) return toVariantJson(defaultVariant);
	if (flag._variants?.length || !flag.enabled) return { enabled: false };
	return { enabled: true, ...toAttributes(flag) };
}

function toVariantJson(variant: Variant): Record<string, unknown> {
	return {
		_variant: variant.name,
		enabled: variant.enabled,
		...(variant.enabled ? variant.attributeValues : {}),
	};
}

function toIon(
	key: string,
	flag: FlagValue,
	isReadable: (variant: Variant) => boolean,
): string {
	if (!flag._variants?.length)
		return `${quoteSymbol(key)}::${toIonString(toJson(flag))}`;
	const items = flag._variants.flatMap((variant) => {
		const value = toIonString(toVariantJson(variant));
		if (isDefaultVariant(variant)) return [value];
		const { rule = "" } = variant;
		return isReadable(variant) ? [`[${normalizeRule(rule)}, ${value}]`] : [];
	});
	return `${quoteSymbol(key)}::[\n  ${items.join(",\n  ")}\n]`;
}

function findProblem(rule: string, scope: RuleScope): string | undefined {
	try {
		parseRule(rule, scope);
		return undefined;
	} catch (error) {
		if (error instanceof RuleError) return error.message;
		throw error;
	}
}

/** A JSON string is an Ion string too. */
function toIonString(value: unknown): string {
	return JSON.stringify(JSON.stringify(value));
}

export type EvaluatedFlags = Record<string, unknown>;

/** The words of https://openfeature.dev/specification/types#resolution-reason. */
export type EvaluationReason =
	/** The flag has no variants. */
	| "STATIC"
	/** The rule of the variant matches. */
	| "TARGETING_MATCH"
	/** No rule matches, so the default variant applies. */
	| "DEFAULT"
	/** No rule matches and there is no default variant, so the flag is off. */
	| "DISABLED";

export interface FlagEvaluation {
	readonly key: string;
	/** As delivered: `enabled`, `_variant` and attributes. */
	readonly value: unknown;
	readonly reason: EvaluationReason;
}

export interface IonFlags {
	/** The value of each flag for a caller, by its key. */
	evaluate(context: EvaluationContext): EvaluatedFlags;
	evaluateWithReasons(context: EvaluationContext): readonly FlagEvaluation[];
	/** Sentences about what could not be read: a rule that never matches, a flag that is off. */
	readonly problems: readonly string[];
}

interface Flag {
	readonly key: string;
	readonly isStatic: boolean;
	readonly variants: readonly CompiledVariant[];
}

interface CompiledVariant {
	/** Absent in the default variant. */
	readonly rule?: Rule;
	readonly value: unknown;
}

/**
 * Reads flags that are delivered in Ion, in text or binary form. Throws IonError when the document is not Ion or has no
 * flags; a mistake in one flag does not affect the others.
 */
export function readIonFlags(
	source: string | Uint8Array,
	host: RulesHost,
): IonFlags {
	const problems: string[] = [];
	const scopeOf = createScopes(host);
	const values = readIon(host.ion(), source);
	if (values.every(({ annotations }) => annotations.length === 0))
		throw new IonError("has no flags: no value is annotated with a key");
	const flags = values.flatMap((value): Flag[] => {
		const [key] = value.annotations;
		if (key === undefined) {
			problems.push("A value without a flag's key is left out");
			return [];
		}
		const isStatic = value.type !== "list";
		const variants = readVariants(value, scopeOf(key), problems);
		return [{ key, isStatic, variants }];
	});
	const evaluateWithReasons = (context: EvaluationContext) => {
		const evaluation = startEvaluation(context);
		return flags.map((flag) => evaluateFlag(flag, evaluation));
	};
	return {
		problems,
		evaluateWithReasons,
		evaluate: (context) =>
			Object.fromEntries(
				evaluateWithReasons(context).map(({ key, value }) => [key, value]),
			),
	};
}

function evaluateFlag(
	{ key, isStatic, variants }: Flag,
	evaluation: Evaluation,
): FlagEvaluation {
	const match = variants.find(({ rule }) => !rule || isMatch(rule, evaluation));
	if (!match) return { key, value: { enabled: false }, reason: "DISABLED" };
	const { rule, value } = match;
	if (rule) return { key, value, reason: "TARGETING_MATCH" };
	return { key, value, reason: isStatic ? "STATIC" : "DEFAULT" };
}

function isMatch(rule: Rule, evaluation: Evaluation): boolean {
	try {
		return rule(evaluation);
	} catch (error) {
		if (error instanceof RuleError) return false;
		throw error;
	}
}

function readVariants(
	flag: IonValue,
	scope: RuleScope,
	problems: string[],
): readonly CompiledVariant[] {
	const items = flag.type === "list" ? flag.items : [flag];
	return items.flatMap((item, index) => {
		try {
			return [readVariant(item, scope)];
		} catch (error) {
			if (!(error instanceof RuleError || error instanceof IonError))
				throw error;
			problems.push(
				flag.type === "list"
					? `Variant ${index + 1} of flag ${scope.flag} never matches: it ${error.message}`
					: `Flag ${scope.flag} is off: it ${error.message}`,
			);
			return [];
		}
	});
}

function readVariant(item: IonValue, scope: RuleScope): CompiledVariant {
	if (item.type !== "list") return { value: readValue(item) };
	const [rule, value] = item.items;
	if (!rule || !value)
		throw new IonError("is not a pair of a rule and a value");
	return { rule: compileRule(rule, scope), value: readValue(value) };
}

function readValue(value: IonValue): unknown {
	if (value.type !== "string")
		throw new IonError("has a value that is not JSON in quotation marks");
	try {
		return JSON.parse(value.text);
	} catch (cause) {
		const detail = cause instanceof Error ? cause.message : String(cause);
		throw new IonError(`has a value that is not JSON: ${detail}`, { cause });
	}
}
