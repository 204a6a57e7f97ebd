import { expect, test } from "vitest";
import { proposeEnvironmentColor } from "../../../src/core/profile/environment.ts";

test.each([
	["production", "production"],
	["Prod-EU", "production"],
	["live", "production"],
	["staging", "staging"],
	["pre-prod", "staging"],
	["nonprod", "staging"],
	["UAT", "staging"],
	["development", "development"],
	["test", "development"],
	["my-sandbox", "development"],
	["beta", "other"],
	["abc1234", "other"],
])("the environment %s gets the colour %s", (name, color) => {
	expect(proposeEnvironmentColor(name)).toBe(color);
});
