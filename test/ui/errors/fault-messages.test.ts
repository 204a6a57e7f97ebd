import { describe, expect, it } from "vitest";
import type { Fault } from "../../../src/core/session/fault.ts";
import { faultTitle } from "../../../src/core/session/fault-titles.ts";
import {
	describeCall,
	explainFault,
} from "../../../src/ui/errors/fault-messages.ts";

const PLACE = {
	application: "shop",
	environment: "prod",
	configurationProfile: "settings",
};

function fault(change: Partial<Fault>): Fault {
	return {
		kind: "access-denied",
		operation: "GetLatestConfiguration",
		at: 1,
		detail: "",
		...change,
	};
}

describe("a fault", () => {
	it("names the operation, the configuration, the host and the status", () => {
		const host = "appconfigdata.eu-west-1.amazonaws.com";
		expect(describeCall(fault({ host, status: 403 }), PLACE)).toBe(
			`GetLatestConfiguration for shop / prod / settings at ${host}: HTTP 403.`,
		);
		expect(describeCall(fault({}), PLACE)).toBe(
			"GetLatestConfiguration for shop / prod / settings.",
		);
		expect(describeCall(fault({ operation: "storage" }), PLACE)).toBe("");
	});

	it("of access to AppConfig offers the policy, of access to a role the connection", () => {
		expect(explainFault(fault({}))).toMatchObject({
			policyHelps: true,
			remedy: "retry",
		});
		const role = explainFault(fault({ operation: "AssumeRole" }));
		expect(role).toMatchObject({ remedy: "connection" });
		expect(role).not.toHaveProperty("policyHelps");
	});

	it.each([
		[
			"http://127.0.0.1:4772",
			/emulator or Agent at 127.0.0.1:4772 runs/,
			"edit",
		],
		["https://appconfigdata.eu-west-1.amazonaws.com", /VPN or proxy/, "none"],
	])("of the network at %s says what to check", (url, advice, remedy) => {
		const told = explainFault(
			fault({ kind: "network", host: new URL(url).host }),
		);
		expect(told.advice).toMatch(advice);
		expect(told.remedy).toBe(remedy);
	});

	it("names who should have answered", () => {
		const of = (operation: Fault["operation"]) =>
			faultTitle(fault({ kind: "not-appconfig", operation }));
		expect(of("GetLatestConfiguration")).toBe(
			"The reply is not from AppConfig",
		);
		expect(of("AssumeRole")).toBe("The reply is not from AWS STS");
		expect(of("GetCredentials")).toBe(
			"The reply is not from a credential server",
		);
	});
});
