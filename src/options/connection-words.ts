// How a connection is doing, in words and a tone.
import type {
	ConnectionSnapshot,
	ConnectionStatus,
} from "../core/connection/connection-snapshot.ts";
import { WARN_MS } from "../core/connection/lease.ts";
import type { Tone } from "../ui/condition.ts";
import { duration } from "../ui/countdown.ts";

export interface ConnectionCondition {
	readonly tone: Tone;
	readonly words: string;
}

const CONDITIONS: {
	readonly [K in ConnectionStatus]: readonly [tone: Tone, words: string];
} = {
	open: ["good", "needs no credentials"],
	ready: ["idle", "not asked yet"],
	ok: ["good", "ok"],
	"credentials-missing": ["bad", "no keys"],
	"credentials-expired": ["bad", "expired"],
	"credentials-invalid": ["bad", "not accepted"],
	"credentials-unavailable": ["warn", "not reachable"],
	"credentials-locked": ["warn", "locked"],
	"sign-in-needed": ["warn", "signed out"],
	"mfa-needed": ["warn", "wants an MFA code"],
	"access-denied": ["bad", "denied"],
	"permission-missing": ["warn", "host not allowed"],
};

/** `now`: epoch ms. */
export function conditionOfConnection(
	snapshot: ConnectionSnapshot,
	now: number,
): ConnectionCondition {
	const { status, expiresAt, signIn } = snapshot;
	if (signIn) return { tone: "busy", words: "waiting for you to sign in" };
	const [tone, words] = CONDITIONS[status];
	if (status !== "ok" || expiresAt === undefined) return { tone, words };
	const left = expiresAt - now;
	if (left <= 0) return { tone: "idle", words: "being renewed" };
	return {
		tone: left <= WARN_MS ? "warn" : "good",
		words: `expires in ${duration(left)}`,
	};
}
