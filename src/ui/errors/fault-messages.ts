import { isLoopback } from "../../core/connection/endpoint.ts";
import type { Profile } from "../../core/profile/profile.ts";
import {
	type Fault,
	type FaultKind,
	isAwaitingDeployment,
	type Operation,
} from "../../core/session/fault.ts";
import { faultTitle } from "../../core/session/fault-titles.ts";

/** The action that a view offers with the message. */
export type Remedy =
	| "edit"
	| "credentials"
	/** The connection's page in the options. */
	| "connection"
	| "grant"
	| "retry"
	| "none";

export interface Explanation {
	readonly title: string;
	readonly advice: string;
	readonly remedy: Remedy;
	/** Present when a view should offer the IAM policy that polling needs. */
	readonly policyHelps?: true;
}

const ADVICE: {
	readonly [K in FaultKind]: readonly [remedy: Remedy, advice: string];
} = {
	"too-early": [
		"none",
		"Nothing is lost: the next poll waits the full interval.",
	],
	throttled: [
		"none",
		"Polling slows down automatically. If this keeps happening, use a longer poll interval.",
	],
	"token-refused": ["none", "The extension opens a new session automatically."],
	"not-found": ["edit", "Check the identifiers, the Region and the endpoint."],
	"bad-request": [
		"edit",
		"Check the identifiers and the poll interval of this profile.",
	],
	"access-denied": [
		"retry",
		"Allow appconfig:StartConfigurationSession and appconfig:GetLatestConfiguration for this configuration (and kms:Decrypt if it is encrypted with your own key), then poll again.",
	],
	"credentials-missing": [
		"credentials",
		"Keys are kept for the browser session only. Enter them in the options.",
	],
	"credentials-expired": [
		"credentials",
		"Enter new ones in the options; polling then resumes automatically.",
	],
	"credentials-invalid": [
		"credentials",
		"Check the access key ID and the session token, and that they belong to the Region's partition.",
	],
	"credentials-unavailable": [
		"connection",
		"Check the network and a VPN or proxy. The extension retries automatically.",
	],
	"credentials-locked": [
		"connection",
		"Unlock it in the options; polling then resumes automatically.",
	],
	"sign-in-needed": [
		"connection",
		"Sign in from the options and choose a role; polling then resumes automatically.",
	],
	"mfa-needed": [
		"connection",
		"Enter the code of your MFA device in the options; polling then resumes automatically.",
	],
	"signature-invalid": [
		"credentials",
		"Usually the secret access key is mistyped. If not, check this computer's clock.",
	],
	"permission-missing": ["grant", "Grant access and polling starts."],
	"service-error": ["none", "The extension retries automatically."],
	network: [
		"none",
		"Check the network, a VPN or proxy and the endpoint. The extension retries automatically.",
	],
	timeout: ["none", "The extension retries automatically."],
	"not-appconfig": [
		"edit",
		"A proxy or a sign-in page may have answered, or the endpoint belongs to another server.",
	],
	forbidden: [
		"edit",
		"AWS names a reason when it refuses credentials, so a proxy, a gateway or another server answered. Check the network, a VPN or proxy, and the endpoint. Polling tries again, less often each time.",
	],
	"token-unusable": [
		"edit",
		"AppConfig's tokens have at most 8,192 characters and no spaces. Check the endpoint and any proxy in between.",
	],
	"no-next-token": [
		"edit",
		"AppConfig always sends one, so the reply was discarded. Check the endpoint and any proxy in between.",
	],
	incomplete: [
		"retry",
		"The network connection is slow or was interrupted. Each attempt may be billed as a received configuration, so the extension retries automatically, less often each time.",
	],
	oversized: [
		"none",
		"It was not downloaded. AppConfig allows at most 4 MB. Check the endpoint.",
	],
	storage: [
		"none",
		"Free disk space, or delete versions that you no longer need. The last good version stays; the extension retries automatically, less often each time.",
	],
	unknown: ["retry", "The extension retries automatically."],
};

/** The title, advice and action for the user. */
export function explainFault(fault: Fault): Explanation {
	const { kind, operation, host = "" } = fault;
	const title = faultTitle(fault);
	if (isAwaitingDeployment(fault))
		return {
			title,
			advice: "Deploy a version and it appears here.",
			remedy: "none",
		};
	const [remedy, advice] = ADVICE[kind];
	if (!isPolling(operation) && CREDENTIAL_CALL_ADVICE[kind])
		return {
			title,
			remedy: "connection",
			advice: CREDENTIAL_CALL_ADVICE[kind],
		};
	if (kind === "credentials-unavailable" && operation === "GetCredentials")
		return {
			title,
			remedy,
			advice: `Check that the credential server at ${host} runs. The extension retries automatically.`,
		};
	if (kind === "network" && isLoopback(host.replace(/:\d+$/, "")))
		return {
			title,
			remedy: "edit",
			advice: `Check that the emulator or Agent at ${host} runs (for the emulator: npm run emulator). The extension retries automatically.`,
		};
	return {
		title,
		advice,
		remedy,
		...(kind === "access-denied" ? { policyHelps: true } : {}),
	};
}

/** The advice where the call was for credentials, not for a configuration. */
const CREDENTIAL_CALL_ADVICE: { readonly [K in FaultKind]?: string } = {
	"access-denied":
		"Check the account, the role and the token of this connection, and their permissions.",
	"credentials-invalid": "Check the credentials of this connection.",
	"not-appconfig":
		"A proxy or a sign-in page may have answered, or the address of this connection belongs to another server.",
};

function isPolling(operation: Operation): boolean {
	return (
		operation === "StartConfigurationSession" ||
		operation === "GetLatestConfiguration" ||
		operation === "storage"
	);
}

/** `GetLatestConfiguration for shop / prod / settings at appconfigdata.eu-west-1.amazonaws.com: HTTP 403.` */
export function describeCall(
	{ operation, host, status }: Fault,
	profile: Pick<
		Profile,
		"application" | "environment" | "configurationProfile"
	>,
): string {
	if (operation === "storage") return "";
	const { application, environment, configurationProfile } = profile;
	const place = `${application} / ${environment} / ${configurationProfile}`;
	const where = host === undefined ? "" : ` at ${host}`;
	const reply = status === undefined ? "" : `: HTTP ${status}`;
	return `${operation} for ${place}${where}${reply}.`;
}
