// Documents and rules that nobody would write: each is refused when it is made, or delivered and decided.
import fc from "fast-check";
import { loadAll } from "ion-js";
import { describe, expect, test } from "vitest";
import { FLAGS_HOST } from "../../src/emulator/shared/flags-host.ts";
import {
	collectPatternChecks,
	InvalidFlagsError,
	parseAuthoredFlags,
} from "../../src/flags/authored.ts";
import { deliverFlags, readIonFlags } from "../../src/flags/delivered.ts";

const operand = fc.oneof(
	fc.constantFrom(
		"$a",
		"$constructor",
		"a",
		'"text"',
		'"😀"',
		"12",
		"-1.5e300",
		"9223372036854775807",
		"2024-02-29",
		"2024-01-01T00:00:00.123456789Z",
		"true",
		'["a", 1, 2024T]',
		"[]",
		'pattern::"(a|b)*c"',
		'pattern::"("',
		"in::$a",
		"pct::10",
		"by::$a",
		"by::[$a, $b]",
		'seed::"s"',
		'key::"a"',
		"()",
		"// c",
		"'quoted'",
		"null",
		"'''long'''",
	),
	fc.string({ unit: "binary", maxLength: 6 }),
);

const { rule } = fc.letrec<{ rule: string }>((tie) => ({
	rule: fc
		.tuple(
			fc.constantFrom(
				...["eq", "ne", "gt", "gte", "lt", "lte", "and", "or", "not", "in"],
				...["begins_with", "ends_with", "contains", "matches", "exists"],
				...["split", "equals", "toString", "", "and::or"],
			),
			fc.array(fc.oneof({ maxDepth: 3 }, operand, tie("rule")), {
				maxLength: 3,
			}),
		)
		.map(([operator, operands]) => `(${[operator, ...operands].join(" ")})`),
}));

const text = fc
	.string({ unit: "grapheme", maxLength: 6 })
	.map((one) => JSON.stringify(one));
const constant = fc.oneof(
	text,
	fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
	fc
		.double({ noNaN: true, noDefaultInfinity: true })
		.map((one) => one.toExponential().replace("+", "")),
	fc.constantFrom("true", "false", "2024-02", "2024-02-29T23:59:59.5-08:00"),
);
const value = fc.constantFrom("$a", "$b", "$constructor");

const { documented: documentedRule } = fc.letrec<{ documented: string }>(
	(tie) => ({
		documented: fc.oneof(
			{ maxDepth: 3 },
			fc
				.tuple(fc.constantFrom("eq", "gt", "gte", "lt", "lte"), value, constant)
				.map((parts) => `(${parts.join(" ")})`),
			fc
				.tuple(
					fc.constantFrom("begins_with", "ends_with", "contains"),
					value,
					text,
				)
				.map((parts) => `(${parts.join("\n")})`),
			fc
				.tuple(value, fc.array(constant, { maxLength: 4 }))
				.map(([one, list]) => `(in ${one} [${list.join(", ")}])`),
			fc
				.tuple(
					value,
					fc.constantFrom("h.*y", "^(a|b)+$", "\\\\d{2,3}", "(?i)é"),
				)
				.map(([one, pattern]) => `(matches pattern::"${pattern}" in::${one})`),
			fc.constantFrom('(exists key::"a")', '(exists key::"constructor")'),
			fc
				.tuple(fc.nat({ max: 100 }), value, fc.option(text))
				.map(
					([share, by, seed]) =>
						`(split pct::${share} by::${by}${seed ? ` seed::${seed}` : ""})`,
				),
			fc
				.tuple(
					fc.constantFrom("and", "or"),
					tie("documented"),
					tie("documented"),
				)
				.map((parts) => `(${parts.join(" ")})`),
			tie("documented").map((one) => `(not ${one})`),
		),
	}),
);

const name = fc.constantFrom("a", "constructor", "toString", "__proto__", "A");

const context = fc.dictionary(
	fc.constantFrom("a", "b", "constructor"),
	fc.oneof(
		fc.string(),
		fc.constantFrom("12", "9223372036854775808", "true", "2024-02-30", "1e999"),
	),
);

function toDocument(rules: readonly string[], key = "flag"): unknown {
	const variants = rules.map((text, index) => ({
		name: `v${index}`,
		enabled: true,
		rule: text,
	}));
	const last = { name: "default", enabled: false };
	return {
		version: "1",
		flags: { [key]: {} },
		values: { [key]: { _variants: [...variants, last] } },
	};
}

/** Undefined when the document is refused. */
function parse(document: unknown) {
	try {
		return parseAuthoredFlags(JSON.stringify(document), FLAGS_HOST);
	} catch (error) {
		if (error instanceof InvalidFlagsError) return undefined;
		throw error;
	}
}

/** What is delivered of these rules can be read, whatever they are, and decided for the caller. */
function decides(rules: readonly string[], caller: Record<string, string>) {
	const document = JSON.stringify(toDocument(rules));
	const { ion = "" } = deliverFlags(document, FLAGS_HOST);
	const delivered = readIonFlags(ion, FLAGS_HOST);
	expect(delivered.problems).toEqual([]);
	// Another reader of Ion agrees that it is Ion.
	expect(loadAll(ion)).toHaveLength(1);
	const flags = delivered.evaluate(new Map(Object.entries(caller)));
	expect(flags.flag).toHaveProperty("_variant");
}

describe("Generated flag documents", () => {
	test("with 1,000 rules, most of them invalid, are refused, or delivered in Ion that can be evaluated", () => {
		fc.assert(
			fc.property(
				fc.array(rule, { minLength: 1, maxLength: 2 }),
				context,
				decides,
			),
			{ numRuns: 1_000 },
		);
	});

	test("with 1,000 documented rules are accepted, delivered and evaluated", () => {
		fc.assert(
			fc.property(documentedRule, context, (text, caller) => {
				expect(parse(toDocument([text]))).toBeDefined();
				decides([text], caller);
			}),
			{ numRuns: 1_000 },
		);
	});

	test("of any shape are parsed, or refused with the place of each violation", () => {
		const anything = fc.jsonValue({ maxDepth: 3 });
		const flag = fc.record(
			{
				enabled: fc.oneof(fc.boolean(), anything),
				_variants: fc.oneof(
					fc.array(
						fc.record(
							{
								name: fc.oneof(fc.string(), anything),
								enabled: fc.oneof(fc.boolean(), anything),
								rule: fc.oneof(rule, anything),
								attributeValues: fc.dictionary(name, anything),
							},
							{ requiredKeys: [] },
						),
					),
					anything,
				),
				a: anything,
				constructor: anything,
			},
			{ requiredKeys: [] },
		);
		const constraints = fc.record(
			{
				type: fc.constantFrom("string", "number", "boolean", "array"),
				required: fc.boolean(),
				pattern: fc.string(),
				enum: fc.array(fc.oneof(fc.string(), fc.integer())),
				elements: anything,
			},
			{ requiredKeys: ["type"] },
		);
		const definition = fc.record(
			{
				name: fc.string(),
				attributes: fc.dictionary(name, fc.record({ constraints })),
			},
			{ requiredKeys: [] },
		);
		const document = fc.oneof(
			anything,
			fc.record(
				{
					version: fc.constant("1"),
					flags: fc.dictionary(name, fc.oneof(definition, anything)),
					values: fc.dictionary(name, fc.oneof(flag, anything)),
				},
				{ requiredKeys: ["version"] },
			),
		);
		fc.assert(
			fc.property(document, (generated) => {
				const parsed = parse(generated);
				if (parsed) collectPatternChecks(parsed);
				if (!isObject(generated)) return;
				const { json, ion } = deliverFlags(
					JSON.stringify(generated),
					FLAGS_HOST,
				);
				JSON.parse(json);
				if (ion) expect(readIonFlags(ion, FLAGS_HOST).problems).toEqual([]);
			}),
			{ numRuns: 500 },
		);
	});
});

function isObject(value: unknown): boolean {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
