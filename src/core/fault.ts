// Why something did not work, as a value: what happened, what the user can do, and what the session does about it.

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
	| "signature-invalid"
	| "permission-missing"
	| "service-error"
	| "network"
	| "timeout"
	| "not-appconfig"
	| "no-next-token"
	| "oversized"
	| "storage"
	| "unknown";

export const OPERATIONS = [
	"StartConfigurationSession",
	"GetLatestConfiguration",
	"storage",
] as const;
export type Operation = (typeof OPERATIONS)[number];

export interface Fault {
	readonly kind: FaultKind;
	readonly operation: Operation;
	/** Epoch ms. */
	readonly at: number;
	/** The service's own words, clipped and free of secrets; empty when there are none. */
	readonly detail: string;
	/** AWS's request id, for a support case. */
	readonly requestId?: string;
	/** For `not-found`, when the service said what. */
	readonly resourceType?: ResourceType;
}

/** What a view may offer next to the words. */
export type Remedy = "edit" | "credentials" | "grant" | "retry" | "none";

/**
 * What becomes of the session.
 * `keep`: the token was not looked at, so wait and send it once more; `reopen`: a new session at once, then with
 * backoff; `rest`: a new session after backoff; `halt`: nothing until the user acts.
 */
export type Disposition = "keep" | "reopen" | "rest" | "halt";

/**
 * How long a session rests at least. `backoff`: only its jitter; `interval`: no sooner than a poll would come;
 * `growing`: twice as long each time, since every new try may be charged as a configuration received.
 */
export type Rest = "backoff" | "interval" | "growing";

interface Entry {
	readonly disposition: Disposition;
	/** `backoff` when absent. */
	readonly rest?: Rest;
	readonly remedy: Remedy;
	readonly title: string;
	readonly advice: string;
}

const FAULTS: { readonly [K in FaultKind]: Entry } = {
	"too-early": {
		disposition: "keep",
		remedy: "none",
		title: "The service refused a poll as too early",
		advice: "Nothing is lost: the next poll waits the full interval.",
	},
	throttled: {
		disposition: "keep",
		remedy: "none",
		title: "The service is throttling requests",
		advice:
			"Polling goes on more slowly by itself. A longer poll interval helps if this keeps happening.",
	},
	"token-refused": {
		disposition: "reopen",
		remedy: "none",
		title: "The service no longer accepts the session's token",
		advice: "A new session is started by itself.",
	},
	"not-found": {
		disposition: "rest",
		rest: "interval",
		remedy: "edit",
		title: "Not found",
		advice: "Check the identifiers, the Region and the endpoint.",
	},
	"bad-request": {
		disposition: "halt",
		remedy: "edit",
		title: "The service refused the request",
		advice: "Check the identifiers and the poll interval of this profile.",
	},
	"access-denied": {
		disposition: "halt",
		remedy: "retry",
		title: "Access denied",
		advice:
			"Allow appconfig:StartConfigurationSession and appconfig:GetLatestConfiguration for this configuration (and kms:Decrypt if it is encrypted with your own key), then poll again.",
	},
	"credentials-missing": {
		disposition: "halt",
		remedy: "credentials",
		title: "No credentials",
		advice:
			"Keys are kept for the browser session only. Enter them in the options.",
	},
	"credentials-expired": {
		disposition: "halt",
		remedy: "credentials",
		title: "The credentials have expired",
		advice: "Enter new ones in the options; polling then goes on by itself.",
	},
	"credentials-invalid": {
		disposition: "halt",
		remedy: "credentials",
		title: "AWS does not know these credentials",
		advice:
			"Check the access key ID and the session token, and that the Region's partition is the one they are for.",
	},
	"signature-invalid": {
		disposition: "halt",
		remedy: "credentials",
		title: "AWS does not accept the signature",
		advice:
			"Usually the secret access key is mistyped. If not, check this computer's clock.",
	},
	"permission-missing": {
		disposition: "rest",
		rest: "interval",
		remedy: "grant",
		title: "The browser may not call this host yet",
		advice: "Allow it, and polling starts.",
	},
	"service-error": {
		disposition: "rest",
		remedy: "none",
		title: "The service had an internal error",
		advice: "It is asked again by itself.",
	},
	network: {
		disposition: "rest",
		remedy: "none",
		title: "The service cannot be reached",
		advice:
			"Check the network, a VPN or proxy and the endpoint; for the emulator, that it runs (npm run emulator). It is tried again by itself.",
	},
	timeout: {
		disposition: "rest",
		remedy: "none",
		title: "The service did not answer in time",
		advice: "It is asked again by itself.",
	},
	"not-appconfig": {
		disposition: "rest",
		rest: "interval",
		remedy: "edit",
		title: "Something else than AppConfig answered",
		advice:
			"A proxy or a sign-in page may stand in between, or the endpoint is another server's.",
	},
	"no-next-token": {
		disposition: "rest",
		rest: "interval",
		remedy: "edit",
		title: "The reply had no next token",
		advice:
			"It cannot have come from AppConfig, so it was not taken. Check the endpoint and proxies in between.",
	},
	oversized: {
		disposition: "rest",
		rest: "growing",
		remedy: "none",
		title: "The configuration is larger than 8 MiB",
		advice:
			"It was not downloaded: AppConfig itself allows at most 4 MB. Check the endpoint.",
	},
	storage: {
		disposition: "rest",
		rest: "growing",
		remedy: "none",
		title: "The browser could not store the configuration",
		advice: "Free some disk space; it is tried again by itself.",
	},
	unknown: {
		disposition: "rest",
		remedy: "retry",
		title: "Something unexpected went wrong",
		advice: "It is tried again by itself.",
	},
};

const NOT_FOUND = {
	Application: "There is no such application",
	Environment: "There is no such environment",
	ConfigurationProfile: "There is no such configuration profile",
	Deployment: "Nothing has been deployed to this environment yet",
	Configuration: "There is no such configuration",
};
export type ResourceType = keyof typeof NOT_FOUND;

export function isResourceType(value: unknown): value is ResourceType {
	return typeof value === "string" && Object.hasOwn(NOT_FOUND, value);
}

export function isFaultKind(value: unknown): value is FaultKind {
	return typeof value === "string" && Object.hasOwn(FAULTS, value);
}

export function dispositionOf(fault: Fault): Disposition {
	return FAULTS[fault.kind].disposition;
}

export function restOf(fault: Fault): Rest {
	return FAULTS[fault.kind].rest ?? "backoff";
}

export interface Explanation {
	readonly title: string;
	readonly advice: string;
	readonly remedy: Remedy;
}

/** The words for the user; `fault.detail` has the service's own. */
export function explain(fault: Fault): Explanation {
	const { title, advice, remedy } = FAULTS[fault.kind];
	const known = fault.resourceType && NOT_FOUND[fault.resourceType];
	if (fault.kind !== "not-found" || !known) return { title, advice, remedy };
	if (fault.resourceType !== "Deployment")
		return { title: known, advice, remedy };
	return {
		title: known,
		advice: "Deploy a version; it appears here by itself.",
		remedy: "none",
	};
}
