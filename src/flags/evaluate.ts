import { type Ion, IonError, parseIon } from "./ion.ts";
import {
	type Caller,
	compileRule,
	createBudget,
	createCaller,
	createScope,
	type EvaluationContext,
	type Rule,
	RuleError,
	type RuleScope,
} from "./rules.ts";

export type EvaluatedFlags = Record<string, unknown>;

export interface IonFlags {
	/** Each flag's value for a caller: that of the first variant whose rule holds, else of the default variant. */
	evaluate(context: EvaluationContext): EvaluatedFlags;
	/** What could not be read: a rule that holds for nobody, a flag that is off. */
	readonly problems: readonly string[];
}

interface Flag {
	readonly key: string;
	readonly variants: readonly Variant[];
}

interface Variant {
	/** Absent in the default variant. */
	readonly rule?: Rule;
	readonly value: unknown;
}

/** Reads the Ion text of delivered flags. Throws IonError when it is none; a mistake in one flag leaves the others alone. */
export function parseIonFlags(ion: string): IonFlags {
	const problems: string[] = [];
	const budget = createBudget();
	const values = parseIon(ion);
	if (values.every(({ annotations }) => annotations.length === 0))
		throw new IonError("has no flags: no value is annotated with a key");
	const flags = values.flatMap((value): Flag[] => {
		const [key] = value.annotations;
		if (key === undefined) {
			problems.push("A value without a flag's key is left out");
			return [];
		}
		const scope = createScope(key, budget);
		return [{ key, variants: readVariants(value, scope, problems) }];
	});
	return {
		problems,
		evaluate(context) {
			const caller = createCaller(context);
			return Object.fromEntries(
				flags.map((flag) => [flag.key, selectVariant(flag, caller)]),
			);
		},
	};
}

/** A flag without a default variant is off for whom no rule holds. */
function selectVariant({ variants }: Flag, caller: Caller): unknown {
	const chosen = variants.find(({ rule }) => !rule || holds(rule, caller));
	return chosen ? chosen.value : { enabled: false };
}

function holds(rule: Rule, caller: Caller): boolean {
	try {
		return rule(caller);
	} catch (error) {
		if (error instanceof RuleError) return false;
		throw error;
	}
}

function readVariants(
	flag: Ion,
	scope: RuleScope,
	problems: string[],
): Variant[] {
	const items = flag.kind === "list" ? flag.items : [flag];
	return items.flatMap((item, index) => {
		try {
			return [readVariant(item, scope)];
		} catch (error) {
			if (!(error instanceof RuleError || error instanceof IonError))
				throw error;
			const place =
				flag.kind === "list"
					? `Variant ${index + 1} of flag ${scope.flag} matches nobody`
					: `Flag ${scope.flag} is off`;
			problems.push(`${place}: it ${error.message}`);
			return [];
		}
	});
}

function readVariant(item: Ion, scope: RuleScope): Variant {
	if (item.kind !== "list") return { value: readValue(item) };
	const [rule, value] = item.items;
	if (!rule || !value)
		throw new IonError("is not a pair of a rule and a value");
	return { rule: compileRule(rule, scope), value: readValue(value) };
}

function readValue(value: Ion): unknown {
	if (value.kind !== "string")
		throw new IonError("has a value that is not JSON in quotation marks");
	try {
		return JSON.parse(value.text);
	} catch (cause) {
		const detail = cause instanceof Error ? cause.message : String(cause);
		throw new IonError(`has a value that is not JSON: ${detail}`, { cause });
	}
}
