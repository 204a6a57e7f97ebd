import type { ProfileId } from "../profile/profile.ts";
import type { Snapshot } from "./snapshot.ts";
import type { SnapshotChange } from "./snapshot-diff.ts";

/** The name under which views open their port to the background. */
export const PORT_NAME = "view";

/** How many profiles or connections one import command takes: views show their progress between two commands. */
export const MAX_BATCH = 100;

/**
 * The names of all commands, for views: `commands.ts` declares what each takes and returns, and does not compile unless it
 * declares exactly these. It is a file of its own because views must not load the validation library.
 */
export const COMMAND_NAMES = [
	"saveProfile",
	"importProfiles",
	"deleteProfile",
	"forgetCredentials",
	"pollNow",
	"pause",
	"resume",
	"listVersions",
	"markSeen",
	"dismissChanges",
	"setWatched",
	"setNotificationRule",
	"pinVersion",
	"annotateVersion",
	"deleteVersions",
	"importVersions",
	"fetchAgain",
	"reportUnreadable",
	"dismissLoss",
	"deleteDamaged",
	"deleteOrphan",
	"saveConnection",
	"importConnections",
	"deleteConnection",
	"forgetSecret",
	"checkConnection",
	"signIn",
	"cancelSignIn",
	"signOut",
	"listAccounts",
	"listRoles",
	"chooseRole",
	"createVault",
	"unlockVault",
	"lockVault",
	"resetVault",
	"changePassphrase",
	"forgetAllSecrets",
	"saveSettings",
	"listResources",
	"listDeployments",
	"listEvents",
	"listHosted",
	"readHosted",
] as const;
export type CommandName = (typeof COMMAND_NAMES)[number];

/** From a view to the background. */
export type ViewMessage =
	/** Keeps the worker alive while the view is open. */
	| { readonly type: "ping" }
	/** First on each port: the schema of snapshots that this view was built for. */
	| { readonly type: "hello"; readonly schema: number }
	/** The profile on show: from now on the view gets all its versions. */
	| { readonly type: "show"; readonly id: ProfileId | null }
	/** Requests a whole snapshot, because a change was lost. */
	| { readonly type: "whole" }
	| {
			readonly type: "command";
			/** Chosen by the view; the reply carries it back. */
			readonly call: number;
			readonly name: CommandName;
			readonly input: unknown;
	  };

/** From the background to a view. */
export type BackgroundMessage =
	/** First on each port, and after `whole`. Each later change has the next sequence number. */
	| {
			readonly type: "snapshot";
			readonly sequence: number;
			readonly snapshot: Snapshot;
	  }
	| {
			readonly type: "change";
			readonly sequence: number;
			readonly change: SnapshotChange;
	  }
	/** The answer to a ping, with the sequence number of the last change that was sent. */
	| { readonly type: "pong"; readonly sequence: number }
	| {
			readonly type: "reply";
			readonly call: number;
			readonly value: unknown;
	  }
	| {
			readonly type: "refusal";
			readonly call: number;
			/** A sentence for the user. */
			readonly reason: string;
	  };
