import { expect, test } from "vitest";
import {
	type Fault,
	isAboutCredentials,
} from "../../../src/core/session/fault.ts";
import { err } from "../../../src/core/shared/result.ts";
import { createWorld } from "../../helpers/world.ts";

test("a session's fault has none of the members that a source added to it", async () => {
	const fault: Fault = {
		kind: "access-denied",
		operation: "StartConfigurationSession",
		at: 1,
		detail: "no",
		requestId: "r",
	};
	const careless = { ...fault, secrets: ["canary"] };
	const world = createWorld();
	world.service.open = async () => err(careless);
	await world.add();
	await world.settle();
	expect((await world.profile()).fault).toEqual(fault);
});

test.each([
	["access-denied", "GetLatestConfiguration", true],
	["credentials-expired", "StartConfigurationSession", true],
	["forbidden", "StartConfigurationSession", true],
	["not-appconfig", "AssumeRole", true],
	["not-appconfig", "GetLatestConfiguration", false],
	["network", "GetLatestConfiguration", false],
	["storage", "storage", false],
] as const)(
	"%s of %s ends with other credentials: %s",
	(kind, operation, isAbout) => {
		const fault: Fault = { kind, operation, at: 1, detail: "" };
		expect(isAboutCredentials(fault)).toBe(isAbout);
		expect(isAboutCredentials(undefined)).toBe(false);
	},
);
