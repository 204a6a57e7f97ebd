import { dumpBinary, loadAll } from "ion-js";
import { describe, expect, test } from "vitest";
import { FLAGS_HOST } from "../../src/emulator/shared/flags-host.ts";
import { deliverFlags, readIonFlags } from "../../src/flags/delivered.ts";

const DOCUMENT = JSON.stringify({
	version: "1",
	flags: { promo: {}, plain: {}, "dark-mode": {} },
	values: {
		promo: {
			_variants: [
				{
					name: "UK",
					enabled: true,
					rule: '(eq $country "uk")',
					attributeValues: { discount: 10 },
				},
				{ name: "default", enabled: false },
			],
		},
		plain: { enabled: true, size: 3 },
		"dark-mode": {
			_variants: [{ name: "beta", enabled: true, rule: "(exists $beta)" }],
		},
	},
});

const context = (entries: Record<string, string>) =>
	new Map(Object.entries(entries));

describe("Delivered flags", () => {
	test("have the default variants in JSON, and all variants in Ion", () => {
		const { json, ion, problems } = deliverFlags(DOCUMENT, FLAGS_HOST);
		expect(JSON.parse(json)).toEqual({
			promo: { _variant: "default", enabled: false },
			plain: { enabled: true, size: 3 },
			"dark-mode": { enabled: false },
		});
		expect(ion).toContain(`'dark-mode'::[`);
		expect(problems).toEqual([]);
	});

	test("are evaluated with the reason for each value", () => {
		const { ion = "" } = deliverFlags(DOCUMENT, FLAGS_HOST);
		const flags = readIonFlags(ion, FLAGS_HOST);
		const reasons = (entries: Record<string, string>) =>
			flags
				.evaluateWithReasons(context(entries))
				.map(({ key, reason }) => `${key} ${reason}`);
		expect(reasons({ country: "uk" })).toEqual([
			"promo TARGETING_MATCH",
			"plain STATIC",
			"dark-mode DISABLED",
		]);
		expect(reasons({ country: "fr", beta: "" })).toEqual([
			"promo DEFAULT",
			"plain STATIC",
			"dark-mode TARGETING_MATCH",
		]);
		expect(flags.evaluate(context({ country: "uk" }))).toEqual({
			promo: { _variant: "UK", enabled: true, discount: 10 },
			plain: { enabled: true, size: 3 },
			"dark-mode": { enabled: false },
		});
	});

	test("are evaluated alike in binary Ion", () => {
		const { ion = "" } = deliverFlags(DOCUMENT, FLAGS_HOST);
		const values = loadAll(ion);
		expect(values).toHaveLength(3);
		const [promo] = values;
		const flags = readIonFlags(dumpBinary(promo), FLAGS_HOST);
		expect(flags.evaluate(context({ country: "uk" }))).toEqual({
			promo: { _variant: "UK", enabled: true, discount: 10 },
		});
	});
});
