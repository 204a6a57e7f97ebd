// What went wrong with a call, as a Fault: the one place that knows AWS's error names.

import {
	type Fault,
	type FaultKind,
	isResourceType,
	type Operation,
} from "../../core/session/fault.ts";
import type { Redactor } from "../http/redaction.ts";

/** The parts of an SDK error that are looked at; everything else about it (its hidden `$response`) may hold secrets. */
interface SdkError {
	readonly name?: unknown;
	readonly message?: unknown;
	readonly ResourceType?: unknown;
	readonly Details?: {
		readonly InvalidParameters?: Readonly<
			Record<string, { readonly Problem?: unknown } | null>
		>;
	};
	readonly $metadata?: {
		readonly httpStatusCode?: unknown;
		readonly requestId?: unknown;
	};
}

export interface FaultContext {
	readonly operation: Operation;
	/** Epoch ms. */
	readonly at: number;
	/** The host that was called. */
	readonly host: string;
	/** Knows what must not show up in the fault, whatever the service says. */
	readonly redactor: Redactor;
}

/** Source of the names: appconfigdata's API model, and https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/CommonErrors.html */
const KINDS = new Map<string, FaultKind>(
	Object.entries({
		ResourceNotFoundException: "not-found",
		ThrottlingException: "throttled",
		TooManyRequestsException: "throttled",
		InternalServerException: "service-error",
		AccessDeniedException: "access-denied",
		ExpiredTokenException: "credentials-expired",
		ExpiredToken: "credentials-expired",
		UnrecognizedClientException: "credentials-invalid",
		InvalidClientTokenId: "credentials-invalid",
		MissingAuthenticationTokenException: "credentials-invalid",
		IncompleteSignatureException: "signature-invalid",
		InvalidSignatureException: "signature-invalid",
		RequestExpired: "signature-invalid",
		RequestTimeTooSkewed: "signature-invalid",
		SignatureDoesNotMatch: "signature-invalid",
		TimeoutError: "timeout",
		AbortError: "timeout",
		OversizedError: "oversized",
		SyntaxError: "not-appconfig",
		RedirectedError: "not-appconfig",
		IncompleteError: "incomplete",
		InterruptedError: "incomplete",
		TypeError: "network",
	}),
);

/** What the SDK calls an error without a name, and says where the service said nothing. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
	"Unknown",
	"UnknownError",
	"undefined",
	"Error",
	"",
]);
const REQUEST_ID = /^[\w-]{1,64}$/;

export function mapSdkError(error: unknown, context: FaultContext): Fault {
	const parts: SdkError = typeof error === "object" && error ? error : {};
	const kind = kindOf(parts, context.operation);
	const { operation, at, host, redactor } = context;
	const requestId = requestIdOf(parts, redactor);
	const status = parts.$metadata?.httpStatusCode;
	const { ResourceType: resourceType } = parts;
	return {
		kind,
		operation,
		at,
		host,
		detail: detailOf(kind, parts, redactor),
		...(typeof status === "number" ? { status } : {}),
		...(requestId === undefined ? {} : { requestId }),
		...(kind === "not-found" && isResourceType(resourceType)
			? { resourceType }
			: {}),
	};
}

/** It is stored: a server may have put anything in its header. */
function requestIdOf(
	{ $metadata }: SdkError,
	redactor: Redactor,
): string | undefined {
	const id = $metadata?.requestId;
	return typeof id === "string" && REQUEST_ID.test(id)
		? redactor.value(id)
		: undefined;
}

function kindOf(error: SdkError, operation: Operation): FaultKind {
	const name = String(error.name);
	const status = Number(error.$metadata?.httpStatusCode ?? 0);
	if (name === "BadRequestException") return badRequestKind(error, operation);
	// An HTML page with a 5xx is a gateway that has lost its service, not another server.
	if (name === "SyntaxError" && status >= 500) return "service-error";
	// A refusal of AWS names its reason: whoever gives none is a proxy, a gateway or another server.
	if ((status === 401 || status === 403) && isNameless(name))
		return "forbidden";
	// fetch's own has no response; one with a status is a reply that could not be read.
	if (name === "TypeError" && status > 0) return "not-appconfig";
	return KINDS.get(name) ?? kindOfStatus(name, status);
}

function isNameless(name: string): boolean {
	return (
		name === "SyntaxError" || PLACEHOLDERS.has(name) || /^\d{3}$/.test(name)
	);
}

function kindOfStatus(name: string, status: number): FaultKind {
	if (status === 429 || /throttl|slowdown|limitexceeded/i.test(name))
		return "throttled";
	if (status === 401 || status === 403) return "access-denied";
	if (status >= 500) return "service-error";
	return status >= 300 ? "not-appconfig" : "unknown";
}

function badRequestKind(error: SdkError, operation: Operation): FaultKind {
	const problems = Object.values(error.Details?.InvalidParameters ?? {}).map(
		(parameter) => parameter?.Problem,
	);
	// The text is what clients in the wild compare; the problem is what the model promises.
	if (
		problems.includes("PollIntervalNotSatisfied") ||
		/request too early/i.test(String(error.message))
	)
		return "too-early";
	return operation === "GetLatestConfiguration"
		? "token-refused"
		: "bad-request";
}

function detailOf(
	kind: FaultKind,
	{ name, message }: SdkError,
	redactor: Redactor,
): string {
	if (name === "RedirectedError") return String(message);
	// Of what is no AppConfig error only the status is told: the rest is a parser's view of somebody else's page.
	if (kind === "not-appconfig" || name === "SyntaxError") return "";
	// AWS quotes the canonical request here, with the session token in it.
	if (kind === "signature-invalid") return String(name);
	if (kind === "network" || typeof message !== "string") return "";
	if (kind === "timeout" || PLACEHOLDERS.has(message)) return "";
	return redactor.text(message);
}
