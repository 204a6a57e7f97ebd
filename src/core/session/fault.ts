export type FaultKind =
	| "too-early"
	| "throttled"
	| "token-refused"
	| "not-found"
	| "bad-request"
	| "access-denied"
	| "credentials-missing"
	| "credentials-expired"
	| "credentials-invalid"
	| "credentials-unavailable"
	| "credentials-locked"
	| "sign-in-needed"
	| "mfa-needed"
	| "signature-invalid"
	| "permission-missing"
	| "service-error"
	| "network"
	| "timeout"
	| "not-appconfig"
	| "forbidden"
	| "no-next-token"
	| "token-unusable"
	| "incomplete"
	| "oversized"
	| "storage"
	| "unknown";

export const OPERATIONS = [
	"StartConfigurationSession",
	"GetLatestConfiguration",
	"storage",
	"AssumeRole",
	"GetRoleCredentials",
	"ListAccounts",
	"ListAccountRoles",
	"RegisterClient",
	"StartDeviceAuthorization",
	"CreateToken",
	"Logout",
	"ListApplications",
	"ListEnvironments",
	"ListConfigurationProfiles",
	"ListDeployments",
	"GetDeployment",
	"ListHostedConfigurationVersions",
	"GetHostedConfigurationVersion",
	/** To a credential server on this computer. */
	"GetCredentials",
] as const;
export type Operation = (typeof OPERATIONS)[number];

export interface Fault {
	readonly kind: FaultKind;
	readonly operation: Operation;
	/** Epoch ms. */
	readonly at: number;
	/** The service's message, redacted (src/background/http/redaction.ts), or our own. In memory only: see `toStoredFault`. */
	readonly detail: string;
	/** The HTTP status of the reply. */
	readonly status?: number;
	/** The host that was called, with its port. */
	readonly host?: string;
	/** No call was made, for want of credentials or a permission. Reported with the event, never stored. */
	readonly isUnsent?: true;
	/** AWS's request id, for a support case. */
	readonly requestId?: string;
	/** For `not-found`, when the service named it. */
	readonly resourceType?: ResourceType;
}

/** The profile is right, but nothing has been deployed yet. */
export function isAwaitingDeployment({
	kind,
	resourceType,
}: Pick<Fault, "kind" | "resourceType">): boolean {
	return kind === "not-found" && resourceType === "Deployment";
}

/**
 * What a fault does to the session. `keep`: the service did not use the token, so wait and send it again. `reopen`: open
 * a new session at once, and after a second refusal with backoff. `rest`: open a new session after a delay. `halt`:
 * nothing until the user acts.
 */
export type Disposition = "keep" | "reopen" | "rest" | "halt";

/**
 * The delay before the next call; never less than the poll interval. `backoff`: jitter up to a bound near the interval.
 * `slower`: the jitter on top of the interval, for a service under load. `growing`: doubles each time, since every
 * attempt may be billed as a configuration received.
 */
export type RetryStrategy = "backoff" | "slower" | "growing";

/** The strategy is `backoff` where none is given. */
const POLICY: {
	readonly [K in FaultKind]: readonly [Disposition, RetryStrategy?];
} = {
	"too-early": ["keep"],
	throttled: ["keep", "slower"],
	"token-refused": ["reopen"],
	"not-found": ["rest"],
	"bad-request": ["halt"],
	"access-denied": ["halt"],
	"credentials-missing": ["halt"],
	"credentials-expired": ["halt"],
	"credentials-invalid": ["halt"],
	"credentials-unavailable": ["rest"],
	"credentials-locked": ["halt"],
	"sign-in-needed": ["halt"],
	"mfa-needed": ["halt"],
	"signature-invalid": ["halt"],
	"permission-missing": ["rest"],
	"service-error": ["rest"],
	network: ["rest"],
	timeout: ["rest"],
	"not-appconfig": ["rest"],
	// A proxy in between may go away again, but must not be called every minute.
	forbidden: ["rest", "growing"],
	"no-next-token": ["rest"],
	"token-unusable": ["rest"],
	incomplete: ["rest", "growing"],
	oversized: ["rest", "growing"],
	storage: ["rest", "growing"],
	unknown: ["rest"],
};

/** The service's own names: https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_appconfigdata_GetLatestConfiguration.html */
const RESOURCE_TYPES = [
	"Application",
	"Environment",
	"ConfigurationProfile",
	"Deployment",
	"Configuration",
] as const;
export type ResourceType = (typeof RESOURCE_TYPES)[number];

export function isResourceType(value: unknown): value is ResourceType {
	return RESOURCE_TYPES.some((type) => type === value);
}

export function isFaultKind(value: unknown): value is FaultKind {
	return typeof value === "string" && Object.hasOwn(POLICY, value);
}

/** Drops members that a source added: they must not be stored, shown or sent. */
export function pickFaultFields(fault: Fault): Fault {
	const { kind, operation, at, detail, status, host } = fault;
	const { requestId, resourceType } = fault;
	return {
		kind,
		operation,
		at,
		detail,
		...(status === undefined ? {} : { status }),
		...(host === undefined ? {} : { host }),
		...(requestId === undefined ? {} : { requestId }),
		...(resourceType === undefined ? {} : { resourceType }),
	};
}

const MATCH_PATTERN = /^https?:\/\/[a-z0-9.*-]+\/\*$/;
const STORAGE_ERROR = /^[A-Z][A-Za-z]{2,30}Error$/;

/** Drops a detail that the extension did not write itself, since a service's message may quote a secret. */
export function toStoredFault(fault: Fault): Fault {
	const { kind, detail } = fault;
	const isOwn =
		(kind === "permission-missing" && MATCH_PATTERN.test(detail)) ||
		(kind === "storage" && STORAGE_ERROR.test(detail));
	return { ...pickFaultFields(fault), detail: isOwn ? detail : "" };
}

const POLLING: ReadonlySet<Operation> = new Set([
	"StartConfigurationSession",
	"GetLatestConfiguration",
	"storage",
]);

/** Whether other credentials may resolve the fault. */
export function isAboutCredentials(fault: Fault | undefined): boolean {
	if (!fault) return false;
	return (
		/^(credentials|signature|sign-in|mfa|access)-|^forbidden$/.test(
			fault.kind,
		) || !POLLING.has(fault.operation)
	);
}

export function dispositionOf(fault: Fault): Disposition {
	return POLICY[fault.kind][0];
}

/** Whether the fault may resolve once the computer is online again. */
export function isAboutNetwork({ kind }: Fault): boolean {
	return kind === "network" || kind === "timeout" || kind === "incomplete";
}

export function retryStrategyOf(fault: Fault): RetryStrategy {
	return POLICY[fault.kind][1] ?? "backoff";
}
