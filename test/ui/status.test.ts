import { expect, test } from "vitest";
import { isCurrent } from "../../src/ui/components/status.tsx";

const said = { owner: "one", at: 1_000 };

test("what was said about a profile is shown with that profile alone", () => {
	expect(isCurrent(said, { owner: "one" })).toBe(true);
	expect(isCurrent(said, { owner: "two" })).toBe(false);
	expect(isCurrent(said, {})).toBe(false);
});

test("what was said before there was a profile is about none of them", () => {
	expect(isCurrent({ at: 1_000 }, { owner: "one" })).toBe(true);
});

test("a fault overtakes what was said before it, and not what is said after it", () => {
	expect(isCurrent(said, { owner: "one", faultAt: 1_001 })).toBe(false);
	expect(isCurrent(said, { owner: "one", faultAt: 999 })).toBe(true);
});
