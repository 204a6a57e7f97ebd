// What can be done with a saved connection, each with a sentence about how it went.
import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import type { SignInMethod } from "../../core/connection/credential-sources.ts";
import type { Remote } from "../../core/protocol/commands.ts";
import type { Platform } from "../../ui/background-client/platform.ts";
import { refusalMessage } from "../../ui/deployments/refusal-messages.ts";
import { connectionHostPatterns } from "./connection-hosts.ts";

export interface ConnectionActionsOptions {
	readonly entry: ConnectionSnapshot;
	readonly remote: Remote;
	readonly platform: Platform;
	readonly say: (text: string) => void;
}

export interface ConnectionActions {
	check(mfaCode?: string): void;
	/** Asks the browser for its hosts first, as signing in does. */
	grant(): void;
	forget(): void;
	signIn(method: SignInMethod): void;
	cancel(): void;
	signOut(): void;
}

export function connectionActions(
	options: ConnectionActionsOptions,
): ConnectionActions {
	const { entry, remote, say } = options;
	const { id } = entry.connection;
	const tell = (work: Promise<string>) =>
		void work.then(say, (error: Error) => say(error.message));
	const check = async (mfaCode?: string) => {
		const given = mfaCode ? { mfaCode } : {};
		const result = await remote.checkConnection({ id, ...given });
		return result.ok ? "Credentials are there." : refusalMessage(result.error);
	};
	const signIn = async (method: SignInMethod) => {
		const result = await remote.signIn({ id, method });
		return result.ok
			? "Go on in the tab that has opened."
			: refusalMessage(result.error);
	};
	return {
		check: (mfaCode) => tell(check(mfaCode)),
		grant: () => tell(allowed(options, check)),
		forget: () =>
			tell(
				remote.forgetSecret({ id }).then(() => "The secrets are forgotten."),
			),
		signIn: (method) => tell(allowed(options, () => signIn(method))),
		cancel: () =>
			tell(remote.cancelSignIn({ id }).then(() => "The sign-in is cancelled.")),
		signOut: () => tell(remote.signOut({ id }).then(() => "Signed out.")),
	};
}

/**
 * All hosts at once: STS besides the portal would be the next question. The browser asks about none that it allows already.
 * Not async up to its question: after an await the click no longer counts.
 */
function allowed(
	{ entry, platform }: ConnectionActionsOptions,
	work: () => Promise<string>,
): Promise<string> {
	const { connection, status, detail } = entry;
	const hosts = new Set(connectionHostPatterns(connection));
	if (status === "permission-missing" && detail) hosts.add(detail);
	const answer = hosts.size > 0 && platform.requestHost?.(...hosts);
	if (!answer) return work();
	return answer.then((isGranted) =>
		isGranted
			? work()
			: `${[...hosts].join(" and ")} was not allowed, so it cannot be used yet.`,
	);
}
