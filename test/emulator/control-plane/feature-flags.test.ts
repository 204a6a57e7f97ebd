import { BadRequestException } from "@aws-sdk/client-appconfig";
import { describe, expect, test } from "vitest";
import type { Change } from "../../../src/emulator/registry/store.ts";
import {
	createHarness,
	NOON,
	poll,
	startSession,
	toBody,
	toText,
} from "../harness.ts";
import { createSampleApplication } from "../sample-data.ts";

const DEFAULT = { name: "default", enabled: false };

function withVariants(...variants: object[]) {
	return {
		version: "1",
		flags: { promo: { name: "Promo", attributes: { discount: {} } } },
		values: { promo: { _variants: variants } },
	};
}

function withRule(rule: string) {
	return withVariants({ name: "a", enabled: true, rule }, DEFAULT);
}

function withAttribute(constraints: object, value?: unknown) {
	return {
		version: "1",
		flags: { flag: { attributes: { size: { constraints } } } },
		values: {
			flag: { enabled: true, ...(value === undefined ? {} : { size: value }) },
		},
	};
}

async function createFlags() {
	const shop = await createSampleApplication({
		Type: "AWS.AppConfig.FeatureFlags",
	});
	return {
		...shop,
		/** The refusal's details, or undefined when it was stored. */
		async refusal(document: unknown) {
			try {
				await shop.createVersion(JSON.stringify(document));
				return undefined;
			} catch (error) {
				if (!(error instanceof BadRequestException)) throw error;
				expect(error.Reason).toBe("InvalidConfiguration");
				return error.Details?.InvalidConfiguration ?? [];
			}
		},
	};
}

const VARIANTS = "/values/promo/_variants";

describe("A flag document is refused at creation", () => {
	test.each([
		[
			"no default variant",
			withVariants({ ...DEFAULT, rule: "(eq $a 1)" }),
			VARIANTS,
		],
		["no variant at all", withVariants(), VARIANTS],
		[
			"a default variant that is not last",
			withVariants(DEFAULT, { ...DEFAULT, name: "b", rule: "(eq $a 1)" }),
			`${VARIANTS}/0`,
		],
		["two default variants", withVariants(DEFAULT, DEFAULT), `${VARIANTS}/0`],
		[
			"an empty rule before the last",
			withVariants({ ...DEFAULT, rule: "" }, DEFAULT),
			`${VARIANTS}/0`,
		],
		[
			"a variant's name with a line break",
			withVariants({ name: "a\nb", enabled: true }),
			`${VARIANTS}/0/name`,
		],
		[
			"a flag's name that ends in a line break",
			{ version: "1", flags: { a: { name: "A\n" } } },
			"/flags/a/name",
		],
		[
			"an attribute called enabled",
			{ version: "1", flags: { a: { attributes: { enabled: {} } } } },
			"/flags/a/attributes/enabled",
		],
		[
			"a variant's attribute called enabled",
			withVariants({ ...DEFAULT, attributeValues: { enabled: true } }),
			`${VARIANTS}/0/attributeValues/enabled`,
		],
		[
			"an array of a text and a number",
			withAttribute({ type: "array" }, ["a", 1]),
			"/values/flag/size/1",
		],
		[
			"an array of a number and a text",
			withAttribute({ type: "array" }, [1, "a"]),
			"/values/flag/size/1",
		],
		[
			"an array of booleans",
			withAttribute({ type: "array" }, [true]),
			"/values/flag/size/0",
		],
		[
			"a pattern that is none",
			withAttribute({ type: "string", pattern: "(" }),
			"/flags/flag/attributes/size/constraints/pattern",
		],
		[
			"a pattern of elements that is none",
			withAttribute({
				type: "array",
				elements: { type: "string", pattern: "[" },
			}),
			"/flags/flag/attributes/size/constraints/elements/pattern",
		],
		[
			"a value that its pattern does not match",
			withAttribute({ type: "string", pattern: "^[a-z]+$" }, "A"),
			"/values/flag/size",
		],
		[
			"an element that its pattern does not match",
			withAttribute(
				{ type: "array", elements: { type: "string", pattern: "^[a-z]+$" } },
				["a", "B"],
			),
			"/values/flag/size",
		],
		[
			"a value outside its enumeration",
			withAttribute({ type: "string", enum: ["a", 2] }, "2"),
			"/values/flag/size",
		],
		[
			"a flag without a definition",
			{ version: "1", flags: {}, values: { toString: { enabled: true } } },
			"/values/toString",
		],
		[
			"an attribute without a definition",
			{
				version: "1",
				flags: { a: {} },
				values: { a: { enabled: true, constructor: "x" } },
			},
			"/values/a/constructor",
		],
	])("for %s", async (_, document, location) => {
		const { refusal } = await createFlags();
		const details = await refusal(document);
		expect(details?.map(({ Location }) => Location)).toContain(location);
		for (const { Reason, Type } of details ?? [])
			expect([typeof Reason, Type]).toEqual(["string", "FEATURE_FLAGS"]);
	});

	test.each([
		['(equals $a "b")', "unknown operator equals"],
		['(EQ $a "b")', "unknown operator EQ"],
		['(toString $a "b")', "unknown operator toString"],
		['(eq $a "b") // comment', "has a comment"],
		['(eq $a /* comment */ "b")', "has a comment"],
		['// comment\n(eq $a "b")', "has a comment"],
		['(eq $a "b"', "character"],
		['(eq $a "b))', "quotation that is not closed"],
		['(eq $a "line\nbreak")', "line break"],
		['(eq $a "b") (eq $a "c")', "one s-expression"],
		['"text"', "one s-expression"],
		["true", "one s-expression"],
		['name::(eq $a "b")', "begins with a name"],
		["   ", "one s-expression"],
		["(eq $a)", "1 operands instead of 2"],
		["(eq $a 1 2)", "3 operands instead of 2"],
		["(eq country 1)", "$country"],
		["(eq $a 9223372036854775808)", "64 bits"],
		["(eq $a 2024-02-30)", "2024-02-30"],
		["(eq $a [1])", "a single value"],
		["(and)", "and without operands"],
		['(and (eq $a 1) "b")', "neither true nor false"],
		["(not (eq $a 1) (eq $a 2))", "2 operands instead of 1"],
		['(in $a "b")', "in without a list"],
		["(in $a [$b])", "does not hold constants only"],
		['(in $a ["b" "c"])', "lacks a comma"],
		['(matches in::$a pattern::"(")', "not a regular expression"],
		['(matches in::$a pattern::"(?=a)")', "not a regular expression"],
		["(matches in::$a pattern::$b)", "is not a string"],
		['(matches in::$a pattern::"((a{900}){100}")', "not a regular expression"],
		['(matches in::$a regex::"a")', "called regex"],
		["(exists key::1)", "exists without a key"],
		['(split pct::"10" by::$a)', "without a number for pct"],
		["(split pct::10)", "without by"],
		["(split pct::10 by::$a seed::5)", "a seed that is not a string"],
		["((eq) $a 1)", "does not begin with an operator"],
	])("for the rule %j: %s", async (rule, reason) => {
		const { refusal } = await createFlags();
		const details = await refusal(withRule(rule));
		expect(details).toMatchObject([
			{
				Location: `${VARIANTS}/0/rule`,
				Reason: expect.stringContaining(reason),
			},
		]);
	});

	test.each([
		'(eq $state "Virginia")',
		'(ne $a "b")',
		"  (and (gte $age 18)\n  (lt $age 65))\n",
		'(or (not (exists key::"country")) (in $userId ["123", "456"]))',
		'(matches in::$greeting pattern::"h.*y")',
		'(split by::$userId pct::20.5 seed::"abc")',
		"(split pct::10 by::[$userId, $device])",
		"(lte $when 2012-03-04T05:06:07-08:00)",
		"(eq (gt $a 1) true)",
		"(eq $a -9223372036854775808)",
		'(eq $a "// no comment (")',
	])("but not for the rule %j", async (rule) => {
		const { refusal } = await createFlags();
		expect(await refusal(withRule(rule))).toBeUndefined();
	});

	test("but not what AWS accepts", async () => {
		const { refusal } = await createFlags();
		for (const document of [
			withVariants({ name: "default", enabled: true, rule: "" }),
			withVariants(DEFAULT),
			withAttribute({ type: "array" }, []),
			withAttribute({ type: "string", enum: ["a", 2] }, "a"),
			withAttribute({ type: "string", pattern: "^(?=.*\\d).+$" }, "a1"),
			{
				version: "1",
				flags: { constructor: { attributes: { valueOf: {} } } },
				values: { constructor: { enabled: true, valueOf: "a" } },
			},
		])
			expect(await refusal(document)).toBeUndefined();
	});

	test("with reasons of a bounded length, and each violation once", async () => {
		const { refusal } = await createFlags();
		const long = "x".repeat(1000);
		const documents = [
			withAttribute(
				{
					type: "string",
					enum: Array.from({ length: 100 }, (_, at) => long + at),
				},
				"other",
			),
			{ version: "1", flags: { [`${long.repeat(100)}!`]: {} } },
			withRule(`(${long.repeat(10)} $a "b")`),
			{
				version: "1",
				flags: { flag: { attributes: { size: {} } } },
				values: { flag: { enabled: true, size: [1, "a"] } },
			},
		];
		for (const document of documents) {
			const details = await refusal(document);
			expect(details).toHaveLength(1);
			expect(details?.[0]?.Reason?.length).toBeLessThan(600);
		}
	});

	test("with only the first violation of the schema if the document is large", async () => {
		const { refusal } = await createFlags();
		const size = ["a", ...Array<number>(200_000).fill(1)];
		expect(
			await refusal({
				version: "1",
				flags: { flag: { attributes: { size: {} } } },
				values: { flag: { enabled: true, size } },
			}),
		).toMatchObject([{ Location: "/values/flag/size/1" }]);
	});

	test("with at most 100 violations", async () => {
		const { refusal } = await createFlags();
		const values = Object.fromEntries(
			Array.from({ length: 5000 }, (_, index) => [`f${index}`, {}]),
		);
		expect(await refusal({ version: "1", flags: {}, values })).toHaveLength(
			100,
		);
	});
});

describe("A document that an earlier version accepted", () => {
	test("is delivered without rules that cannot be read, and cannot be deployed again", async () => {
		const document = withVariants(
			{ name: "bad", enabled: true, rule: '(equals $a "b")' },
			{ name: "comment", enabled: true, rule: '(eq $a "b") // c' },
			{ name: "good", enabled: true, rule: '(eq $a "c")' },
			DEFAULT,
		);
		const place = { ApplicationId: "aaaaaaa" };
		const restored: Change[] = [
			{
				table: "applications",
				key: "aaaaaaa",
				record: { Id: "aaaaaaa", Name: "shop" },
			},
			{
				table: "environments",
				key: "aaaaaaa/eeeeeee",
				record: { ...place, Id: "eeeeeee", Name: "test" },
			},
			{
				table: "profiles",
				key: "aaaaaaa/ppppppp",
				record: {
					...place,
					Id: "ppppppp",
					Name: "settings",
					LocationUri: "hosted",
					Type: "AWS.AppConfig.FeatureFlags",
				},
			},
			{
				table: "versions",
				key: "aaaaaaa/ppppppp/1",
				record: {
					...place,
					ConfigurationProfileId: "ppppppp",
					VersionNumber: 1,
					ContentType: "application/json",
					content: toBody(document),
				},
			},
			{
				table: "deployments",
				key: "aaaaaaa/eeeeeee/1",
				record: {
					...place,
					EnvironmentId: "eeeeeee",
					ConfigurationProfileId: "ppppppp",
					DeploymentStrategyId: "AppConfig.AllAtOnce",
					DeploymentNumber: 1,
					ConfigurationName: "settings",
					ConfigurationLocationUri: "hosted",
					ConfigurationVersion: "1",
					DeploymentDurationInMinutes: 0,
					GrowthFactor: 100,
					GrowthType: "LINEAR",
					FinalBakeTimeInMinutes: 0,
					startedAt: NOON,
				},
			},
		];
		const journal = { restored, append() {}, close() {} };
		const harness = createHarness({}, { journal });
		const session = await poll(harness, await startSession(harness), {
			accept: "application/ion",
		});
		expect(toText(session.body)).not.toContain("equals");
		const decide = async (context: string) => {
			const reply = await harness.request({
				url: "/applications/shop/environments/test/configurations/settings",
				headers: { context },
			});
			return JSON.parse(toText(reply.body)).promo._variant;
		};
		expect(await decide("a=b")).toBe("default");
		expect(await decide("a=c")).toBe("good");
		expect(harness.errors).toEqual([
			"settings, version 1: Variant bad of flag promo never matches: its rule has an unknown operator equals",
			"settings, version 1: Variant comment of flag promo never matches: its rule has a comment",
		]);
		const again = await harness.request({
			method: "POST",
			url: "/applications/aaaaaaa/environments/eeeeeee/deployments",
			body: toBody({
				ConfigurationProfileId: "ppppppp",
				ConfigurationVersion: "1",
				DeploymentStrategyId: "AppConfig.AllAtOnce",
			}),
		});
		expect(again.status).toBe(400);
		expect(toText(again.body)).toContain("unknown operator equals");
	});
});
