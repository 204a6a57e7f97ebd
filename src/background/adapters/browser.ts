import type { Browser } from "webextension-polyfill";
import type { StorageArea } from "./storage-adapter.ts";

interface Names {
	readonly browser?: Browser;
	readonly chrome?: Browser;
}

const { browser: native, chrome } = globalThis as unknown as Names;

/** Both names return promises in every browser supported, so webextension-polyfill would only add 3 kB to the worker. */
export const browser = (native ?? chrome) as Browser;

const WELCOMED_KEY = "welcomed";

/** Calls `open` once per browser profile: reloading an unpacked extension counts as an installation each time. */
export async function openWelcome(
	local: StorageArea,
	open: () => Promise<unknown>,
): Promise<void> {
	const found = await local.get(WELCOMED_KEY);
	if (found[WELCOMED_KEY]) return;
	await local.set({ [WELCOMED_KEY]: true });
	await open();
}

interface TabEventSource<L> {
	addListener(listener: L): void;
	removeListener(listener: L): void;
}

type Updated = (tabId: number, change: { url?: string | undefined }) => void;
type Removed = (tabId: number) => void;

export interface TabListenerPorts {
	readonly tabs: {
		readonly onUpdated: TabEventSource<Updated>;
		readonly onRemoved: TabEventSource<Removed>;
	};
	readonly onUpdated: Updated;
	readonly onRemoved: Removed;
}

/**
 * Listens to tabs at once, since a tab event may have started the worker. The function returned ends and resumes that:
 * tab events are listened to only during a sign-in, because every navigation would otherwise wake the worker. The
 * browser remembers it beyond the worker's life.
 */
export function createTabListener(
	ports: TabListenerPorts,
): (isWanted: boolean) => void {
	const { tabs, onUpdated, onRemoved } = ports;
	let isListening = false;
	function listen(isWanted: boolean): void {
		if (isWanted === isListening) return;
		isListening = isWanted;
		const change = isWanted ? "addListener" : "removeListener";
		tabs.onUpdated[change](onUpdated);
		tabs.onRemoved[change](onRemoved);
	}
	listen(true);
	return listen;
}
