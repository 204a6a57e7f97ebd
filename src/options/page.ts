// What every page of the options has at hand.
import type { ConnectionSnapshot } from "../core/connection/connection-snapshot.ts";
import type { Remote } from "../core/contract.ts";
import type { ProfileSnapshot } from "../core/snapshot.ts";
import type { Platform } from "../ui/platform.ts";

export interface PageProps {
	/** The fragment of the address: which form is shown. */
	readonly route: string;
	readonly profiles: readonly ProfileSnapshot[];
	readonly connections: readonly ConnectionSnapshot[];
	readonly remote: Remote;
	readonly platform: Platform;
	readonly say: (text: string) => void;
}
