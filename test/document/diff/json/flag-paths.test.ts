import { describe, expect, test } from "vitest";
import { describeChanges } from "../../../../src/document/diff/json/describe-changes.ts";
import { diffStructure } from "../../../../src/document/diff/json/structure-diff.ts";
import { runToEnd } from "../../../../src/document/diff/text/cooperative-task.ts";
import { ionToExtended } from "../../../../src/document/formats/ion.ts";
import { parseTree } from "../../../../src/document/json/json-parser.ts";

function describeIonChanges(
	original: string,
	modified: string,
): readonly string[] {
	const tree = (text: string) =>
		parseTree(ionToJson(text), undefined, "extended");
	return describeChanges(
		runToEnd(diffStructure(tree(original), tree(modified))),
	);
}

const variant = (name: string, weight: number, isNamed = true) =>
	`${isNamed ? `${name}::` : ""}[(split pct::${weight} by::$userId), '''{"_variant":"${name}","enabled":true}''']`;
const flags = (weight: number, isNamed = true) =>
	`'checkout-v2'::[${variant("quarter", 25, isNamed)}, ${variant("half", weight, isNamed)}, '''{"_variant":"rest","enabled":false}'''] banner::'''{"enabled":true}'''`;

const ionToJson = (text: string) => ionToExtended(text).json;

describe("a change in a flag with variants", () => {
	test.each([true, false])(
		"is described by flag, variant and rule (variants annotated: %s)",
		(isNamed) => {
			expect(
				describeIonChanges(flags(50, isNamed), flags(75, isNamed)),
			).toEqual(["checkout-v2 · half · rule changed from 50 to 75"]);
		},
	);

	test("is named without an index when it is the only flag", () => {
		const one = (weight: number) => `'a b'::[${variant("it", weight)}]`;
		expect(describeIonChanges(one(1), one(2))).toEqual([
			"a b · it · rule changed from 1 to 2",
		]);
	});

	test("has the name of the flag when the flag is one value", () => {
		expect(
			describeIonChanges(
				flags(50),
				flags(50).replace("\"enabled\":true}'''", "{}'''"),
			),
		).toHaveLength(1);
		expect(
			describeIonChanges(
				"a::'''{}''' b::'''{}'''",
				"a::'''{}''' b::'''{\"enabled\":true}'''",
			),
		).toEqual(['b changed from "{}" to "{\\"enabled\\":true}"']);
		expect(
			describeIonChanges("a::'''{}'''", "a::'''{}''' b::'''{}'''")[0],
		).toContain('b::"{}"');
	});

	test("pairs flags and variants by name, whatever their order", () => {
		const [a, b] = [variant("a", 10), variant("b", 20)];
		expect(
			describeIonChanges(
				`f::[${a}, ${b}] g::[${a}, '''{}''']`,
				`f::[${variant("new", 1)}, ${a}, ${variant("b", 21)}] g::[${a}, '''{}''']`,
			),
		).toEqual([
			`f · new was added: new::[(split,pct::1,by::$userId),"{\\"_variant\\":\\"new\\",\\"enabled\\":true}"]`,
			"f · b · rule changed from 20 to 21",
		]);
		expect(
			describeIonChanges(
				`f::[${a}, '''{}'''] g::[${b}, '''{}''']`,
				`h::'''{}''' f::[${a}, '''{}'''] g::[${variant("b", 5)}, '''{}''']`,
			),
		).toEqual(['h was added: h::"{}"', "g · b · rule changed from 20 to 5"]);
	});

	test("keeps escapes in names", () => {
		expect(
			describeIonChanges(
				String.raw`'it\'s "x"'::[v::[(eq $a 1), "{}"]]`,
				String.raw`'it\'s "x"'::[v::[(eq $a 2), "{}"]]`,
			),
		).toEqual(['it\'s "x" · v · rule changed from 1 to 2']);
	});

	test("has a plain path in documents without flags", () => {
		expect(describeIonChanges("a::[1, [2]]", "a::[1, [3]]")).toEqual([
			"[1][0] changed from 2 to 3",
		]);
		expect(describeIonChanges("{a: pct::1}", "{a: pct::2}")).toEqual([
			"a changed from pct::1 to pct::2",
		]);
	});
});
