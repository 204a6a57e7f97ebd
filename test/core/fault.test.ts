// A fault as a session takes it in.
import { expect, test } from "vitest";
import { call } from "../../src/core/call.ts";
import type { Fault } from "../../src/core/fault.ts";
import type { Ports } from "../../src/core/ports.ts";
import type { Profile } from "../../src/core/profile.ts";
import { err } from "../../src/core/result.ts";

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
	const answer = await call({ source } as unknown as Ports, {} as Profile, {
		type: "open",
		attempt: 1,
	});
	expect(answer).toEqual({ event: { type: "failed", attempt: 1, fault } });
});
