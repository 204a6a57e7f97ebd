// Feature flags as they are delivered: flat JSON, or Amazon Ion as soon as one flag has variants.
// https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-agent-how-to-use-local-development-samples.html
import {
	type FlagValue,
	parseFlags,
	toAttributes,
	type Variant,
} from "./authoring.ts";

const ION_TYPE = "application/ion; type=AWS.AppConfig.FeatureFlags";

interface Delivered {
	readonly bytes: Uint8Array;
	readonly contentType: string;
}

/** Throws FlagsError. */
export function toRetrieval(
	authored: Uint8Array,
	variants: "ion" | "json",
): Delivered {
	const values = Object.entries(parseFlags(authored).values ?? {});
	const ion =
		variants === "ion" && values.some(([, flag]) => flag._variants?.length);
	const text = ion
		? values.map(([key, flag]) => toIon(key, flag)).join("\n")
		: JSON.stringify(
				Object.fromEntries(values.map(([key, flag]) => [key, toPlain(flag)])),
			);
	return {
		bytes: new TextEncoder().encode(text),
		contentType: ion ? ION_TYPE : "application/json",
	};
}

/** Attributes only travel with a flag that is on. */
function toPlain(flag: FlagValue): Record<string, unknown> {
	const fallback = flag._variants?.find(({ rule }) => rule === undefined);
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

function toIon(key: string, flag: FlagValue): string {
	if (!flag._variants?.length)
		return `${toSymbol(key)}::${toIonString(toPlain(flag))}`;
	const tuples = flag._variants.map((variant) => {
		const value = toIonString(toVariant(variant));
		return variant.rule === undefined ? value : `[${variant.rule}, ${value}]`;
	});
	return `${toSymbol(key)}::[\n  ${tuples.join(",\n  ")}\n]`;
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
