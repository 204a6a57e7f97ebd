import { describe, expect, it } from "vitest";
import { toFault } from "../../src/background/refusal.ts";
import {
	dispositionOf,
	explain,
	type Operation,
} from "../../src/core/fault.ts";

function refuse(
	error: object,
	operation: Operation = "GetLatestConfiguration",
	secrets: string[] = [],
) {
	return toFault(error, { operation, at: 5, secrets });
}

function badRequest(problem: string) {
	return {
		name: "BadRequestException",
		message: "Some words",
		Reason: "InvalidParameters",
		Details: {
			InvalidParameters: { ConfigurationToken: { Problem: problem } },
		},
		$metadata: { httpStatusCode: 400, requestId: "r-1" },
	};
}

describe("a refused call", () => {
	it.each([
		[badRequest("PollIntervalNotSatisfied"), "too-early", "keep"],
		[
			{ name: "BadRequestException", message: "Request too early" },
			"too-early",
			"keep",
		],
		[badRequest("Corrupted"), "token-refused", "reopen"],
		[badRequest("Expired"), "token-refused", "reopen"],
		[
			{ name: "BadRequestException", message: "Token not valid" },
			"token-refused",
			"reopen",
		],
		[{ name: "ThrottlingException" }, "throttled", "keep"],
		[
			{ name: "Whatever", $metadata: { httpStatusCode: 429 } },
			"throttled",
			"keep",
		],
		[{ name: "InternalServerException" }, "service-error", "rest"],
		[
			{ name: "SyntaxError", $metadata: { httpStatusCode: 502 } },
			"service-error",
			"rest",
		],
		[
			{ name: "SyntaxError", $metadata: { httpStatusCode: 200 } },
			"not-appconfig",
			"rest",
		],
		[
			{ name: "NotFound", $metadata: { httpStatusCode: 404 } },
			"not-appconfig",
			"rest",
		],
		[{ name: "AccessDeniedException" }, "access-denied", "halt"],
		[
			{ name: "403", $metadata: { httpStatusCode: 403 } },
			"access-denied",
			"halt",
		],
		[{ name: "ExpiredTokenException" }, "credentials-expired", "halt"],
		[{ name: "UnrecognizedClientException" }, "credentials-invalid", "halt"],
		[
			{ name: "MissingAuthenticationTokenException" },
			"credentials-invalid",
			"halt",
		],
		[{ name: "InvalidSignatureException" }, "signature-invalid", "halt"],
		[{ name: "TimeoutError" }, "timeout", "rest"],
		[{ name: "AbortError" }, "timeout", "rest"],
		[{ name: "OversizedError" }, "oversized", "rest"],
		[new TypeError("Failed to fetch"), "network", "rest"],
		[{ name: "Surprise" }, "unknown", "rest"],
	])("%o is %s, and the session will %s", (error, kind, disposition) => {
		const fault = refuse(error);
		expect(fault.kind).toBe(kind);
		expect(dispositionOf(fault)).toBe(disposition);
	});

	it("at the start of a session is about the request, not about a token", () => {
		const error = { name: "BadRequestException", message: "Bad identifiers" };
		expect(refuse(error, "StartConfigurationSession").kind).toBe("bad-request");
	});

	it.each([
		["Application", "There is no such application"],
		["Environment", "There is no such environment"],
		["ConfigurationProfile", "There is no such configuration profile"],
		["Deployment", "Nothing has been deployed to this environment yet"],
		["Configuration", "There is no such configuration"],
	])("for a missing %s says so", (ResourceType, title) => {
		const fault = refuse({ name: "ResourceNotFoundException", ResourceType });
		expect(fault.resourceType).toBe(ResourceType);
		expect(explain(fault).title).toBe(title);
	});

	it("keeps the service's words and request id, clipped", () => {
		const fault = refuse({
			...badRequest("Corrupted"),
			message: "w".repeat(1_000),
		});
		expect(fault.requestId).toBe("r-1");
		expect(fault.detail).toHaveLength(301);
	});

	it("never repeats a token or key, even when the service does", () => {
		const error = {
			name: "AccessDeniedException",
			message: "token AYADe+/= of AKIASECRET is not authorized",
		};
		const fault = refuse(error, "GetLatestConfiguration", [
			"AYADe+/=",
			"AKIASECRET",
		]);
		expect(fault.detail).toBe("token … of … is not authorized");
	});

	it("about a signature keeps nothing of the canonical request that AWS quotes", () => {
		const fault = refuse({
			name: "InvalidSignatureException",
			message:
				"The Canonical String should have been 'x-amz-security-token:abc'",
		});
		expect(fault.detail).toBe("InvalidSignatureException");
	});

	it("can be anything at all", () => {
		for (const thrown of [undefined, null, "text", 7, {}])
			expect(
				toFault(thrown, { operation: "storage", at: 0, secrets: [] }).kind,
			).toBe("unknown");
	});
});
