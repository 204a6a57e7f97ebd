import { expect, test } from "vitest";
import {
	addMatches,
	type SearchResult,
	versionRange,
} from "../../../src/ui/search/results.ts";
import { createVersion } from "../../helpers/render-view.tsx";

const versions = [4, 3, 2, 1].map((number) => createVersion(number));

function collect(...values: readonly (string | undefined)[]) {
	return values.reduce<readonly SearchResult[]>(
		(results, value, index) =>
			addMatches(
				results,
				value === undefined ? [] : [{ path: "$.a", value }],
				versions,
				index,
			),
		[],
	);
}

test("a value has the versions that had it without a break", () => {
	const results = collect("30", "30", undefined, "30");
	expect(results.map((one) => [versionRange(one), one.isLive])).toEqual([
		["v3 to v4", true],
		["v1", false],
	]);
});

test("another value of the same path is another result", () => {
	expect(
		collect("30", "20", "20").map(({ value, ...one }) => [
			value,
			versionRange(one as SearchResult),
		]),
	).toEqual([
		["30", "v4"],
		["20", "v2 to v3"],
	]);
});
