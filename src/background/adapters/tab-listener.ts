// Listens to tabs only while somebody waits for one: every page that the user opens wakes whoever listens.

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

/** Listens from the start, since a tab may be what has woken the worker, until it is told that nobody waits. The browser remembers that beyond the worker's life. */
export function createTabListener(
	ports: TabListenerPorts,
): (isWanted: boolean) => void {
	const { tabs, onUpdated, onRemoved } = ports;
	let isOn = false;
	function watch(isWanted: boolean): void {
		if (isWanted === isOn) return;
		isOn = isWanted;
		const change = isWanted ? "addListener" : "removeListener";
		tabs.onUpdated[change](onUpdated);
		tabs.onRemoved[change](onRemoved);
	}
	watch(true);
	return watch;
}
