import type { Remote } from "../../core/protocol/commands.ts";
import {
	COMMAND_NAMES,
	type CommandName,
} from "../../core/protocol/messages.ts";

/** The commands as typed functions; `call` sends one to the background and resolves with its result. */
export function createRemote(
	call: (name: CommandName, input: unknown) => Promise<unknown>,
): Remote {
	return Object.fromEntries(
		COMMAND_NAMES.map((name) => [name, (input: unknown) => call(name, input)]),
	) as unknown as Remote;
}
