import { describe, expect, it } from "vitest";
import { mapSdkError } from "../../../src/background/appconfig/error-mapping.ts";
import type { RequestFault } from "../../../src/background/http/outgoing-request.ts";
import { createRedactor } from "../../../src/background/http/redaction.ts";
import { RequestError } from "../../../src/background/http/sdk-handler.ts";
import {
	dispositionOf,
	type Operation,
	retryStrategyOf,
} from "../../../src/core/session/fault.ts";
import { explainFault } from "../../../src/ui/errors/fault-messages.ts";

const HOST = "appconfigdata.eu-west-1.amazonaws.com";

function refuse(
	error: object,
	operation: Operation = "GetLatestConfiguration",
	secrets: string[] = [],
) {
	return mapSdkError(error, {
		operation,
		at: 5,
		host: HOST,
		redactor: createRedactor(secrets),
	});
}

function noReply(kind: RequestFault["kind"]) {
	return new RequestError({ kind, host: HOST, detail: "" });
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

describe("a failed call", () => {
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
			{ name: "ForbiddenException", $metadata: { httpStatusCode: 403 } },
			"access-denied",
			"halt",
		],
		[noReply("not-appconfig"), "not-appconfig", "rest"],
		[{ name: "ExpiredTokenException" }, "credentials-expired", "halt"],
		[{ name: "UnrecognizedClientException" }, "credentials-invalid", "halt"],
		[
			{ name: "MissingAuthenticationTokenException" },
			"credentials-invalid",
			"halt",
		],
		[{ name: "InvalidSignatureException" }, "signature-invalid", "halt"],
		[noReply("timeout"), "timeout", "rest"],
		[noReply("oversized"), "oversized", "rest"],
		[noReply("network"), "network", "rest"],
		[noReply("incomplete"), "incomplete", "rest"],
		[noReply("permission-missing"), "permission-missing", "rest"],
		[
			{ name: "TypeError", $metadata: { httpStatusCode: 201 } },
			"not-appconfig",
			"rest",
		],
		[
			{ name: "SlowDown", $metadata: { httpStatusCode: 400 } },
			"throttled",
			"keep",
		],
		[
			{ name: "UnknownError", $metadata: { httpStatusCode: 413 } },
			"not-appconfig",
			"rest",
		],
		[
			{ name: "UnknownError", $metadata: { httpStatusCode: 304 } },
			"not-appconfig",
			"rest",
		],
		[{ name: "Surprise" }, "unknown", "rest"],
	])("%o maps to %s with disposition %s", (error, kind, disposition) => {
		const fault = refuse(error);
		expect(fault.kind).toBe(kind);
		expect(dispositionOf(fault)).toBe(disposition);
	});

	it("without permission for the host was not sent, and names the match pattern", () => {
		const detail = "https://appconfigdata.eu-west-1.amazonaws.com/*";
		const error = new RequestError({
			kind: "permission-missing",
			host: HOST,
			detail,
		});
		expect(refuse(error)).toEqual({
			kind: "permission-missing",
			operation: "GetLatestConfiguration",
			at: 5,
			host: HOST,
			detail,
			isUnsent: true,
		});
	});

	// AWS names a reason, so the reply is from a proxy or a gateway.
	it.each(
		["403", "Unknown", "UnknownError", "SyntaxError"].flatMap((name) =>
			[401, 403].map((status) => [name, status] as const),
		),
	)(
		"named %s with status %s is forbidden and retried later",
		(name, status) => {
			const fault = refuse({
				name,
				message: "UnknownError",
				$metadata: { httpStatusCode: status },
			});
			expect(fault).toMatchObject({ kind: "forbidden", detail: "", status });
			expect(dispositionOf(fault)).toBe("rest");
			expect(retryStrategyOf(fault)).toBe("growing");
		},
	);

	it("with a bad request at the start of a session is about the request, not about a token", () => {
		const error = { name: "BadRequestException", message: "Bad identifiers" };
		expect(refuse(error, "StartConfigurationSession").kind).toBe("bad-request");
	});

	it.each([
		["Application", "There is no such application"],
		["Environment", "There is no such environment"],
		["ConfigurationProfile", "There is no such configuration profile"],
		["Deployment", "Nothing has been deployed to this environment yet"],
		["Configuration", "There is no such configuration"],
	])("for a missing %s has a title that says so", (ResourceType, title) => {
		const fault = refuse({ name: "ResourceNotFoundException", ResourceType });
		expect(fault.resourceType).toBe(ResourceType);
		expect(explainFault(fault).title).toBe(title);
	});

	it("keeps the service's message, cut, and request id", () => {
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

	it.each(["UnknownError", "Unknown"])(
		"does not show the SDK's placeholder %s as a message of the service",
		(message) => {
			const error = {
				name: "AccessDeniedException",
				message,
				$metadata: { httpStatusCode: 403 },
			};
			expect(refuse(error)).toMatchObject({
				kind: "access-denied",
				detail: "",
				status: 403,
				host: HOST,
			});
		},
	);

	it("has no request id that repeats a secret", () => {
		const secret = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY01";
		const error = {
			name: "AccessDeniedException",
			$metadata: { httpStatusCode: 403, requestId: `r-${secret.slice(3, 30)}` },
		};
		expect(
			refuse(error, "GetLatestConfiguration", [secret]),
		).not.toHaveProperty("requestId");
	});

	it("because of a signature keeps nothing of the canonical request that AWS quotes", () => {
		const fault = refuse({
			name: "InvalidSignatureException",
			message:
				"The Canonical String should have been 'x-amz-security-token:abc'",
		});
		expect(fault.detail).toBe("InvalidSignatureException");
	});

	it.each(["constructor", "toString", "valueOf", "__proto__"])(
		"with the error name %s is unknown",
		(name) => {
			expect(refuse({ name }).kind).toBe("unknown");
			const missing = { name: "ResourceNotFoundException", ResourceType: name };
			expect(explainFault(refuse(missing)).title).toBe("Not found");
		},
	);

	it("does not repeat a percent-encoded token", () => {
		const token = "AYADe/+==";
		const error = {
			name: "InternalServerException",
			message: `no route for /configuration?configuration_token=${encodeURIComponent(token)}`,
		};
		expect(refuse(error, "GetLatestConfiguration", [token]).detail).toBe(
			"no route for /configuration?configuration_token=…",
		);
	});

	it("keeps no malformed request id or resource type", () => {
		const fault = refuse({
			name: "ResourceNotFoundException",
			ResourceType: "x".repeat(1_000_000),
			$metadata: { requestId: "y".repeat(9_000) },
		});
		expect(JSON.stringify(fault).length).toBeLessThan(300);
	});

	it("with a null detail is still about the token", () => {
		const error = {
			name: "BadRequestException",
			Details: { InvalidParameters: { ConfigurationToken: null } },
		};
		expect(refuse(error).kind).toBe("token-refused");
	});

	it("is unknown for anything else that is thrown", () => {
		for (const thrown of [undefined, null, "text", 7, {}])
			expect(
				mapSdkError(thrown, {
					operation: "storage",
					at: 0,
					host: HOST,
					redactor: createRedactor([]),
				}).kind,
			).toBe("unknown");
	});
});
