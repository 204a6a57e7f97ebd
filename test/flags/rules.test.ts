// Every documented operator of the rule language, on the documentation's kind of examples.
import { loadAll } from "ion-js";
import { describe, expect, test } from "vitest";
import { parseIon } from "../../src/flags/ion.ts";
import { toDeliveredFlags } from "../../src/flags/delivered.ts";
import {
	createCaller,
	createScope,
	parseRule,
	RuleError,
} from "../../src/flags/rules.ts";
import { toBody, toText } from "../emulator/harness.ts";

/** The Ion of a flag with this rule. */
function toDelivered(rule: string): string {
	const variants = [
		{ name: "a", enabled: true, rule },
		{ name: "b", enabled: false },
	];
	const { ion } = toDeliveredFlags(
		toBody({ version: "1", values: { flag: { _variants: variants } } }),
	);
	return toText(ion?.bytes ?? "");
}

function holds(rule: string, context: Record<string, string>, flag = "flag") {
	const caller = createCaller(new Map(Object.entries(context)));
	return parseRule(rule, createScope(flag))(caller);
}

const caller = {
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
		expect(holds(rule, caller)).toBe(expected);
	});

	test("A month is delivered as Ion writes it, and texts as they stand", () => {
		const rule = '(or (gt $a 2024-02) (eq $a "2024-02") (eq $a 2024-02-01))';
		expect(toDelivered(rule)).toContain(
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
	])("%j is delivered as Ion that another reader takes", (rule) => {
		expect(() => parseRule(rule, createScope("flag"))).not.toThrow();
		expect(loadAll(toDelivered(rule))).toHaveLength(1);
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
	])(
		"%j, which is no Ion, is an error, and left out of what is delivered",
		(rule) => {
			expect(() => parseRule(rule, createScope("flag"))).toThrow(RuleError);
			expect(loadAll(toDelivered(rule))).toHaveLength(1);
		},
	);

	test("A split gives each share its size, and another seed other callers", () => {
		const inside = (user: number, seed: string) =>
			holds(`(split pct::20 by::$user seed::"${seed}")`, { user: `${user}` });
		const users = Array.from({ length: 5000 }, (_, user) => user);
		const share = users.filter((user) => inside(user, "a")).length / 50;
		expect(share).toBeGreaterThan(18);
		expect(share).toBeLessThan(22);
		expect(users.some((user) => inside(user, "a") !== inside(user, "b"))).toBe(
			true,
		);
	});

	test("Without a seed a split is its flag's own", () => {
		const inside = (user: number, flag: string) =>
			holds("(split pct::50 by::$user)", { user: `${user}` }, flag);
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
		expect(() => holds(rule, caller)).toThrow();
	});

	test.each(["(eq $a 1", "[1 2]", '"open', "(eq $a ,)", "(".repeat(10_000)])(
		"%s does not parse",
		(rule) => {
			expect(() => parseIon(rule)).toThrow(/ at line \d+, character \d+$/);
		},
	);

	test("Escapes mean what they mean in Ion", () => {
		expect(
			parseIon('"\\x41\\u00e9\\U0001F600\\ud83d\\ude00\\\r\n\\/"'),
		).toMatchObject([{ kind: "string", text: "A\u00e9\u{1f600}\u{1f600}/" }]);
	});

	test("A mistake is named with its place in its own line", () => {
		expect(() => parseIon('(eq $a "b")\n(eq\n  $a 1e999)')).toThrow(
			"has an unknown word 1e999 at line 3, character 6",
		);
	});
});
