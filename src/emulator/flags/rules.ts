// Rules of multi-variant flags: every documented operator, evaluated for a caller's context.
// https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-multi-variant-feature-flags-rules-operators.html
import { createHash } from "node:crypto";
import type { Ion } from "./ion.ts";

export type Context = ReadonlyMap<string, string>;

export class RuleError extends Error {}

/** `scope` is the flag's key: a split without a seed is its flag's own. */
export function evaluateRule(
	rule: Ion,
	context: Context,
	scope: string,
): boolean {
	if (rule.kind === "boolean") return rule.value;
	if (rule.kind !== "sexp") throw new RuleError("A rule is an s-expression");
	const [operator, ...operands] = rule.items;
	if (operator?.kind !== "symbol")
		throw new RuleError("A rule begins with its operator");
	const evaluate = OPERATORS.get(operator.text);
	if (!evaluate) throw new RuleError(`There is no operator ${operator.text}`);
	return evaluate(operands, { context, scope });
}

interface Scope {
	readonly context: Context;
	readonly scope: string;
}

type Operator = (operands: readonly Ion[], scope: Scope) => boolean;
type Value = string | number | boolean;

const OPERATORS = new Map<string, Operator>(
	Object.entries({
		eq: comparison((order) => order === 0),
		gt: comparison((order) => order > 0),
		gte: comparison((order) => order >= 0),
		lt: comparison((order) => order < 0),
		lte: comparison((order) => order <= 0),
		and: (rules, { context, scope }) =>
			rules.every((rule) => evaluateRule(rule, context, scope)),
		or: (rules, { context, scope }) =>
			rules.some((rule) => evaluateRule(rule, context, scope)),
		not: (rules, { context, scope }) =>
			!evaluateRule(need(rules[0], "not"), context, scope),
		begins_with: textual("begins_with", "prefix", (text, part) =>
			text.startsWith(part),
		),
		ends_with: textual("ends_with", "suffix", (text, part) =>
			text.endsWith(part),
		),
		contains: textual("contains", "value", (text, part) => text.includes(part)),
		matches: textual("matches", "pattern", matches),
		in: isIn,
		exists: (operands, { context }) => {
			const key = need(operands[0], "exists");
			if (key.kind !== "string" && key.kind !== "symbol")
				throw new RuleError("exists takes the name of a key");
			return context.has(key.text.replace(/^\$/, ""));
		},
		split,
	}),
);

/** Which values can be compared is not documented: numbers with texts that are numbers, and so on; else never. */
function comparison(holds: (order: number) => boolean): Operator {
	return (operands, { context }) => {
		if (operands.length !== 2)
			throw new RuleError("A comparison takes two operands");
		const [left, right] = operands.map((one) => toValue(one, context));
		const order = compare(left, right, operands);
		return order !== undefined && holds(order);
	};
}

function compare(
	left: Value | undefined,
	right: Value | undefined,
	operands: readonly Ion[],
): number | undefined {
	if (left === undefined || right === undefined) return undefined;
	if (operands.some(({ kind }) => kind === "timestamp"))
		return difference(toTime(left), toTime(right));
	if (typeof left === "number" || typeof right === "number")
		return difference(toNumber(left), toNumber(right));
	if (typeof left === "boolean" || typeof right === "boolean")
		return String(left) === String(right) ? 0 : Number.NaN;
	if (left === right) return 0;
	return left < right ? -1 : 1;
}

function difference(left: number, right: number): number | undefined {
	const order = left - right;
	return Number.isNaN(order) ? undefined : order;
}

function toNumber(value: Value): number {
	if (typeof value === "string" && value.trim() === "") return Number.NaN;
	return typeof value === "boolean" ? Number.NaN : Number(value);
}

function toTime(value: Value): number {
	return typeof value === "number" ? value : Date.parse(String(value));
}

function textual(
	name: string,
	part: string,
	holds: (text: string, part: string) => boolean,
): Operator {
	return (operands, { context }) => {
		const rest = operands.filter(({ annotations }) => annotations.length === 0);
		const text = named(operands, "in") ?? rest.shift();
		const piece =
			named(operands, part) ??
			operands.find((one) => one !== text && one.annotations.length > 0) ??
			rest.shift();
		const left = toValue(need(text, name), context);
		const right = toValue(need(piece, name), context);
		if (left === undefined || right === undefined) return false;
		return holds(String(left), String(right));
	};
}

function matches(text: string, pattern: string): boolean {
	try {
		return new RegExp(pattern, "u").test(text);
	} catch (cause) {
		throw new RuleError(`${pattern} is no regular expression`, { cause });
	}
}

function isIn(operands: readonly Ion[], { context }: Scope): boolean {
	const list = operands.find(({ kind }) => kind === "list");
	const text = operands.find((one) => one !== list);
	if (list?.kind !== "list") throw new RuleError("in takes a list");
	const one = need(text, "in");
	const value = toValue(one, context);
	return list.items.some(
		(item) => compare(value, toValue(item, context), [one, item]) === 0,
	);
}

/**
 * AWS does not document its hash: ours is the first 32 bits of SHA-256 over seed (or the flag's key) and value. The
 * shares are right; which caller falls into which share is not the same as on AWS.
 */
function split(operands: readonly Ion[], { context, scope }: Scope): boolean {
	const share = need(named(operands, "pct") ?? operands[0], "split");
	const by = need(named(operands, "by") ?? operands[1], "split");
	const seed = named(operands, "seed");
	const percent = toNumber(toValue(share, context) ?? Number.NaN);
	const values = by.kind === "list" ? by.items : [by];
	const keys = values.map((one) => toValue(one, context));
	if (Number.isNaN(percent) || keys.includes(undefined)) return false;
	const salt = seed ? toValue(seed, context) : scope;
	const hash = createHash("sha256")
		.update(JSON.stringify([salt, ...keys.map(String)]))
		.digest()
		.readUInt32BE(0);
	return (hash / 2 ** 32) * 100 < percent;
}

function named(operands: readonly Ion[], name: string): Ion | undefined {
	return operands.find(({ annotations }) => annotations.includes(name));
}

function toValue(operand: Ion, context: Context): Value | undefined {
	switch (operand.kind) {
		case "string":
			return operand.text;
		case "symbol":
			if (operand.text.startsWith("$"))
				return context.get(operand.text.slice(1));
			return operand.text;
		case "number":
		case "timestamp":
		case "boolean":
			return operand.value;
		default:
			throw new RuleError("An operand is a single value");
	}
}

function need(operand: Ion | undefined, operator: string): Ion {
	if (!operand) throw new RuleError(`${operator} lacks an operand`);
	return operand;
}
