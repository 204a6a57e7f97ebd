// https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-multi-variant-feature-flags-rules-operators.html
import {
	findComments,
	IonError,
	type IonLibrary,
	type IonNumber,
	type IonValue,
	readIon,
} from "./ion.ts";
import {
	compileRegularExpression,
	type RegularExpressions,
} from "./regular-expression.ts";
import { compareValues, type RuleValue, toNanoseconds } from "./rule-values.ts";

/**
 * What the program that uses this folder supplies: two libraries that are large enough to be loaded only when they are
 * needed, and a hash that Node and browsers offer differently.
 */
export interface RulesHost {
	readonly ion: () => IonLibrary;
	readonly regularExpressions: () => RegularExpressions;
	/** The first 32 bits of the text's SHA-256, as an unsigned integer. */
	readonly hash32: (text: string) => number;
}

/** What a caller says about itself, such as `country`. */
export type EvaluationContext = ReadonlyMap<string, string>;

export class RuleError extends Error {}

/** One evaluation of the flags of a document, for one context. */
export interface Evaluation {
	readonly context: EvaluationContext;
	/** Steps that regular expressions may still take. */
	readonly budget: { steps: number };
}

/** Whether the rule matches. Throws RuleError when the budget of the evaluation is spent. */
export type Rule = (evaluation: Evaluation) => boolean;

/** Where a rule stands. */
export interface RuleScope {
	readonly host: RulesHost;
	/** Key of the flag, which is the seed of a split that has none. */
	readonly flag: string;
	/** Steps that all regular expressions of the document may have together. */
	readonly budget: { steps: number };
}

const DOCUMENT_STEPS = 100_000;
/** About half a second. */
const EVALUATION_STEPS = 500_000_000;
const MAX_RULE_DEPTH = 200;

/** Scopes for the flags of one document. */
export function createScopes(host: RulesHost): (flag: string) => RuleScope {
	const budget = { steps: DOCUMENT_STEPS };
	return (flag) => ({ host, flag, budget });
}

export function startEvaluation(context: EvaluationContext): Evaluation {
	return { context, budget: { steps: EVALUATION_STEPS } };
}

/**
 * Compiles a rule as it stands in an authored document. After `normalizeRule`, a rule that compiles can stand in a list of
 * an Ion document. Throws RuleError, whose message continues a sentence about the rule.
 */
export function parseRule(text: string, scope: RuleScope): Rule {
	const [expression, ...rest] = readRule(text, scope.host.ion());
	if (expression?.type !== "sexp" || rest.length > 0)
		throw new RuleError("is not exactly one s-expression");
	if (expression.annotations.length > 0)
		throw new RuleError("begins with a name; it must begin with a parenthesis");
	if (findComments(text).length > 0) throw new RuleError("has a comment");
	// Version markers and symbol tables are no values of a document, but they would be in a list.
	if (!/^\s*\(.*\)\s*$/s.test(text))
		throw new RuleError("is not exactly one s-expression");
	return compileRule(expression, scope);
}

function readRule(text: string, ion: IonLibrary): readonly IonValue[] {
	try {
		return readIon(ion, normalizeRule(text), MAX_RULE_DEPTH);
	} catch (cause) {
		if (!(cause instanceof IonError)) throw cause;
		throw new RuleError(cause.message, { cause });
	}
}

/** Outside of quotations, a month without a day ends in "T" in Ion, but rules may leave it out. */
export function normalizeRule(rule: string): string {
	const tokens =
		/'''(?:[^'\\]|\\.|'(?!''))*(?:'''|$)|"(?:[^"\\]|\\.)*(?:"|\\?$)|'(?:[^'\\]|\\.)*(?:'|\\?$)|[\w$.:+-]+/gs;
	return rule.replace(tokens, (token) =>
		/(?:^|::)\d{4}-\d\d$/.test(token) ? `${token}T` : token,
	);
}

/** Throws RuleError. */
export function compileRule(rule: IonValue, scope: RuleScope): Rule {
	if (rule.type === "bool") return () => rule.value;
	if (rule.type !== "sexp")
		throw new RuleError("has an operand that is neither true nor false");
	const [operator, ...operands] = rule.items;
	if (operator?.type !== "symbol" || operator.annotations.length > 0)
		throw new RuleError(
			"has an expression that does not begin with an operator",
		);
	const compile = OPERATORS.get(operator.text);
	if (!compile) throw new RuleError(`has an unknown operator ${operator.text}`);
	return compile(operands, scope);
}

type Compile = (operands: readonly IonValue[], scope: RuleScope) => Rule;

const OPERATORS: ReadonlyMap<string, Compile> = new Map<string, Compile>([
	["eq", comparison("eq", (order) => order === 0)],
	["ne", comparison("ne", (order) => order !== 0)],
	["gt", comparison("gt", (order) => order > 0)],
	["gte", comparison("gte", (order) => order >= 0)],
	["lt", comparison("lt", (order) => order < 0)],
	["lte", comparison("lte", (order) => order <= 0)],
	["and", and],
	["or", or],
	["not", not],
	[
		"begins_with",
		textual("begins_with", (text, part) => text.startsWith(part)),
	],
	["ends_with", textual("ends_with", (text, part) => text.endsWith(part))],
	["contains", textual("contains", (text, part) => text.includes(part))],
	["matches", matches],
	["in", isIn],
	["exists", exists],
	["split", split],
]);

function and(operands: readonly IonValue[], scope: RuleScope): Rule {
	const rules = compileAll("and", operands, scope);
	return (evaluation) => rules.every((rule) => rule(evaluation));
}

function or(operands: readonly IonValue[], scope: RuleScope): Rule {
	const rules = compileAll("or", operands, scope);
	return (evaluation) => rules.some((rule) => rule(evaluation));
}

function compileAll(
	name: string,
	operands: readonly IonValue[],
	scope: RuleScope,
): readonly Rule[] {
	if (operands.length === 0)
		throw new RuleError(`has ${name} without operands`);
	requireNames(name, operands);
	return operands.map((one) => compileRule(one, scope));
}

function not(operands: readonly IonValue[], scope: RuleScope): Rule {
	const [operand] = takeOperands("not", operands, 1);
	const rule = compileRule(operand as IonValue, scope);
	return (evaluation) => !rule(evaluation);
}

/** A comparison of values that cannot be compared does not match, whichever the operator. */
function comparison(
	name: string,
	isMatch: (order: number) => boolean,
): Compile {
	return (operands, scope) => {
		const [left, right] = takeOperands(name, operands, 2).map((one) =>
			toOperand(one, scope),
		) as [Operand, Operand];
		return (evaluation) => {
			const order = compareValues(
				left.read(evaluation),
				right.read(evaluation),
			);
			return order !== undefined && isMatch(order);
		};
	};
}

function textual(
	name: string,
	isMatch: (text: string, part: string) => boolean,
): Compile {
	return (operands, scope) => {
		const { input, other } = takePair(name, operands, [
			"prefix",
			"suffix",
			"value",
		]);
		const [text, part] = [toOperand(input, scope), toOperand(other, scope)];
		return (evaluation) => {
			const [left, right] = [text.read(evaluation), part.read(evaluation)];
			return (
				left !== undefined &&
				right !== undefined &&
				isMatch(String(left.value), String(right.value))
			);
		};
	};
}

function matches(operands: readonly IonValue[], scope: RuleScope): Rule {
	const { input, other } = takePair("matches", operands, ["pattern"]);
	if (other.type !== "string")
		throw new RuleError("has matches with a pattern that is not a string");
	const text = toOperand(input, scope);
	const pattern = compilePattern(other.text, scope);
	return (evaluation) => {
		const value = text.read(evaluation);
		if (!value) return false;
		const characters = String(value.value);
		evaluation.budget.steps -= pattern.size * (characters.length + 1);
		if (evaluation.budget.steps < 0)
			throw new RuleError("has regular expressions that take too long");
		return pattern.test(characters);
	};
}

function compilePattern(pattern: string, { host, budget }: RuleScope) {
	try {
		const compiled = compileRegularExpression(pattern, host.regularExpressions);
		budget.steps -= compiled.size;
		if (budget.steps >= 0) return compiled;
	} catch (cause) {
		const detail = cause instanceof Error ? cause.message : String(cause);
		throw new RuleError(
			`has a pattern that is not a regular expression of RE2: ${detail}`,
			{ cause },
		);
	}
	throw new RuleError(
		`has one pattern too many: all patterns of a document may have ${DOCUMENT_STEPS} steps together`,
	);
}

function isIn(operands: readonly IonValue[], scope: RuleScope): Rule {
	const [first, second] = takeOperands("in", operands, 2) as [
		IonValue,
		IonValue,
	];
	const [list, one] = first.type === "list" ? [first, second] : [second, first];
	if (list.type !== "list") throw new RuleError("has in without a list");
	const operand = toOperand(one, scope);
	const items = list.items.map((item) => {
		const constant = toOperand(item, scope);
		if (constant.kind === "context" || item.type === "sexp")
			throw new RuleError(
				"has in with a list that does not hold constants only",
			);
		return constant;
	});
	return (evaluation) => {
		const value = operand.read(evaluation);
		return items.some(
			(item) => compareValues(value, item.read(evaluation)) === 0,
		);
	};
}

function exists(operands: readonly IonValue[]): Rule {
	const [key] = takeOperands("exists", operands, 1, ["key"]) as [IonValue];
	const name =
		key.type === "string"
			? key.text
			: key.type === "symbol" && toContextKey(key.text);
	if (!name) throw new RuleError('has exists without a key such as "country"');
	return ({ context }) => context.has(name.replace(/^\$/, ""));
}

/**
 * AWS does not document its hash. Here it is the first 32 bits of SHA-256 over the seed (or the flag's key) and the
 * values: the shares have the right size, but a caller may be in another share than on AWS.
 */
function split(operands: readonly IonValue[], scope: RuleScope): Rule {
	requireNames("split", operands, ["pct", "by", "seed"]);
	if (operands.length > 3)
		throw new RuleError(
			`has split with ${operands.length} operands instead of at most 3`,
		);
	const unnamed = operands.filter(
		({ annotations }) => annotations.length === 0,
	);
	const share = findNamed(operands, "pct") ?? unnamed.shift();
	const by = findNamed(operands, "by") ?? unnamed.shift();
	const seed = findNamed(operands, "seed") ?? unnamed.shift();
	if (!share || !isNumber(share))
		throw new RuleError("has split without a number for pct");
	if (!by) throw new RuleError("has split without by");
	if (seed && seed.type !== "string")
		throw new RuleError("has split with a seed that is not a string");
	const percent = Number(toNumericValue(share).value);
	const keys = (by.type === "list" ? by.items : [by]).map((one) =>
		toOperand(one, scope),
	);
	const salt = seed ? seed.text : scope.flag;
	return (evaluation) => {
		const values = keys.map((key) => key.read(evaluation));
		if (values.includes(undefined)) return false;
		const hash = scope.host.hash32(
			JSON.stringify([salt, ...values.map((one) => String(one?.value))]),
		);
		return (hash / 2 ** 32) * 100 < percent;
	};
}

/** The text that is examined, and what it is examined for: by their names, or in this order. */
function takePair(
	name: string,
	operands: readonly IonValue[],
	others: readonly string[],
): { readonly input: IonValue; readonly other: IonValue } {
	takeOperands(name, operands, 2, ["in", ...others]);
	const unnamed = operands.filter(
		({ annotations }) => annotations.length === 0,
	);
	const input = findNamed(operands, "in") ?? unnamed.shift();
	const other =
		operands.find((one) => others.includes(one.annotations[0] ?? "")) ??
		unnamed.shift();
	if (!input || !other) throw new RuleError(`has ${name} without an operand`);
	return { input, other };
}

function findNamed(
	operands: readonly IonValue[],
	name: string,
): IonValue | undefined {
	return operands.find(({ annotations }) => annotations[0] === name);
}

/** Exactly so many operands, with no other names than these. */
function takeOperands(
	name: string,
	operands: readonly IonValue[],
	count: number,
	names: readonly string[] = [],
): readonly IonValue[] {
	if (operands.length !== count)
		throw new RuleError(
			`has ${name} with ${operands.length} operands instead of ${count}`,
		);
	requireNames(name, operands, names);
	return operands;
}

function requireNames(
	name: string,
	operands: readonly IonValue[],
	allowed: readonly string[] = [],
): void {
	const given = operands.flatMap(({ annotations }) => annotations);
	const wrong = given.find((one) => !allowed.includes(one));
	if (wrong !== undefined)
		throw new RuleError(`has ${name} with an operand called ${wrong}`);
	if (new Set(given).size < given.length)
		throw new RuleError(`has ${name} with one operand given twice`);
}

interface Operand {
	readonly kind: RuleValue["kind"] | "context";
	/** Undefined when the context lacks the value. */
	read(evaluation: Evaluation): RuleValue | undefined;
}

function toOperand(operand: IonValue, scope: RuleScope): Operand {
	const constant = (value: RuleValue) => ({
		kind: value.kind,
		read: () => value,
	});
	switch (operand.type) {
		case "string":
			return constant({ kind: "text", value: operand.text });
		case "symbol":
			return toContextOperand(operand.text);
		case "int":
		case "float":
		case "decimal":
			return constant(toNumericValue(operand));
		case "timestamp": {
			const value = toNanoseconds(operand.text);
			if (value === undefined)
				throw new RuleError(
					`has the time ${operand.text}, which does not exist`,
				);
			return constant({ kind: "time", value });
		}
		case "bool":
			return constant({ kind: "boolean", value: operand.value });
		case "sexp": {
			const rule = compileRule(operand, scope);
			return {
				kind: "boolean",
				read: (evaluation) => ({ kind: "boolean", value: rule(evaluation) }),
			};
		}
		default:
			throw new RuleError(`has a ${operand.type} instead of a single value`);
	}
}

function isNumber(value: IonValue): value is IonValue & IonNumber {
	return ["int", "float", "decimal"].includes(value.type);
}

const LARGEST_INTEGER = 2n ** 63n;

function toNumericValue({ type, text }: IonNumber): RuleValue & {
	readonly kind: "number";
} {
	if (type === "int") {
		const value = text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text);
		if (value >= LARGEST_INTEGER || value < -LARGEST_INTEGER)
			throw new RuleError(`has ${text}, which has over 64 bits`);
		return { kind: "number", value };
	}
	const value = Number(text.replace(/d/i, "e"));
	if (!Number.isFinite(value))
		throw new RuleError(`has the number ${text}, which is out of range`);
	return { kind: "number", value };
}

function toContextOperand(symbol: string): Operand {
	const key = toContextKey(symbol);
	if (key === undefined)
		throw new RuleError(
			`has ${symbol}, which is neither a value of the context ($${symbol}) nor a string ("${symbol}")`,
		);
	return {
		kind: "context",
		read({ context }) {
			const value = context.get(key);
			return value === undefined ? undefined : { kind: "text", value };
		},
	};
}

function toContextKey(symbol: string): string | undefined {
	return /^\$(.+)$/s.exec(symbol)?.[1];
}
