// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import type { ChangedValue } from "../../../src/document/diff/json/changed-values.ts";
import {
	ChangedPath,
	changeTitle,
	shortenPath,
	styleOfValue,
} from "../../../src/ui/diff/ChangedPath.tsx";
import { render } from "../../helpers/render.tsx";

const CHANGED: ChangedValue = {
	kind: "changed",
	path: "checkout.freeShippingFrom",
	before: "49.90",
	after: "39.90",
};

describe("a changed path", () => {
	const textOf = (item: ChangedValue, more?: number) =>
		render(<ChangedPath item={item} {...(more ? { more } : {})} />).container
			.textContent;

	test("shows the values, and how many more changed", () => {
		expect(textOf(CHANGED, 3)).toBe(
			"checkout.freeShippingFrom49.90→39.90+3 more",
		);
	});

	test("is shortened from the left where there is little room for it", () => {
		const { container } = render(
			<ChangedPath item={CHANGED} more={3} columns={38} />,
		);
		expect(container.querySelector(".path")?.textContent).toBe(
			"…freeShippingFrom",
		);
	});

	test("shows one value when that was added or removed", () => {
		const { path } = CHANGED;
		expect(textOf({ kind: "added", path, after: '"twint"' })).toBe(
			`+${path}"twint"`,
		);
		expect(textOf({ kind: "removed", path, before: "80" })).toBe(`−${path}80`);
	});

	test("has the whole sentence as its title, with invisible characters escaped", () => {
		const { container } = render(
			<ChangedPath item={{ ...CHANGED, after: "39\u202e90" }} />,
		);
		expect(container.querySelector("[title]")?.getAttribute("title")).toBe(
			"checkout.freeShippingFrom changed from 49.90 to 39\\u{202E}90",
		);
	});

	test("says in its title what happened to the value", () => {
		expect(
			changeTitle({ kind: "moved", path: "a[1]", note: "from [2] to [1]" }),
		).toBe("a[1] moved (from [2] to [1])");
		expect(changeTitle({ kind: "removed", path: "a", before: "1" })).toBe(
			"a was removed: 1",
		);
	});
});

test.each([
	["checkout.enabled", 32, "checkout.enabled"],
	[
		"a.very.long.path.of.the.checkout.freeShippingFrom",
		32,
		"…the.checkout.freeShippingFrom",
	],
	[
		"a.theOneSegmentThatIsLongerThanTheWholeRowCanBe",
		32,
		"…theOneSegmentThatIsLongerThanTheWholeRowCanBe",
	],
	["regions.countries[12].paymentMethods[2]", 20, "…paymentMethods[2]"],
	['hosts["a.b.example.com"].timeoutSeconds', 30, "…timeoutSeconds"],
	[
		"withoutAnySegmentAndLongerThanTheLimit",
		8,
		"withoutAnySegmentAndLongerThanTheLimit",
	],
])(
	"the path %s is shortened from the left by whole segments",
	(path, limit, short) => {
		expect(shortenPath(path, limit)).toBe(short);
	},
);

test.each([
	['"text', "string"],
	["-1.50", "number"],
	["null", "word"],
	["off", "word"],
	["{…}", "plain"],
])("the value %s is drawn as a %s", (source, style) => {
	expect(styleOfValue(source)).toBe(style);
});
