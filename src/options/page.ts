// What every page of the options has at hand.
import type { ConnectionSnapshot } from "../core/connection/connection-snapshot.ts";
import type { Remote } from "../core/protocol/commands.ts";
import type { ProfileSnapshot, Snapshot } from "../core/protocol/snapshot.ts";
import type { Platform } from "../ui/background-client/platform.ts";
import type { Announce } from "../ui/components/status.tsx";

export interface PageProps {
	/** The fragment of the address: which form is shown. */
	readonly route: string;
	readonly profiles: readonly ProfileSnapshot[];
	readonly connections: readonly ConnectionSnapshot[];
	readonly snapshot: Snapshot;
	/** The extension's own. */
	readonly version: string;
	readonly remote: Remote;
	readonly platform: Platform;
	readonly say: Announce;
}
