import { expect, test } from "vitest";
import { isShown } from "../../src/ui/hooks/use-status.ts";

const said = { owner: "one", at: 1_000 };

test("what was said about a profile is shown with that profile alone", () => {
	expect(isShown(said, { owner: "one" })).toBe(true);
	expect(isShown(said, { owner: "two" })).toBe(false);
	expect(isShown(said, {})).toBe(false);
});

test("what was said before there was a profile is about none of them", () => {
	expect(isShown({ at: 1_000 }, { owner: "one" })).toBe(true);
});

test("a fault overtakes what was said before it, and not what is said after it", () => {
	expect(isShown(said, { owner: "one", faultAt: 1_001 })).toBe(false);
	expect(isShown(said, { owner: "one", faultAt: 999 })).toBe(true);
});
