import type { Connection } from "../../core/connection/connection.ts";
import type {
	ConnectionSnapshot,
	ConnectionStatus,
} from "../../core/connection/connection-snapshot.ts";
import { formatDuration } from "../../ui/components/Age.tsx";
import {
	EXPIRY_WARNING_MS,
	type Tone,
} from "../../ui/errors/profile-status.ts";

export interface StatusText {
	readonly tone: Tone;
	readonly words: string;
}

const STATUS_TEXTS: {
	readonly [K in ConnectionStatus]: readonly [tone: Tone, words: string];
} = {
	open: ["good", "needs no credentials"],
	ready: ["idle", "not checked yet"],
	ok: ["good", "ok"],
	"credentials-missing": ["bad", "no keys"],
	"credentials-expired": ["bad", "expired"],
	"credentials-invalid": ["bad", "not accepted"],
	"credentials-unavailable": ["warn", "not reachable"],
	"credentials-locked": ["warn", "locked"],
	"sign-in-needed": ["warn", "signed out"],
	"mfa-needed": ["warn", "needs an MFA code"],
	"access-denied": ["bad", "denied"],
	"permission-missing": ["warn", "host not allowed"],
	"not-appconfig": ["warn", "unexpected reply"],
};

/** `now`: epoch ms. */
export function connectionStatusText(
	snapshot: ConnectionSnapshot,
	now: number,
): StatusText {
	const { status, expiresAt, signIn, hasSecret } = snapshot;
	if (signIn) return { tone: "busy", words: "waiting for you to sign in" };
	if (status === "sign-in-needed" && hasSecret)
		return { tone: "warn", words: "no role chosen" };
	const [tone, words] = STATUS_TEXTS[status];
	if (status !== "ok" || expiresAt === undefined) return { tone, words };
	const left = expiresAt - now;
	if (left <= 0) return { tone: "idle", words: "being renewed" };
	return {
		tone: left <= EXPIRY_WARNING_MS ? "warn" : "good",
		words: `expires in ${formatDuration(left)}`,
	};
}

/** What the user has to do; empty where nothing has to be done, or a button says it. */
export function connectionRemedyText(
	{ connection, status, actionNeededAt }: ConnectionSnapshot,
	now: number,
): string {
	const isEnding =
		actionNeededAt !== undefined && actionNeededAt - now <= EXPIRY_WARNING_MS;
	if (status === "ok" && isEnding) return ENDING[connection.kind];
	return REMEDIES[status] ?? "";
}

const ENTER_NEW_KEYS = "Paste new ones below and save; polling then resumes.";

const ENDING: { readonly [K in Connection["kind"]]: string } = {
	endpoint: ENTER_NEW_KEYS,
	agent: "",
	keys: ENTER_NEW_KEYS,
	"credential-server": "The role needs a new MFA code.",
	"identity-center": "Sign in again.",
};

const REMEDIES: { readonly [K in ConnectionStatus]?: string } = {
	"credentials-missing": "Paste or type them below and save.",
	"credentials-expired": ENTER_NEW_KEYS,
	"credentials-invalid": "Check the credentials below and enter them again.",
	"credentials-unavailable":
		"Check that it is running. The extension retries while a profile uses it.",
	"credentials-locked": "Unlock the vault.",
	"access-denied":
		"Check the token, the account and the role, and their permissions.",
	"permission-missing": "Grant access to its hosts first.",
	"not-appconfig":
		"Another server answered. Check the network, a VPN or proxy, and the address below.",
};
