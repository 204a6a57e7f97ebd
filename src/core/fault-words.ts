// What a fault means for the user, and what can be done about it; loaded by views, when there is a fault.
import { isLoopback } from "./endpoint.ts";
import type { Fault, FaultKind, Operation } from "./fault.ts";
import { titleOf } from "./fault-titles.ts";
import type { Profile } from "./profile.ts";

/** What a view may offer next to the words. */
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
	/** Whether the policy that polling needs may help. */
	readonly policyHelps?: true;
}

const WORDS: {
	readonly [K in FaultKind]: readonly [remedy: Remedy, advice: string];
} = {
	"too-early": [
		"none",
		"Nothing is lost: the next poll waits the full interval.",
	],
	throttled: [
		"none",
		"Polling goes on more slowly by itself. A longer poll interval helps if this keeps happening.",
	],
	"token-refused": ["none", "A new session is started by itself."],
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
		"Enter new ones in the options; polling then goes on by itself.",
	],
	"credentials-invalid": [
		"credentials",
		"Check the access key ID and the session token, and that the Region's partition is the one they are for.",
	],
	"credentials-unavailable": [
		"connection",
		"Check the network and a VPN or proxy. The extension tries again by itself.",
	],
	"credentials-locked": [
		"connection",
		"Unlock it in the options; polling then goes on by itself.",
	],
	"sign-in-needed": [
		"connection",
		"Sign in from the options and choose a role; polling then goes on by itself.",
	],
	"mfa-needed": [
		"connection",
		"Enter the code of your MFA device in the options; polling then goes on by itself.",
	],
	"signature-invalid": [
		"credentials",
		"Usually the secret access key is mistyped. If not, check this computer's clock.",
	],
	"permission-missing": ["grant", "Allow it, and polling starts."],
	"service-error": ["none", "It is asked again by itself."],
	network: [
		"none",
		"Check the network, a VPN or proxy and the endpoint. The extension tries again by itself.",
	],
	timeout: ["none", "It is asked again by itself."],
	"not-appconfig": [
		"edit",
		"A proxy or a sign-in page may stand in between, or the endpoint is another server's.",
	],
	forbidden: [
		"edit",
		"AWS names a reason when it refuses credentials, so a proxy, a gateway or another server answered. Check the network, a VPN or proxy, and the endpoint. Polling tries again, less often each time.",
	],
	"token-unusable": [
		"edit",
		"AppConfig's tokens have at most 8,192 characters and no spaces. Check the endpoint and proxies in between.",
	],
	"no-next-token": [
		"edit",
		"It cannot have come from AppConfig, so it was not taken. Check the endpoint and proxies in between.",
	],
	incomplete: [
		"retry",
		"The connection is slow or was cut in the middle. Each try may be charged as a configuration received, so the extension tries again by itself, less often each time.",
	],
	oversized: [
		"none",
		"It was not downloaded: AppConfig itself allows at most 4 MB. Check the endpoint.",
	],
	storage: [
		"none",
		"Free disk space, or delete versions that you no longer need. The last good version stays; the extension tries again by itself, less often each time.",
	],
	unknown: ["retry", "It is tried again by itself."],
};

/** The words for the user. */
export function explain(fault: Fault): Explanation {
	const { kind, operation, resourceType, host = "" } = fault;
	const title = titleOf(fault);
	// Nothing is wrong with the profile: what is missing is a deployment.
	if (kind === "not-found" && resourceType === "Deployment")
		return {
			title,
			advice: "Deploy a version; it appears here by itself.",
			remedy: "none",
		};
	const [remedy, advice] = WORDS[kind];
	if (!isPolling(operation) && OF_CREDENTIALS[kind])
		return { title, remedy: "connection", advice: OF_CREDENTIALS[kind] };
	if (kind === "credentials-unavailable" && operation === "GetCredentials")
		return {
			title,
			remedy,
			advice: `Check that the credential server at ${host} runs. The extension tries again by itself.`,
		};
	if (kind === "network" && isLoopback(host.replace(/:\d+$/, "")))
		return {
			title,
			remedy: "edit",
			advice: `Check that the emulator or Agent at ${host} runs (for the emulator: npm run emulator). The extension tries again by itself.`,
		};
	return {
		title,
		advice,
		remedy,
		...(kind === "access-denied" ? { policyHelps: true } : {}),
	};
}

/** Where credentials were asked for, not a configuration. */
const OF_CREDENTIALS: { readonly [K in FaultKind]?: string } = {
	"access-denied":
		"Check the account, the role and the token of this connection, and what they are allowed.",
	"credentials-invalid": "Check what was given for this connection.",
	"not-appconfig":
		"A proxy or a sign-in page may stand in between, or the address of this connection is another server's.",
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
