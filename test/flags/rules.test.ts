import { loadAll } from "ion-js";
import { describe, expect, test } from "vitest";
import { FLAGS_HOST } from "../../src/emulator/shared/flags-host.ts";
import { deliverFlags } from "../../src/flags/delivered.ts";
import {
	createScopes,
	parseRule,
	RuleError,
	startEvaluation,
} from "../../src/flags/rules.ts";

/** The Ion that is delivered of a flag with this rule. */
function deliver(rule: string): string {
	const variants = [
		{ name: "a", enabled: true, rule },
		{ name: "b", enabled: false },
	];
	const document = { version: "1", values: { flag: { _variants: variants } } };
	return deliverFlags(JSON.stringify(document), FLAGS_HOST).ion ?? "";
}

const parse = (rule: string, flag = "flag") =>
	parseRule(rule, createScopes(FLAGS_HOST)(flag));

function matches(rule: string, context: Record<string, string>, flag?: string) {
	const evaluation = startEvaluation(new Map(Object.entries(context)));
	return parse(rule, flag)(evaluation);
}

const context = {
	storeId: "uk",
	age: "42",
	score: "1.5",
	email: "ann@example.com",
	since: "2024-06-15",
	beta: "true",
	empty: "",
	id: "9007199254740993",
	hex: "0x2a",
	blank: " 42 ",
	noon: "2024-06-15T12:00:00+02:00",
	instant: "2024-06-15T10:00:00.000000001Z",
	never: "2024-02-30",
	umlaut: "ä",
};

describe("A rule", () => {
	test.each([
		['(eq $storeId "uk")', true],
		['(eq $storeId "fr")', false],
		['(eq $missing "uk")', false],
		["(eq $age 42)", true],
		["(gt $age 41)", true],
		["(gt $age 42)", false],
		["(gte $age 42)", true],
		["(lt $score 1.6e0)", true],
		["(lte $score 1.4)", false],
		["(gt $storeId 1)", false],
		["(gt $empty -1)", false],
		["(eq $beta true)", true],
		["(eq $beta false)", false],
		["(gte $since 2024-06)", true],
		["(lt $since 2024-06-15T12:30:00Z)", true],
		["(gt $since 2024-06-15T12:30Z)", false],
		['(and (eq $storeId "uk") (gt $age 18))', true],
		['(and (eq $storeId "uk") (gt $age 50) (eq $beta true))', false],
		['(or (eq $storeId "fr") (gt $age 18))', true],
		['(not (eq $storeId "uk"))', false],
		['(begins_with $email "ann")', true],
		['(ends_with $email "@example.com")', true],
		['(ends_with $email "@example.org")', false],
		['(contains $email "@")', true],
		['(contains $email "#")', false],
		['(in $storeId ["fr", "uk"])', true],
		["(in $age [1, 2, 42])", true],
		['(in $storeId ["fr"])', false],
		['(matches in::$email pattern::"^a.n@")', true],
		['(matches pattern::"h.*y" in::$email)', false],
		['(exists key::"storeId")', true],
		['(exists key::"country")', false],
		["(split pct::100 by::$email)", true],
		["(split pct::0 by::$email)", false],
		['(split by::$missing pct::100 seed::"abc")', false],
		["(eq $id 9007199254740993)", true],
		["(eq $id 9007199254740992)", false],
		["(gt $id 9007199254740992)", true],
		["(lt $id 9007199254740994.0)", true],
		["(in $id [9007199254740992, 9007199254740994])", false],
		["(eq $hex 42)", false],
		["(eq $blank 42)", true],
		["(eq $age 42.0)", true],
		['(eq $age "42.0")', false],
		["(ne $age 41)", true],
		["(ne $missing 41)", false],
		["(eq $noon 2024-06-15T10:00:00Z)", true],
		["(gt $instant 2024-06-15T10:00:00Z)", true],
		["(lt $instant 2024-06-15T10:00Z)", false],
		["(lte $never 2024-03-01)", false],
		["(gte $since 2024T)", true],
		["(gt $beta false)", false],
		['(gt $umlaut "z")', true],
		["(eq (gt $age 18) $beta)", true],
		['(exists "storeId")', true],
		['(matches $email "^ann")', true],
		['(matches in::$email pattern::"^(?i)ANN")', true],
		['(contains $email value::"@")', true],
	])("%s is %s", (rule, expected) => {
		expect(matches(rule, context)).toBe(expected);
	});

	test("is delivered with months as in Ion, and texts unchanged", () => {
		const rule = '(or (gt $a 2024-02) (eq $a "2024-02") (eq $a 2024-02-01))';
		expect(deliver(rule)).toContain(
			'(or (gt $a 2024-02T) (eq $a "2024-02") (eq $a 2024-02-01))',
		);
	});

	test.each([
		"(contains in::$a value::2024-02)",
		"(gt $a 2024-02-29T23:59:59.123456789-00:00)",
		"(gt $a 2024T)",
		"(gt $a 0x1F)",
		"(gt $a -1.5e-5)",
		"(eq $a '''long 2024-02 \"x\"\\n''')",
		"(eq '$a b' \"x\")",
		'(eq $a "\\x41\\u0041\\U0001F600\\ud83d\\ude00")',
		'(eq $a "\\0\\a\\b\\t\\n\\f\\r\\v\\"\\\'\\?\\/\\\\")',
		'(eq $a "a\\\nb\\\r\nc\t")',
		"(in $a [1,])",
		"(eq $ion_1_0 1)",
		"(eq '$10' 1)",
	])("%j is delivered as valid Ion", (rule) => {
		expect(() => parse(rule)).not.toThrow();
		expect(loadAll(deliver(rule))).toHaveLength(1);
	});

	test.each([
		"(gt $a 2024-02-01T10:00+99:99)",
		"(gt $a 2024-02-01T10:00+24:00)",
		"(gt $a 2024-02-01T10:00)",
		"(gt $a 0000-01)",
		'(eq $a "\\q")',
		'(eq $a "\\ud800")',
		"(eq $a '''\\ud800''')",
		'(eq $a "\\U00110000")',
		'(eq $a "\u0001")',
		"(eq $a '''\u0001''')",
		"(eq\u00a0$a 1)",
		"(eq\ufeff$a 1)",
		"(eq $a 1)\u2028",
		"(eq $10 1)",
	])("%j, which is not Ion, is an error, and is not delivered", (rule) => {
		expect(() => parse(rule)).toThrow(RuleError);
		expect(loadAll(deliver(rule))).toHaveLength(1);
	});

	test("with a split matches the given share of contexts, and others with another seed", () => {
		const inside = (user: number, seed: string) =>
			matches(`(split pct::20 by::$user seed::"${seed}")`, { user: `${user}` });
		const users = Array.from({ length: 5000 }, (_, user) => user);
		const share = users.filter((user) => inside(user, "a")).length / 50;
		expect(share).toBeGreaterThan(18);
		expect(share).toBeLessThan(22);
		expect(users.some((user) => inside(user, "a") !== inside(user, "b"))).toBe(
			true,
		);
	});

	test("with a split without a seed uses the key of the flag", () => {
		const inside = (user: number, flag: string) =>
			matches("(split pct::50 by::$user)", { user: `${user}` }, flag);
		const users = Array.from({ length: 100 }, (_, user) => user);
		expect(users.some((user) => inside(user, "a") !== inside(user, "b"))).toBe(
			true,
		);
	});

	test.each([
		"(constructor $a 1)",
		"(eq $a)",
		'(matches in::$email pattern::"(")',
		'"a string"',
	])("%s is an error", (rule) => {
		expect(() => matches(rule, context)).toThrow();
	});

	test("with a mistake is refused with its line and character", () => {
		expect(() => parse('(eq $a\n  "b\n)')).toThrow(
			/^has a line break inside quotation marks at line 2, character \d$/,
		);
		expect(() => parse("(".repeat(10_000))).toThrow(/nested/);
	});

	test("with a number that is out of range or not supported is refused", () => {
		expect(() => parse("(gt $a 1e999)")).toThrow(
			"has the number 1e999, which is out of range",
		);
		expect(() => parse("(gt $a nan)")).toThrow("has the number nan");
		for (const number of ["1_000", "0b101"])
			expect(() => parse(`(gt $a ${number})`)).toThrow(
				"has a number with underscores or in binary, which is not supported",
			);
	});

	test.each([
		"$ion_1_0 (eq $a 1)",
		"(eq $a 1) $ion_1_0",
		"$ion_symbol_table::{} (eq $a 1)",
		"(eq $a 1),",
		"(eq $a 1)], [(eq $a 2)",
		"(eq $a 1) /* )",
		"(eq $a 1) // )",
	])(
		"%s, which would not be one item of the delivered list, is an error",
		(rule) => {
			expect(() => parse(rule)).toThrow(RuleError);
		},
	);

	test("is delivered with a long text that contains a month", () => {
		const rule = "(eq $a '''it's 2024-02 now''')";
		expect(deliver(rule)).toContain(rule);
	});
});
