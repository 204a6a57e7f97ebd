// The commands as a view calls them: each one typed, all of them one way over the wire.
import type { CommandName, Commands, Remote } from "../core/contract.ts";

export function createRemote(
	call: (name: CommandName, input: unknown) => Promise<unknown>,
): Remote {
	// The engine answers to the same interface, so what a reply holds is what its command returns.
	const bind =
		<K extends CommandName>(name: K) =>
		(...[input]: Parameters<Commands[K]>) =>
			call(name, input) as Promise<ReturnType<Commands[K]>>;
	return {
		saveProfile: bind("saveProfile"),
		deleteProfile: bind("deleteProfile"),
		forgetCredentials: bind("forgetCredentials"),
		pollNow: bind("pollNow"),
		pause: bind("pause"),
		resume: bind("resume"),
		markSeen: bind("markSeen"),
		pinVersion: bind("pinVersion"),
	};
}
