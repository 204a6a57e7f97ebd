import { expect, test } from "vitest";
import { toCsv, toMarkdown } from "../../../src/ui/matrix/export.ts";
import type { MatrixRowItem } from "../../../src/ui/matrix/messages.ts";

const columns = [
	{ key: "prod", environment: "prod" },
	{ key: "p2", environment: "staging", name: "Shop | two" },
];
const row = (
	path: string,
	...cells: readonly (string | undefined)[]
): MatrixRowItem => ({
	path,
	jsonPath: `$.${path}`,
	kind: "value",
	cells,
	deviates: cells.map(() => true),
	differs: true,
});
const sections = [
	{
		title: "settings",
		rows: [
			row("a", "1", undefined),
			row("b", '"x|y"', "null"),
			row("c", '"`code`"', '"=1+1"'),
		],
	},
];

test("Markdown has a table for each section, with pipes and backticks kept in their cells", () => {
	expect(toMarkdown(columns, sections)).toBe(
		[
			"**settings**",
			"",
			"| key | prod | Shop \\| two (staging) |",
			"| --- | --- | --- |",
			"| `a` | `1` | _missing_ |",
			'| `b` | `"x\\|y"` | `null` |',
			'| `c` | `` "`code`" `` | `"=1+1"` |',
			"",
		].join("\n"),
	);
});

test("CSV quotes what has to be quoted, and a missing key is an empty field", () => {
	expect(toCsv(columns, sections)).toBe(
		[
			"configuration profile,key,prod,Shop | two (staging)",
			"settings,a,1,",
			'settings,b,"""x|y""",null',
			'settings,c,"""`code`""","""=1+1"""',
			"",
		].join("\r\n"),
	);
});

test.each([
	["=SUM(A1)", '"\'=SUM(A1)"'],
	["@cmd", '"\'@cmd"'],
	["-1+2", "-1+2"],
	["-cmd", '"\'-cmd"'],
	["-5", "-5"],
])("the field %s is no formula in a spreadsheet", (text, field) => {
	const csv = toCsv([], [{ title: text, rows: [row("k")] }]);
	expect(csv.split("\r\n")[1]).toBe(`${field},k`);
});
