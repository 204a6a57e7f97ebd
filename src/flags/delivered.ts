// https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-agent-how-to-use-local-development-samples.html
import {
	type FlagValue,
	isDefaultVariant,
	readAuthoredFlags,
	toAttributes,
	type Variant,
} from "./authored.ts";
import { createBudget, createScope, parseRule, RuleError } from "./rules.ts";

const ION_TYPE = "application/ion; type=AWS.AppConfig.FeatureFlags";

export interface DeliveredDocument {
	readonly bytes: Uint8Array;
	readonly contentType: string;
}

export interface DeliveredFlags {
	/** Each flag with its default variant. */
	readonly json: DeliveredDocument;
	/** All variants with their rules, when a flag has variants. */
	readonly ion?: DeliveredDocument;
	/** Which variants are left out, and why. */
	readonly problems: readonly string[];
}

/**
 * An authored document as it is delivered. A rule that cannot be read is left out with its variant, so that it holds for
 * nobody. Throws FlagsError when the document is no JSON object.
 */
export function toDeliveredFlags(authored: Uint8Array): DeliveredFlags {
	const values = Object.entries(readAuthoredFlags(authored).values ?? {});
	const json = JSON.stringify(
		Object.fromEntries(values.map(([key, flag]) => [key, toPlain(flag)])),
	);
	const form = (text: string, contentType: string) => ({
		bytes: new TextEncoder().encode(text),
		contentType,
	});
	const problems: string[] = [];
	if (!values.some(([, flag]) => flag._variants?.length))
		return { json: form(json, "application/json"), problems };
	const budget = createBudget();
	const ion = values.map(([key, flag]) =>
		toIon(key, flag, ({ name, rule = "" }) => {
			const problem = problemOf(rule, createScope(key, budget));
			if (problem !== undefined)
				problems.push(
					`Variant ${name} of flag ${key} matches nobody: it ${problem}`,
				);
			return problem === undefined;
		}),
	);
	return {
		json: form(json, "application/json"),
		ion: form(ion.join("\n"), ION_TYPE),
		problems,
	};
}

/** Attributes only travel with a flag that is on. */
function toPlain(flag: FlagValue): Record<string, unknown> {
	const fallback = flag._variants?.find(isDefaultVariant);
	if (fallback) return toVariant(fallback);
	if (flag._variants?.length || !flag.enabled) return { enabled: false };
	return { enabled: true, ...toAttributes(flag) };
}

function toVariant(variant: Variant): Record<string, unknown> {
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
		return `${toSymbol(key)}::${toIonString(toPlain(flag))}`;
	const tuples = flag._variants.flatMap((variant) => {
		const value = toIonString(toVariant(variant));
		if (isDefaultVariant(variant)) return [value];
		const { rule = "" } = variant;
		return isReadable(variant) ? [`[${toIonRule(rule)}, ${value}]`] : [];
	});
	return `${toSymbol(key)}::[\n  ${tuples.join(",\n  ")}\n]`;
}

/** Undefined for a rule that can be read. */
function problemOf(
	rule: string,
	scope: ReturnType<typeof createScope>,
): string | undefined {
	try {
		parseRule(rule, scope);
		return undefined;
	} catch (error) {
		if (error instanceof RuleError) return error.message;
		throw error;
	}
}

/** Rules may say "2024-02" for a month, which Ion writes "2024-02T". */
function toIonRule(rule: string): string {
	const tokens = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\w$.:+-]+/gs;
	return rule.replace(tokens, (token) =>
		/(?:^|::)\d{4}-\d\d$/.test(token) ? `${token}T` : token,
	);
}

/** JSON's way of quoting is also Ion's. */
function toIonString(value: unknown): string {
	return JSON.stringify(JSON.stringify(value));
}

function toSymbol(key: string): string {
	const plain = /^[a-zA-Z_$][\w$]*$/.test(key);
	return plain && !["true", "false", "null", "nan"].includes(key)
		? key
		: `'${key}'`;
}
