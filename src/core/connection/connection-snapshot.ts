import type { Connection } from "./connection.ts";
import type { SignInProgress } from "./credential-sources.ts";
import type { CredentialsFault } from "./credentials.ts";

/** `open`: it needs no credentials. `ready`: credentials have not been requested yet, and nothing is known to prevent them. */
export type ConnectionStatus =
	| "open"
	| "ready"
	| "ok"
	| CredentialsFault["kind"];

/** A connection as views get it. Never contains a secret. */
export interface ConnectionSnapshot {
	readonly connection: Connection;
	readonly status: ConnectionStatus;
	/** When the credentials expire, in epoch ms on this computer's clock. */
	readonly expiresAt?: number;
	/** When the user has to act, because something expires that is not renewed automatically; likewise in epoch ms. */
	readonly actionNeededAt?: number;
	/** `ASIA…WXYZ`. */
	readonly keyHint?: string;
	readonly accountId?: string;
	readonly roleName?: string;
	/** The server's message, or a sentence of ours; for `permission-missing` the match pattern. Never stored. */
	readonly detail?: string;
	/** `AssumeRole at sts.eu-west-1.amazonaws.com, HTTP 403`: the call that failed. */
	readonly failedCall?: string;
	/** A sign-in in progress. */
	readonly signIn?: SignInProgress;
	/** Whether there is a secret that can be forgotten. */
	readonly hasSecret: boolean;
}
