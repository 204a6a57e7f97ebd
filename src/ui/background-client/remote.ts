// The commands as a view calls them: each one typed, all of them one way over the wire.
import type { CommandName, Remote } from "../../core/protocol/commands.ts";

/** By whatever name it is asked for: a list of them would be a sixtieth of what the popup loads. The compiler knows which there are. */
export function createRemote(
	call: (name: CommandName, input: unknown) => Promise<unknown>,
): Remote {
	return new Proxy({} as Remote, {
		get: (_remote, name) => (input: unknown) =>
			call(name as CommandName, input),
	});
}
