// What can be done with a saved connection, each with a sentence about how it went.
import type { ConnectionId } from "../core/connection/connection.ts";
import type { SignInMethod } from "../core/connection/provider.ts";
import type { Remote } from "../core/contract.ts";
import { refusalWords } from "../ui/refusal-words.ts";

export interface ConnectionActions {
	check(mfaCode?: string): void;
	forget(): void;
	signIn(method: SignInMethod): void;
	cancel(): void;
	signOut(): void;
}

export function connectionActions(
	remote: Remote,
	id: ConnectionId,
	say: (text: string) => void,
): ConnectionActions {
	const tell = (work: Promise<string>) =>
		void work.then(say, (error: Error) => say(error.message));
	return {
		check: (mfaCode) =>
			tell(
				remote
					.checkConnection({ id, ...(mfaCode ? { mfaCode } : {}) })
					.then((result) =>
						result.ok ? "Credentials are there." : refusalWords(result.error),
					),
			),
		forget: () =>
			tell(
				remote.forgetSecret({ id }).then(() => "The secrets are forgotten."),
			),
		signIn: (method) =>
			tell(
				remote
					.signIn({ id, method })
					.then((result) =>
						result.ok
							? "Go on in the tab that has opened."
							: refusalWords(result.error),
					),
			),
		cancel: () =>
			tell(remote.cancelSignIn({ id }).then(() => "The sign-in is cancelled.")),
		signOut: () => tell(remote.signOut({ id }).then(() => "Signed out.")),
	};
}
