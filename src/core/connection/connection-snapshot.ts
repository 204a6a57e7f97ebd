// What a view may know of a connection: how it is doing, until when, and a masked key id; never a secret.
import type { Connection } from "./connection.ts";
import type { SignInProgress } from "./credential-sources.ts";
import type { CredentialsFault } from "./credentials.ts";

/** `open`: it needs no credentials. `ready`: it has not been asked for any yet, and nothing stands in the way. */
export type ConnectionStatus =
	| "open"
	| "ready"
	| "ok"
	| CredentialsFault["kind"];

export interface ConnectionSnapshot {
	readonly connection: Connection;
	readonly status: ConnectionStatus;
	/** Epoch ms on this computer's clock, whatever the service's says. */
	readonly expiresAt?: number;
	/** Likewise, where it is not renewed without the user. */
	readonly actionNeededAt?: number;
	/** `ASIA…WXYZ`. */
	readonly keyHint?: string;
	readonly accountId?: string;
	readonly roleName?: string;
	/** What whoever refused has said, or a sentence of ours; for `permission-missing` the match pattern. In memory only. */
	readonly detail?: string;
	/** `AssumeRole at sts.eu-west-1.amazonaws.com, HTTP 403`: what was refused. */
	readonly failedCall?: string;
	/** A sign-in that waits for the user. */
	readonly signIn?: SignInProgress;
	/** Whether there is a secret that can be forgotten. */
	readonly hasSecret: boolean;
}
