import { describe, expect, test } from "vitest";
import { compareFlags } from "../../../../src/document/diff/json/flag-changes.ts";
import { ionToExtended } from "../../../../src/document/formats/ion.ts";
import { parseTree } from "../../../../src/document/json/json-parser.ts";

const json = (value: unknown) => parseTree(JSON.stringify(value));
const ion = (text: string) =>
	parseTree(ionToExtended(text).json, undefined, "extended");
const rows = (...trees: Parameters<typeof compareFlags>) =>
	compareFlags(...trees)?.changes.map(
		({ path, before = "missing", after = "missing" }) =>
			`${path}: ${before} → ${after}`,
	);

test("delivered flags are compared by state and attribute", () => {
	expect(
		rows(
			json({
				"gift-cards": { enabled: false },
				banner: { enabled: true, threshold: 39.9, text: "a", old: null },
				gone: { enabled: true },
			}),
			json({
				"gift-cards": { enabled: true, limit: 5 },
				banner: { enabled: true, text: "b", threshold: 39.9 },
				reviews: { enabled: false },
			}),
		),
	).toEqual([
		"gift-cards: off → on",
		"gift-cards · limit: missing → 5",
		'banner · text: "a" → "b"',
		"banner · old: null → missing",
		"gone: on → missing",
		"reviews: missing → off",
	]);
});

test("the delivered variant of a flag is compared by its name", () => {
	expect(
		rows(
			json({ a: { enabled: true, _variant: "x" } }),
			json({ a: { enabled: true, _variant: "y" } }),
		),
	).toEqual(["a · variant: x → y"]);
});

const authored = (variants: unknown, more: object = {}) =>
	json({
		version: "1",
		flags: { checkout: { name: "Checkout" } },
		values: { checkout: { _variants: variants, ...more } },
	});
const variant = (name: string, rule = "", attributeValues: object = {}) => ({
	name,
	enabled: true,
	rule,
	attributeValues,
});

describe("authored flags", () => {
	test("are compared by variant, rule and attribute", () => {
		expect(
			rows(
				authored([
					variant("express", '(eq $country "de")', { days: 2 }),
					variant("rest"),
				]),
				authored([
					variant("express", '(eq $country "at")', { days: 1 }),
					variant("rest"),
					variant("new", "(gt $age 3)"),
				]),
			),
		).toEqual([
			"checkout · express · days: 2 → 1",
			'checkout · express · rule: (eq $country "de") → (eq $country "at")',
			"checkout · new: missing → on",
		]);
	});

	test("name the percentage of a split that alone differs", () => {
		const split = (share: number) =>
			authored([variant("half", `(split pct::${share} by::$userId)`)]);
		expect(rows(split(25), split(50))).toEqual([
			"checkout · half · split: 25 % → 50 %",
		]);
	});

	test("differ in the order in which variants are evaluated", () => {
		const [a, b] = [variant("a", "true"), variant("b", "true")];
		expect(rows(authored([a, b]), authored([b, a]))).toEqual([
			"checkout · order of variants: a, b → b, a",
		]);
	});

	test("are not different because AppConfig saved them at another time", () => {
		const at = (time: string) => authored([], { _updatedAt: time });
		expect(compareFlags(at("2026-11-30"), at("2026-12-01"))).toEqual({
			changes: [],
			hasOtherTimes: true,
		});
	});
});

test("flags in Ion are compared by flag, variant and rule", () => {
	const flags = (share: number, days: number) =>
		ion(
			`'checkout'::[[(split pct::${share} by::$userId), '''{"_variant":"half","enabled":true,"days":${days}}'''], '''{"_variant":"rest","enabled":false}'''] banner::'''{"enabled":${days > 1}}'''`,
		);
	expect(rows(flags(25, 1), flags(50, 2))).toEqual([
		"checkout · half · days: 1 → 2",
		"checkout · half · split: 25 % → 50 %",
		"banner: off → on",
	]);
	const rule = (text: string) =>
		ion(`a::[[${text}, '''{"_variant":"v","enabled":true}''']]`);
	expect(
		rows(rule('(eq $c "de")'), rule('(or (eq $c "de") (eq $c "at"))')),
	).toEqual(['a · v · rule: (eq $c "de") → (or (eq $c "de") (eq $c "at"))']);
});

test("other documents are not compared as flags", () => {
	const flags = json({ a: { enabled: true } });
	expect(compareFlags(flags, json({ a: 1 }))).toBeUndefined();
	expect(compareFlags(json([1]), flags)).toBeUndefined();
	expect(
		compareFlags(
			flags,
			parseTree('{"a":{"enabled":true},"a":{"enabled":false}}'),
		),
	).toBeUndefined();
});
