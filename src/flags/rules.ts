// https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-multi-variant-feature-flags-rules-operators.html
import { createHash } from "node:crypto";
import { type Ion, IonError, parseIon } from "./ion.ts";
import { compileRegularExpression } from "./regular-expression.ts";
import { toNanoseconds } from "./rule-values.ts";

export type EvaluationContext = ReadonlyMap<string, string>;

export class RuleError extends Error {}

export interface Caller {
	readonly context: EvaluationContext;
	/** Steps that the regular expressions of one answer may still take. */
	readonly budget: { steps: number };
}

/** A rule that was read: it holds for a caller, or it does not. Throws RuleError when the caller's budget is spent. */
export type Rule = (caller: Caller) => boolean;

export interface RuleScope {
	/** The flag's key: a split without a seed is its flag's own. */
	readonly flag: string;
	/** Steps that all regular expressions of a document may have together. */
	readonly budget: { steps: number };
}

const DOCUMENT_STEPS = 100_000;
/** Half a second. */
const CALLER_STEPS = 500_000_000;

export function createScope(flag: string, budget?: RuleScope["budget"]) {
	return { flag, budget: budget ?? createBudget() };
}

/** One for all flags of a document. */
export function createBudget(): RuleScope["budget"] {
	return { steps: DOCUMENT_STEPS };
}

export function createCaller(context: EvaluationContext): Caller {
	return { context, budget: { steps: CALLER_STEPS } };
}

/** A rule as it stands in a document of flags. Throws RuleError that says what is wrong with it. */
export function parseRule(text: string, scope: RuleScope): Rule {
	const [expression, ...rest] = readIon(text);
	if (expression?.kind !== "sexp" || rest.length > 0)
		throw new RuleError("is not one s-expression");
	if (expression.annotations.length > 0)
		throw new RuleError("begins with a name; it must begin with a parenthesis");
	return compileRule(expression, scope);
}

function readIon(text: string): Ion[] {
	try {
		return parseIon(text, { comments: false });
	} catch (cause) {
		if (!(cause instanceof IonError)) throw cause;
		throw new RuleError(cause.message, { cause });
	}
}

/** Throws RuleError. */
export function compileRule(rule: Ion, scope: RuleScope): Rule {
	if (rule.kind === "boolean") return () => rule.value;
	if (rule.kind !== "sexp")
		throw new RuleError("has something that is neither true nor false");
	const [operator, ...operands] = rule.items;
	if (operator?.kind !== "symbol" || operator.annotations.length > 0)
		throw new RuleError("has an expression that begins with no operator");
	const compile = OPERATORS.get(operator.text);
	if (!compile) throw new RuleError(`has an unknown operator ${operator.text}`);
	return compile(operands, scope);
}

type Compile = (operands: readonly Ion[], scope: RuleScope) => Rule;

const OPERATORS: ReadonlyMap<string, Compile> = new Map<string, Compile>([
	["eq", comparison("eq", (order) => order === 0)],
	["ne", comparison("ne", (order) => order !== 0)],
	["gt", comparison("gt", (order) => order > 0)],
	["gte", comparison("gte", (order) => order >= 0)],
	["lt", comparison("lt", (order) => order < 0)],
	["lte", comparison("lte", (order) => order <= 0)],
	["and", every],
	["or", some],
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

/** Of a constant, or of what a caller says. Numbers are compared exactly, be they integers or not. */
type Value =
	| { readonly kind: "text"; readonly value: string }
	| { readonly kind: "number"; readonly value: bigint | number }
	| { readonly kind: "time"; readonly value: bigint }
	| { readonly kind: "boolean"; readonly value: boolean };

/** Undefined when the caller says nothing about it. */
interface Operand {
	readonly kind: Value["kind"] | "context";
	read(caller: Caller): Value | undefined;
}

function every(operands: readonly Ion[], scope: RuleScope): Rule {
	const rules = compileAll("and", operands, scope);
	return (caller) => rules.every((rule) => rule(caller));
}

function some(operands: readonly Ion[], scope: RuleScope): Rule {
	const rules = compileAll("or", operands, scope);
	return (caller) => rules.some((rule) => rule(caller));
}

function compileAll(name: string, operands: readonly Ion[], scope: RuleScope) {
	if (operands.length === 0) throw new RuleError(`has ${name} of nothing`);
	refuseNames(name, operands);
	return operands.map((one) => compileRule(one, scope));
}

function not(operands: readonly Ion[], scope: RuleScope): Rule {
	const [operand] = take("not", operands, 1);
	const rule = compileRule(operand as Ion, scope);
	return (caller) => !rule(caller);
}

/** What can be compared is not documented: texts that are numbers with numbers, and so on; what cannot is a rule that does not hold. */
function comparison(name: string, holds: (order: number) => boolean): Compile {
	return (operands, scope) => {
		const [left, right] = take(name, operands, 2).map((one) =>
			toOperand(one, scope),
		) as [Operand, Operand];
		return (caller) => {
			const order = compare(left.read(caller), right.read(caller));
			return order !== undefined && holds(order);
		};
	};
}

/** Negative, 0 or positive; for booleans that differ, and for what has no order, undefined or NaN. */
function compare(
	left: Value | undefined,
	right: Value | undefined,
): number | undefined {
	if (!left || !right) return undefined;
	const isOf = (kind: Value["kind"]) =>
		left.kind === kind || right.kind === kind;
	if (isOf("time")) return order(toTime(left), toTime(right));
	if (isOf("number")) return order(toNumber(left), toNumber(right));
	if (isOf("boolean")) {
		const [a, b] = [toBoolean(left), toBoolean(right)];
		if (a === undefined || b === undefined) return undefined;
		return a === b ? 0 : Number.NaN;
	}
	// Both are texts: by code points, as their bytes in UTF-8 are ordered.
	return Buffer.compare(
		Buffer.from(String(left.value)),
		Buffer.from(String(right.value)),
	);
}

function order(
	left: bigint | number | undefined,
	right: bigint | number | undefined,
): number | undefined {
	if (left === undefined || right === undefined) return undefined;
	if (left < right) return -1;
	return left > right ? 1 : 0;
}

const DIGITS = /^[+-]?\d{1,40}$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function toNumber(value: Value): bigint | number | undefined {
	if (value.kind === "number") return value.value;
	if (value.kind !== "text") return undefined;
	const text = value.value.trim();
	if (DIGITS.test(text)) return BigInt(text.replace(/^\+/, ""));
	return DECIMAL.test(text) ? Number(text) : undefined;
}

function toTime(value: Value): bigint | undefined {
	if (value.kind === "time") return value.value;
	return value.kind === "text" ? toNanoseconds(value.value.trim()) : undefined;
}

function toBoolean(value: Value): boolean | undefined {
	if (value.kind === "boolean") return value.value;
	if (value.kind !== "text") return undefined;
	if (value.value === "true") return true;
	return value.value === "false" ? false : undefined;
}

function textual(
	name: string,
	holds: (text: string, part: string) => boolean,
): Compile {
	return (operands, scope) => {
		const { input, other } = pair(name, operands, PARTS);
		const [text, part] = [toOperand(input, scope), toOperand(other, scope)];
		return (caller) => {
			const [left, right] = [text.read(caller), part.read(caller)];
			return (
				left !== undefined &&
				right !== undefined &&
				holds(String(left.value), String(right.value))
			);
		};
	};
}

const PARTS = ["prefix", "suffix", "value"];

function matches(operands: readonly Ion[], scope: RuleScope): Rule {
	const { input, other } = pair("matches", operands, ["pattern"]);
	if (other.kind !== "string")
		throw new RuleError("has matches with a pattern that is no text");
	const text = toOperand(input, scope);
	const pattern = compilePattern(other.text, scope);
	return (caller) => {
		const value = text.read(caller);
		if (!value) return false;
		const characters = String(value.value);
		caller.budget.steps -= pattern.size * (characters.length + 1);
		if (caller.budget.steps < 0)
			throw new RuleError("has regular expressions that take too long");
		return pattern.test(characters);
	};
}

function compilePattern(pattern: string, { budget }: RuleScope) {
	try {
		const compiled = compileRegularExpression(pattern);
		budget.steps -= compiled.size;
		if (budget.steps >= 0) return compiled;
	} catch (cause) {
		const detail = cause instanceof Error ? cause.message : String(cause);
		throw new RuleError(
			`has a pattern that is no regular expression of RE2: ${detail}`,
			{ cause },
		);
	}
	throw new RuleError(
		`has a pattern too many: those of a document may have ${DOCUMENT_STEPS} steps together`,
	);
}

function isIn(operands: readonly Ion[], scope: RuleScope): Rule {
	const [first, second] = take("in", operands, 2) as [Ion, Ion];
	const [list, one] = first.kind === "list" ? [first, second] : [second, first];
	if (list.kind !== "list") throw new RuleError("has in without a list");
	const operand = toOperand(one, scope);
	const items = list.items.map((item) => {
		const constant = toOperand(item, scope);
		if (constant.kind === "context" || item.kind === "sexp")
			throw new RuleError(
				"has a list of in with something else than constants",
			);
		return constant;
	});
	return (caller) => {
		const value = operand.read(caller);
		return items.some((item) => compare(value, item.read(caller)) === 0);
	};
}

function exists(operands: readonly Ion[]): Rule {
	const [key] = take("exists", operands, 1, ["key"]) as [Ion];
	const name =
		key.kind === "string"
			? key.text
			: key.kind === "symbol" && toContextKey(key.text);
	if (!name) throw new RuleError('has exists without a key such as "country"');
	return ({ context }) => context.has(name.replace(/^\$/, ""));
}

/**
 * AWS does not document its hash: ours is the first 32 bits of SHA-256 over seed (or the flag's key) and value. The
 * shares are right; which caller falls into which share is not the same as on AWS.
 */
function split(operands: readonly Ion[], scope: RuleScope): Rule {
	refuseNames("split", operands, ["pct", "by", "seed"]);
	if (operands.length > 3) throw new RuleError("has split of too much");
	const bare = operands.filter(({ annotations }) => annotations.length === 0);
	const share = named(operands, "pct") ?? bare.shift();
	const by = named(operands, "by") ?? bare.shift();
	const seed = named(operands, "seed") ?? bare.shift();
	if (share?.kind !== "integer" && share?.kind !== "float")
		throw new RuleError("has split without a number for pct");
	if (!by) throw new RuleError("has split without by");
	if (seed && seed.kind !== "string")
		throw new RuleError("has split with a seed that is no text");
	const percent = Number(share.value);
	const keys = (by.kind === "list" ? by.items : [by]).map((one) =>
		toOperand(one, scope),
	);
	const salt = seed ? seed.text : scope.flag;
	return (caller) => {
		const values = keys.map((key) => key.read(caller));
		if (values.includes(undefined)) return false;
		const hash = createHash("sha256")
			.update(
				JSON.stringify([salt, ...values.map((one) => String(one?.value))]),
			)
			.digest()
			.readUInt32BE(0);
		return (hash / 2 ** 32) * 100 < percent;
	};
}

/** What is looked at, and what it is looked at for: by their names, or in this order. */
function pair(name: string, operands: readonly Ion[], others: string[]) {
	take(name, operands, 2, ["in", ...others]);
	const bare = operands.filter(({ annotations }) => annotations.length === 0);
	const input = named(operands, "in") ?? bare.shift();
	const other =
		operands.find((one) => others.includes(one.annotations[0] ?? "")) ??
		bare.shift();
	if (!input || !other) throw new RuleError(`has ${name} without an operand`);
	return { input, other };
}

function named(operands: readonly Ion[], name: string): Ion | undefined {
	return operands.find(({ annotations }) => annotations[0] === name);
}

/** Exactly so many operands, with no other names than these. */
function take(
	name: string,
	operands: readonly Ion[],
	count: number,
	names: readonly string[] = [],
): readonly Ion[] {
	if (operands.length !== count)
		throw new RuleError(
			`has ${name} with ${operands.length} operands instead of ${count}`,
		);
	refuseNames(name, operands, names);
	return operands;
}

function refuseNames(
	name: string,
	operands: readonly Ion[],
	allowed: readonly string[] = [],
): void {
	const given = operands.flatMap(({ annotations }) => annotations);
	const wrong = given.find((one) => !allowed.includes(one));
	if (wrong !== undefined)
		throw new RuleError(`has ${name} with an operand called ${wrong}`);
	if (new Set(given).size < given.length)
		throw new RuleError(`has ${name} with one operand given twice`);
}

const LARGEST_INTEGER = 2n ** 63n;

function toOperand(operand: Ion, scope: RuleScope): Operand {
	const constant = (value: Value) => ({ kind: value.kind, read: () => value });
	switch (operand.kind) {
		case "string":
			return constant({ kind: "text", value: operand.text });
		case "symbol":
			return toContextOperand(operand.text);
		case "integer":
			if (operand.value >= LARGEST_INTEGER || operand.value < -LARGEST_INTEGER)
				throw new RuleError(`has ${operand.value}, which has over 64 bits`);
			return constant({ kind: "number", value: operand.value });
		case "float":
			return constant({ kind: "number", value: operand.value });
		case "timestamp":
			return constant({ kind: "time", value: operand.value });
		case "boolean":
			return constant({ kind: "boolean", value: operand.value });
		case "sexp": {
			const rule = compileRule(operand, scope);
			return {
				kind: "boolean",
				read: (caller) => ({ kind: "boolean", value: rule(caller) }),
			};
		}
		default:
			throw new RuleError("has a list where a single value must be");
	}
}

function toContextOperand(symbol: string): Operand {
	const key = toContextKey(symbol);
	if (key === undefined)
		throw new RuleError(
			`has ${symbol}, which is neither a value of the context ($${symbol}) nor a text ("${symbol}")`,
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
