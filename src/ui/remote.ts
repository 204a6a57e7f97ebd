// The commands as a view calls them: each one typed, all of them one way over the wire.
import type { CommandName, Remote } from "../core/contract.ts";

export function createRemote(
	call: (name: CommandName, input: unknown) => Promise<unknown>,
): Remote {
	// The engine answers to the same interface, so what a reply holds is what its command returns.
	const bind =
		<K extends CommandName>(name: K) =>
		(...[input]: Parameters<Remote[K]>) =>
			call(name, input) as ReturnType<Remote[K]>;
	return {
		saveProfile: bind("saveProfile"),
		deleteProfile: bind("deleteProfile"),
		forgetCredentials: bind("forgetCredentials"),
		pollNow: bind("pollNow"),
		pause: bind("pause"),
		resume: bind("resume"),
		markSeen: bind("markSeen"),
		pinVersion: bind("pinVersion"),
		annotateVersion: bind("annotateVersion"),
		deleteVersions: bind("deleteVersions"),
		importVersions: bind("importVersions"),
		fetchAgain: bind("fetchAgain"),
		saveConnection: bind("saveConnection"),
		deleteConnection: bind("deleteConnection"),
		forgetSecret: bind("forgetSecret"),
		checkConnection: bind("checkConnection"),
		signIn: bind("signIn"),
		cancelSignIn: bind("cancelSignIn"),
		signOut: bind("signOut"),
		listAccounts: bind("listAccounts"),
		listRoles: bind("listRoles"),
		chooseRole: bind("chooseRole"),
		createVault: bind("createVault"),
		unlockVault: bind("unlockVault"),
		lockVault: bind("lockVault"),
		resetVault: bind("resetVault"),
		listResources: bind("listResources"),
		listDeployments: bind("listDeployments"),
		listEvents: bind("listEvents"),
	};
}
