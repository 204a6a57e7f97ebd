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

/** Where credentials come from. Expected failures are faults, which never repeat a secret; nothing throws. */
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

/** A sign-in in progress; it is cancelled at `until` (epoch ms). */
export type SignInProgress =
	| { readonly method: "browser"; readonly until: number }
	| {
			readonly method: "device";
			readonly userCode: string;
			readonly verificationUrl: string;
			readonly until: number;
	  };

export type SignInMethod = SignInProgress["method"];

/** Signing in to IAM Identity Center. A sign-in continues after the worker was stopped. */
export interface SignIn {
	start(
		connection: IdentityCenterConnection,
		method: SignInMethod,
	): Promise<Result<SignInProgress, CredentialsFault>>;
	cancel(id: ConnectionId): Promise<void>;
	/** Includes those that are just starting and those whose code is being exchanged. */
	cancelAll(): Promise<void>;
	/** Returns the same secret while it is valid. `isRefused`: the portal no longer accepts it. */
	renew(
		connection: IdentityCenterConnection,
		secret: SignInSecret,
		isRefused: boolean,
	): Promise<Result<SignInSecret, CredentialsFault>>;
	/** Also ends the session at the portal. An unreachable portal is no error. */
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
	/** The sign-in in progress, which views show. */
	progress(id: ConnectionId): SignInProgress | undefined;
}

/** A sign-in may end in a later life of the worker, so its end is an event. */
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
