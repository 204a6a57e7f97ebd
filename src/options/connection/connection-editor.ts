// What the buttons of a connection's form do: save, with the browser asked for the hosts it needs, and delete.
import { type Connection, roleOf } from "../../core/connection/connection.ts";
import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import type { Remote } from "../../core/protocol/commands.ts";
import { ok } from "../../core/shared/result.ts";
import type { Platform } from "../../ui/background-client/platform.ts";
import { connectionRoute } from "../../ui/components/connection-route.ts";
import { createRedirect } from "../route.ts";
import { submit } from "../submit.ts";
import type { ConnectionFormState } from "./connection-fields.ts";
import { connectionHostPatterns } from "./connection-hosts.ts";

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
		const lead = createRedirect();
		const saved = await submit(state, state.form, askAndSave);
		if (!saved) return;
		lead(connectionRoute(saved.id));
		const { connection, hosts, answer } = saved;
		const isAllowed = (await answer) !== false;
		say(
			isAllowed
				? `Saved ${connection.name}.`
				: `Saved. ${hosts.join(" and ")} was not allowed, so it cannot be used yet.`,
		);
		// How it is doing is then on show; what it says is not an answer to saving.
		if (isWorthAsking(connection))
			await remote.checkConnection({ id: saved.id });
	}
	async function askAndSave(connection: Connection) {
		// In the click itself: after an await the browser would not ask.
		const hosts = connectionHostPatterns(connection);
		const answer =
			hosts.length > 0 ? platform.requestHost?.(...hosts) : undefined;
		const { form } = state;
		const saved = await remote.saveConnection({ ...(id ? { id } : {}), form });
		return saved.ok
			? ok({ id: saved.value, connection, hosts, answer })
			: saved;
	}
	async function remove(): Promise<void> {
		if (!id) return;
		const lead = createRedirect();
		const deleted = await remote.deleteConnection({ id });
		if (!deleted.ok) return say(deleted.error);
		state.reset();
		lead("");
		say(`Deleted ${entry.connection.name}.`);
	}
	const tell = (work: Promise<void>) =>
		work.catch((error: Error) => say(error.message));
	return { submit: () => tell(save()), remove: () => void tell(remove()) };
}

// Without a click nobody is to be signed in, and plain keys have nobody to ask.
function isWorthAsking(connection: Connection): boolean {
	return (
		connection.kind === "credential-server" ||
		(connection.kind === "keys" && roleOf(connection) !== undefined)
	);
}
