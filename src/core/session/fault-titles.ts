import type { Fault, FaultKind, Operation, ResourceType } from "./fault.ts";

const TITLES: { readonly [K in FaultKind]: string } = {
	"too-early": "The service refused a poll as too early",
	throttled: "The service is throttling requests",
	"token-refused": "The service no longer accepts the session's token",
	"not-found": "Not found",
	"bad-request": "The service refused the request",
	"access-denied": "Access denied",
	"credentials-missing": "No credentials",
	"credentials-expired": "The credentials have expired",
	"credentials-invalid": "AWS does not know these credentials",
	"credentials-unavailable": "Couldn't get credentials",
	"credentials-locked": "The vault is locked",
	"sign-in-needed": "Not signed in to a role of IAM Identity Center",
	"mfa-needed": "An MFA code is needed",
	"signature-invalid": "AWS does not accept the signature",
	"permission-missing": "The browser may not call this host yet",
	"service-error": "The service had an internal error",
	network: "The service cannot be reached",
	timeout: "The service did not answer in time",
	"not-appconfig": "The reply is not from AppConfig",
	forbidden: "The request was refused without an AWS error",
	"no-next-token": "The reply had no next token",
	"token-unusable": "The reply had a token that cannot be used",
	incomplete: "The configuration did not arrive whole",
	oversized: "The configuration is larger than 8 MiB",
	storage: "The browser could not store the configuration",
	unknown: "Something unexpected went wrong",
};

const NOT_FOUND: { readonly [K in ResourceType]: string } = {
	Application: "There is no such application",
	Environment: "There is no such environment",
	ConfigurationProfile: "There is no such configuration profile",
	Deployment: "Nothing has been deployed to this environment yet",
	Configuration: "There is no such configuration",
};

/** The service called, where it is not AppConfig. */
const CALLED_SERVICES: { readonly [K in Operation]?: string } = {
	AssumeRole: "AWS STS",
	GetCredentials: "a credential server",
	GetRoleCredentials: "IAM Identity Center",
	ListAccounts: "IAM Identity Center",
	ListAccountRoles: "IAM Identity Center",
	RegisterClient: "IAM Identity Center",
	StartDeviceAuthorization: "IAM Identity Center",
	CreateToken: "IAM Identity Center",
};

export function faultTitle({
	kind,
	resourceType,
	operation,
}: Pick<Fault, "kind" | "resourceType"> & {
	readonly operation?: Operation | undefined;
}): string {
	if (kind === "not-found" && resourceType) return NOT_FOUND[resourceType];
	const service = operation && CALLED_SERVICES[operation];
	if (kind === "not-appconfig" && service)
		return `The reply is not from ${service}`;
	return TITLES[kind];
}
