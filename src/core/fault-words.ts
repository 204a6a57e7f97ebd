// What a fault means for the user, and what can be done about it; loaded by views, when there is a fault.
import type { Fault, FaultKind } from "./fault.ts";
import { titleOf } from "./fault-titles.ts";

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
		"Check that the credential server of this connection runs; it is asked again by itself.",
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
		"Check the network, a VPN or proxy and the endpoint; for the emulator, that it runs (npm run emulator). It is tried again by itself.",
	],
	timeout: ["none", "It is asked again by itself."],
	"not-appconfig": [
		"edit",
		"A proxy or a sign-in page may stand in between, or the endpoint is another server's.",
	],
	"no-next-token": [
		"edit",
		"It cannot have come from AppConfig, so it was not taken. Check the endpoint and proxies in between.",
	],
	oversized: [
		"none",
		"It was not downloaded: AppConfig itself allows at most 4 MB. Check the endpoint.",
	],
	storage: ["none", "Free some disk space; it is tried again by itself."],
	unknown: ["retry", "It is tried again by itself."],
};

/** The words for the user; `fault.detail` has the service's own. */
export function explain(fault: Fault): Explanation {
	const title = titleOf(fault);
	// Nothing is wrong with the profile: what is missing is a deployment.
	if (fault.kind === "not-found" && fault.resourceType === "Deployment")
		return {
			title,
			advice: "Deploy a version; it appears here by itself.",
			remedy: "none",
		};
	const [remedy, advice] = WORDS[fault.kind];
	return { title, advice, remedy };
}
