import {
	type ConnectionDraft,
	type ConnectionId,
	roleOf,
} from "../../core/connection/connection.ts";
import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import type { SignInMethod } from "../../core/connection/credential-sources.ts";
import {
	hostPattern,
	isLoopback,
	parseEndpoint,
	serviceHost,
} from "../../core/connection/endpoint.ts";
import type { Remote } from "../../core/protocol/commands.ts";
import type { Platform } from "../../ui/background-client/platform.ts";
import { connectionRoute } from "../../ui/components/routes.ts";
import type { Announce } from "../../ui/components/status.tsx";
import { controlPlaneMessage } from "../../ui/errors/control-plane-message.ts";
import type {
	ConnectionFormState,
	ConnectionInput,
} from "../form/connection-form.ts";
import { createRedirect } from "../form/route.ts";

export interface ConnectionOptions {
	readonly remote: Remote;
	readonly platform: Platform;
	readonly announce: Announce;
}

/** What the buttons of a connection's form do. */
export function createConnectionFormActions(
	options: ConnectionOptions,
	state: ConnectionFormState,
	entry: ConnectionSnapshot | undefined,
): { submit(): Promise<void>; remove(): void } {
	const { remote, announce } = options;
	const id = entry?.connection.id;
	async function save(): Promise<void> {
		const redirect = createRedirect();
		const saved = await state.submit(state.form, (input) =>
			saveConnection(options, id, input),
		);
		if (!saved) return;
		const { connection, patterns, answer } = saved;
		redirect(connectionRoute(saved.id));
		const isGranted = (await answer) !== false;
		announce(
			isGranted
				? `Saved ${connection.name}.`
				: `Saved. Access to ${patterns.join(" and ")} was not granted, so it can't be used yet.`,
		);
		// The status on the page shows the result.
		if (isCheckedWhenSaved(connection))
			await remote.checkConnection({ id: saved.id });
	}
	async function remove(): Promise<void> {
		if (!id) return;
		const redirect = createRedirect();
		const deleted = await remote.deleteConnection({ id });
		if (!deleted.ok) return announce(deleted.error);
		state.reset();
		redirect("");
		announce(`Deleted ${entry.connection.name}.`);
	}
	const announceError = (work: Promise<void>) =>
		work.catch((error: Error) => announce(error.message));
	return {
		submit: () => announceError(save()),
		remove: () => void announceError(remove()),
	};
}

async function saveConnection(
	{ remote, platform }: ConnectionOptions,
	id: ConnectionId | undefined,
	input: ConnectionInput,
) {
	const { connection } = input;
	// In the click itself: after an await the browser would not ask.
	const patterns = connectionHostPatterns(connection);
	const answer =
		patterns.length > 0 ? platform.requestHost?.(...patterns) : undefined;
	const saved = await remote.saveConnection({
		...(id ? { id } : {}),
		...input,
	});
	return { id: saved, connection, patterns, answer };
}

/** Signing in needs a click of its own, and there is nothing to check about plain keys. */
function isCheckedWhenSaved(connection: ConnectionDraft): boolean {
	return (
		connection.kind === "credential-server" ||
		(connection.kind === "keys" && roleOf(connection) !== undefined)
	);
}

/** What can be done with a saved connection; each announces its result. */
export interface ConnectionActions {
	check(mfaCode?: string): void;
	/** Asks the browser for access to the hosts first, as signing in does. */
	grant(): void;
	forget(): void;
	signIn(method: SignInMethod): void;
	cancel(): void;
	signOut(): void;
}

export function createConnectionActions(
	options: ConnectionOptions,
	entry: ConnectionSnapshot,
): ConnectionActions {
	const { remote, announce } = options;
	const { id } = entry.connection;
	const announceResult = (work: Promise<string>) =>
		void work.then(announce, (error: Error) => announce(error.message));
	const check = async (mfaCode?: string) => {
		const given = mfaCode ? { mfaCode } : {};
		const result = await remote.checkConnection({ id, ...given });
		return result.ok
			? "The credentials work."
			: controlPlaneMessage(result.error);
	};
	const signIn = async (method: SignInMethod) => {
		const result = await remote.signIn({ id, method });
		return result.ok
			? "Continue in the tab that has opened."
			: controlPlaneMessage(result.error);
	};
	return {
		check: (mfaCode) => announceResult(check(mfaCode)),
		grant: () => announceResult(withHostAccess(options, entry, check)),
		forget: () =>
			announceResult(
				remote.forgetSecret({ id }).then(() => "The secrets were deleted."),
			),
		signIn: (method) =>
			announceResult(withHostAccess(options, entry, () => signIn(method))),
		cancel: () =>
			announceResult(
				remote.cancelSignIn({ id }).then(() => "The sign-in was cancelled."),
			),
		signOut: () =>
			announceResult(remote.signOut({ id }).then(() => "Signed out.")),
	};
}

/**
 * Asks the browser for all hosts at once, those of the access portal and of STS; it does not ask about hosts that it allows
 * already. Not async up to that question: after an await the click no longer counts.
 */
function withHostAccess(
	{ platform }: ConnectionOptions,
	{ connection, status, detail }: ConnectionSnapshot,
	work: () => Promise<string>,
): Promise<string> {
	const hosts = new Set(connectionHostPatterns(connection));
	if (status === "permission-missing" && detail) hosts.add(detail);
	const answer = hosts.size > 0 && platform.requestHost?.(...hosts);
	if (!answer) return work();
	return answer.then((isGranted) =>
		isGranted
			? work()
			: `Access to ${[...hosts].join(" and ")} was not granted, so it can't be used yet.`,
	);
}

/** The match patterns that the browser has to allow for a connection; those for its profiles are requested with the profiles. */
export function connectionHostPatterns(
	connection: ConnectionDraft,
): readonly string[] {
	const hosts: string[] = [];
	if (connection.kind === "endpoint") hosts.push(...ofUrl(connection.endpoint));
	else if (connection.kind === "identity-center")
		for (const service of ["oidc", "portal.sso"])
			hosts.push(`https://${serviceHost(service, connection.ssoRegion)}/*`);
	else if (connection.kind !== "keys") hosts.push(...ofUrl(connection.url));
	if ("role" in connection && connection.role)
		hosts.push(`https://${serviceHost("sts", connection.role.region)}/*`);
	return hosts;
}

function ofUrl(url: string): readonly string[] {
	const endpoint = parseEndpoint(url);
	if (!endpoint.ok) return [];
	const { scheme, host } = endpoint.value;
	// The manifest allows them.
	if (scheme === "http" && isLoopback(host)) return [];
	return [hostPattern("", endpoint.value)];
}
