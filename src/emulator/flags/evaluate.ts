// Delivered flags, decided for one caller: each flag's variant is the first whose rule holds.
import { type Ion, IonError, parseIon } from "./ion.ts";
import { type Context, evaluateRule } from "./rules.ts";

export type Flags = Record<string, unknown>;

/** Reads the Ion document of a configuration with variants. Throws IonError or RuleError. */
export function evaluateFlags(ion: string, context: Context): Flags {
	return Object.fromEntries(
		parseIon(ion).map((flag) => {
			const [key] = flag.annotations;
			if (key === undefined) throw new IonError("A flag has no key");
			return [key, evaluateFlag(flag, context, key)];
		}),
	);
}

function evaluateFlag(flag: Ion, context: Context, key: string): unknown {
	if (flag.kind === "string") return JSON.parse(flag.text);
	if (flag.kind !== "list") throw new IonError(`Flag ${key} is not a list`);
	const chosen = flag.items.find((item) => {
		if (item.kind !== "list") return true;
		const [rule] = item.items;
		return rule !== undefined && evaluateRule(rule, context, key);
	});
	const value = chosen?.kind === "list" ? chosen.items[1] : chosen;
	// A document without a default variant decides nothing for whom no rule holds.
	if (!value) return { enabled: false };
	if (value.kind !== "string")
		throw new IonError(`Flag ${key} has a variant that is not a string`);
	return JSON.parse(value.text);
}
