// What the core asks of the world to get credentials: a credential server, IAM Identity Center, STS.

import type { Result } from "../shared/result.ts";
import type {
	AssumedRole,
	ConnectionId,
	CredentialServerConnection,
	IdentityCenterConnection,
} from "./connection.ts";
import type {
	Credentials,
	CredentialsFault,
	Secret,
	TemporaryCredentials,
} from "./credentials.ts";

export type SignInSecret = Extract<Secret, { kind: "sign-in" }>;

/** Expected trouble is a Refusal; none of them throws, and none repeats a secret in it. */
export interface CredentialSources {
	credentialServer(
		connection: CredentialServerConnection,
		bearer: string | undefined,
	): Promise<Result<TemporaryCredentials, CredentialsFault>>;
	/** Credentials of the account and role that the connection names. */
	identityCenter(
		connection: IdentityCenterConnection,
		secret: SignInSecret,
	): Promise<Result<TemporaryCredentials, CredentialsFault>>;
	assumeRole(
		ask: AssumeRoleRequest,
	): Promise<Result<TemporaryCredentials, CredentialsFault>>;
}

export interface AssumeRoleRequest {
	readonly role: AssumedRole;
	readonly base: Credentials;
	/** The session policy, JSON. */
	readonly policy: string;
	/** Six digits. */
	readonly mfaCode?: string;
}

/** A sign-in that waits for the user; it ends by itself at `until` (epoch ms). */
export type SignInProgress =
	| { readonly method: "browser"; readonly until: number }
	| {
			readonly method: "device";
			readonly userCode: string;
			readonly verificationUrl: string;
			readonly until: number;
	  };

export type SignInMethod = SignInProgress["method"];

/** Signing in to IAM Identity Center. It goes on where it was when the worker has died meanwhile. */
export interface SignIn {
	start(
		connection: IdentityCenterConnection,
		method: SignInMethod,
	): Promise<Result<SignInProgress, CredentialsFault>>;
	cancel(id: ConnectionId): Promise<void>;
	/** Also those that are just being begun, and whose code is being exchanged. */
	cancelAll(): Promise<void>;
	/** The same while it is good for longer; `isRefused`: the portal does not take it any more. */
	renew(
		connection: IdentityCenterConnection,
		secret: SignInSecret,
		isRefused: boolean,
	): Promise<Result<SignInSecret, CredentialsFault>>;
	/** Ends the session at the portal as well; an unreachable portal is no error. */
	signOut(
		connection: IdentityCenterConnection,
		secret: SignInSecret,
	): Promise<void>;
	accounts(
		connection: IdentityCenterConnection,
		secret: SignInSecret,
	): Promise<Result<readonly Account[], CredentialsFault>>;
	roles(
		connection: IdentityCenterConnection,
		secret: SignInSecret,
		accountId: string,
	): Promise<Result<readonly string[], CredentialsFault>>;
	/** What waits for the user now; views show it. */
	progress(id: ConnectionId): SignInProgress | undefined;
}

/** How a sign-in tells of its end, which may come in another life of the worker. */
export interface SignInEvents {
	changed(): void;
	ended(
		id: ConnectionId,
		outcome: Result<SignInSecret, CredentialsFault>,
	): void;
}

export interface Account {
	readonly accountId: string;
	readonly name: string;
	readonly email?: string;
}
