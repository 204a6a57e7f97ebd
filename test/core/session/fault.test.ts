// A fault as a session takes it in.
import { expect, test } from "vitest";
import type { Ports } from "../../../src/core/ports.ts";
import type { Profile } from "../../../src/core/profile/profile.ts";
import { err } from "../../../src/core/result.ts";
import { callService } from "../../../src/core/service-call.ts";
import {
	type Fault,
	isAboutCredentials,
} from "../../../src/core/session/fault.ts";

test("has its own members alone, whatever a source has put beside them", async () => {
	const fault: Fault = {
		kind: "access-denied",
		operation: "StartConfigurationSession",
		at: 1,
		detail: "no",
		requestId: "r",
	};
	const careless = { ...fault, secrets: ["canary"] };
	const source = { open: async () => err(careless) };
	const answer = await callService(
		{ source } as unknown as Ports,
		{} as Profile,
		{
			type: "open",
			attempt: 1,
		},
	);
	expect(answer).toEqual({ event: { type: "failed", attempt: 1, fault } });
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
