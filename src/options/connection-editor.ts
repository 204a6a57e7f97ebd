// What the buttons of a connection's form do: save, with the browser asked for the hosts it needs, and delete.
import type { Connection } from "../core/connection/connection.ts";
import type { ConnectionSnapshot } from "../core/connection/connection-snapshot.ts";
import type { Remote } from "../core/contract.ts";
import {
	hostOf,
	hostPattern,
	isLoopback,
	parseEndpoint,
} from "../core/endpoint.ts";
import { connectionRoute } from "../ui/connection-route.ts";
import type { Platform } from "../ui/platform.ts";
import type { ConnectionFormState } from "./connection-fields.ts";
import { go } from "./route.ts";

export interface ConnectionEditorOptions {
	readonly entry: ConnectionSnapshot | undefined;
	readonly remote: Remote;
	readonly platform: Platform;
	readonly say: (text: string) => void;
}

export function createConnectionEditor(
	options: ConnectionEditorOptions,
	state: ConnectionFormState,
): { submit(): Promise<void>; remove(): void } {
	const { entry, remote, platform, say } = options;
	const id = entry?.connection.id;
	async function save(): Promise<void> {
		const { form } = state;
		const connection = state.check(form);
		if (!connection) return;
		// In the click itself: after an await the browser would not ask.
		const hosts = hostsOf(connection);
		const answer =
			hosts.length > 0 ? platform.requestHost?.(...hosts) : undefined;
		const saved = await remote.saveConnection({ ...(id ? { id } : {}), form });
		if (!saved.ok) return state.refuse(saved.error);
		state.reset();
		go(connectionRoute(saved.value));
		say(
			(await answer) === false
				? `Saved. ${hosts.join(" and ")} was not allowed, so it cannot be used yet.`
				: `Saved ${connection.name}.`,
		);
	}
	async function remove(): Promise<void> {
		if (!id) return;
		const deleted = await remote.deleteConnection({ id });
		if (!deleted.ok) return say(deleted.error);
		state.reset();
		go("");
		say(`Deleted ${entry.connection.name}.`);
	}
	const tell = (work: Promise<void>) =>
		work.catch((error: Error) => say(error.message));
	return { submit: () => tell(save()), remove: () => void tell(remove()) };
}

/** The host permissions that a connection needs by itself; those of the profiles' own hosts are asked for with them. */
export function hostsOf(connection: Connection): readonly string[] {
	const hosts: string[] = [];
	if (connection.kind === "endpoint") hosts.push(...ofUrl(connection.endpoint));
	else if (connection.kind === "identity-center")
		for (const service of ["oidc", "portal.sso"])
			hosts.push(`https://${hostOf(service, connection.ssoRegion)}/*`);
	else if (connection.kind !== "keys") hosts.push(...ofUrl(connection.url));
	if ("role" in connection && connection.role)
		hosts.push(`https://${hostOf("sts", connection.role.region)}/*`);
	return hosts;
}

function ofUrl(url: string): readonly string[] {
	const endpoint = parseEndpoint(url);
	if (!endpoint.ok) return [];
	const { scheme, host } = endpoint.value;
	// Those stand in the manifest.
	if (scheme === "http" && isLoopback(host)) return [];
	return [hostPattern("", endpoint.value)];
}
