// The connections of this browser: the book restored, its commands, and what profiles' calls carry.
import {
	type Book,
	type BrokerPorts,
	createBook,
	restoreBook,
	toConnectionSnapshots,
} from "../../core/connection/book.ts";
import { type Access, renew } from "../../core/connection/broker.ts";
import {
	createConnectionCommands,
	endSignIn,
} from "../../core/connection/connection-commands.ts";
import type { Refusal } from "../../core/connection/lease.ts";
import type { SignInEvents } from "../../core/connection/provider.ts";
import type { ConnectionRemote } from "../../core/contract.ts";
import type { Credentials } from "../../core/credentials.ts";
import type { Overview } from "../../core/ports.ts";
import type { Profile, ProfileId } from "../../core/profile.ts";
import type { Result } from "../../core/result.ts";
import { createAccess } from "./access.ts";

export interface Connections {
	readonly remote: ConnectionRemote;
	readonly signInEvents: SignInEvents;
	access(profile: Profile): Promise<Result<Access, Refusal>>;
	renew(profile: Profile): Promise<boolean>;
	overview(): Overview;
}

/** Reads the keyring at once; whatever is asked of the connections waits for that. */
export function createConnections(
	ports: BrokerPorts,
	ownKeys: (id: ProfileId) => Credentials | undefined,
): Connections {
	const book = createBook(ports);
	const restored = restore(book);
	const access = createAccess(book, ownKeys);
	const commands = createConnectionCommands(book);
	return {
		remote: afterwards(restored, commands),
		signInEvents: {
			changed: ports.changed,
			ended: (id, outcome) =>
				void restored.then(() => endSignIn(book, id, outcome)),
		},
		async access(profile) {
			await restored;
			return access(profile);
		},
		async renew({ connection }) {
			await restored;
			return connection ? renew(book, connection) : false;
		},
		overview: () => ({
			connections: toConnectionSnapshots(book),
			problems: book.problems,
		}),
	};
}

async function restore(book: Book): Promise<void> {
	try {
		await restoreBook(book);
	} catch (error) {
		const name = error instanceof Error ? error.name : "unknown error";
		book.problems = [
			`The stored connections could not be read (${name}). Nothing was deleted.`,
		];
	}
	book.ports.changed();
}

/** The same commands, each begun when `ready` has come. */
function afterwards(
	ready: Promise<void>,
	commands: ConnectionRemote,
): ConnectionRemote {
	const entries = Object.entries(commands) as [
		string,
		(input: never) => Promise<unknown>,
	][];
	return Object.fromEntries(
		entries.map(([name, command]) => [
			name,
			(input: never) => ready.then(() => command(input)),
		]),
	) as unknown as ConnectionRemote;
}
