import { expect, test } from "vitest";
import {
	environmentAppearance,
	proposeEnvironmentColor,
	withEnvironmentChoice,
} from "../../../src/core/shared/environment.ts";

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

test("a chosen colour and label replace what the name suggests", () => {
	const choices = withEnvironmentChoice(undefined, {
		name: "blue",
		color: "production",
		label: "Live shop",
	});
	expect(environmentAppearance("blue", choices)).toEqual({
		color: "production",
		label: "Live shop",
	});
	expect(environmentAppearance("dev", choices)).toEqual({
		color: "development",
		label: "dev",
	});
});

test("an environment named like a property of objects has no choice", () => {
	expect(environmentAppearance("constructor", [])).toEqual({
		color: "other",
		label: "constructor",
	});
});

test("a choice replaces the earlier one, and what the name suggests is not stored", () => {
	const grey = withEnvironmentChoice([], { name: "prod", color: "other" });
	const brown = withEnvironmentChoice(grey, { name: "prod", color: "staging" });
	expect(brown).toEqual([{ name: "prod", color: "staging" }]);
	expect(
		withEnvironmentChoice(brown, { name: "prod", color: "production" }),
	).toEqual([]);
});
