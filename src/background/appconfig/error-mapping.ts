import {
	type Fault,
	type FaultKind,
	isResourceType,
	type Operation,
} from "../../core/session/fault.ts";
import type { RequestFault } from "../http/outgoing-request.ts";
import type { Redactor } from "../http/redaction.ts";
import { RequestError } from "../http/sdk-handler.ts";

/** The parts of an SDK error that are read. Others, such as its hidden `$response`, may hold secrets. */
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
		SyntaxError: "not-appconfig",
	}),
);

/** The SDK's names for an error without a name, and its messages where the service gave none. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
	"Unknown",
	"UnknownError",
	"undefined",
	"Error",
	"",
]);
const REQUEST_ID = /^[\w-]{1,64}$/;

/** `error`: what the SDK has thrown. */
export function mapSdkError(error: unknown, context: FaultContext): Fault {
	if (error instanceof RequestError)
		return mapRequestFault(error.fault, context);
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

/** For a call that got no usable reply. */
export function mapRequestFault(
	fault: RequestFault,
	{ operation, at }: Pick<FaultContext, "operation" | "at">,
): Fault {
	return {
		...fault,
		operation,
		at,
		...(fault.kind === "permission-missing" ? { isUnsent: true } : {}),
	};
}

/** The request id is stored, and a server may have put anything into its header. */
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
	// An HTML page with a 5xx is from a gateway whose service is down, not from another server.
	if (name === "SyntaxError" && status >= 500) return "service-error";
	// AWS names the reason of a refusal. One without a name is from a proxy, a gateway or another server.
	if ((status === 401 || status === 403) && isNameless(name))
		return "forbidden";
	// The SDK could not read the reply.
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
	// The API model promises the problem; other clients compare the text.
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
	// For a reply that is not from AppConfig, the message is the SDK's view of somebody else's page.
	if (kind === "not-appconfig" || name === "SyntaxError") return "";
	// AWS quotes the canonical request here, with the session token in it.
	if (kind === "signature-invalid") return String(name);
	if (typeof message !== "string" || PLACEHOLDERS.has(message)) return "";
	return redactor.text(message);
}
