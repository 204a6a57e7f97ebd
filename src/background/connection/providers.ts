// Whom credentials are asked of, put together.
import type { Providers, SignIn } from "../../core/connection/provider.ts";
import { err } from "../../core/result.ts";

const LATER = { kind: "credentials-unavailable", detail: "" } as const;

export const providers: Providers = {
	credentialServer: async () => err(LATER),
	identityCenter: async () => err(LATER),
	assumeRole: async () => err(LATER),
};

export const signIn: SignIn = {
	begin: async () => err(LATER),
	cancel: async () => undefined,
	signOut: async () => undefined,
	accounts: async () => err(LATER),
	roles: async () => err(LATER),
	progress: () => undefined,
};
