import { describe, expect, test } from "vitest";
import { readDeliveredFlags } from "../../../../src/document/formats/delivered-flags.ts";
import { parseTree } from "../../../../src/document/json/json-parser.ts";
import { filterFlags } from "../../../../src/ui/viewer/flags/filter-flags.ts";

describe("feature flags", () => {
	const tree = parseTree(
		'{"b": {"enabled": true, "max": 3}, "a": {"enabled": false}, "c": {"enabled": true, "_variant": "beta"}}',
	);
	const flags = readDeliveredFlags(tree) ?? [];
	const names = (options: Parameters<typeof filterFlags>[2]) =>
		filterFlags(tree, flags, options).map(({ name }) => name);

	test("are objects with a boolean `enabled` in every member", () => {
		expect(flags.map(({ name, isEnabled }) => [name, isEnabled])).toEqual([
			["b", true],
			["a", false],
			["c", true],
		]);
		expect(flags[2]?.variant).toBe("beta");
		const [escaped] =
			readDeliveredFlags(
				parseTree('{"a": {"enabled": true, "_variant": "caf\\u00e9 \\"x\\""}}'),
			) ?? [];
		expect(escaped?.variant).toBe('café "x"');
		expect(flags[0]?.attributes.map(({ name }) => name)).toEqual(["max"]);
		for (const other of ['{"a": {"enabled": 1}}', "{}", "[]", '{"a": 1}'])
			expect(readDeliveredFlags(parseTree(other)), other).toBeUndefined();
	});

	test("are sorted by enabled, by name, or as in the document", () => {
		expect(names({ filter: "", sort: "enabled" })).toEqual(["b", "c", "a"]);
		expect(names({ filter: "", sort: "name" })).toEqual(["a", "b", "c"]);
		expect(names({ filter: "", sort: "document" })).toEqual(["b", "a", "c"]);
	});

	test("are filtered by name, by attribute, and by change", () => {
		expect(names({ filter: "MAX", sort: "name" })).toEqual(["b"]);
		const escaped = parseTree(
			'{"a": {"enabled": true, "where": "CAF\\u00c9"}}',
		);
		for (const filter of ["café", "\\u00c9"])
			expect(
				filterFlags(escaped, readDeliveredFlags(escaped) ?? [], {
					filter,
					sort: "name",
				}),
			).toHaveLength(1);
		const before = parseTree(
			'{"a": {"enabled": false}, "b": {"enabled": false}}',
		);
		expect(names({ filter: "", sort: "name", changedFrom: before })).toEqual([
			"b",
			"c",
		]);
		const spaced = parseTree('{\n  "a": {"enabled":   false}\n}');
		expect(
			filterFlags(spaced, readDeliveredFlags(spaced) ?? [], {
				filter: "",
				sort: "name",
				changedFrom: before,
			}),
		).toEqual([]);
	});
});
