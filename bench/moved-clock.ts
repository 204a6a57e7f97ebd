// For the benchmark's worker: a clock that can be moved, alarms that ring when told, and word of each poll's end. Loaded before the product.

interface Api {
	readonly alarms: {
		readonly onAlarm: { addListener(listener: Listener): void };
	};
	readonly storage: {
		readonly session: { set(items: Record<string, unknown>): Promise<void> };
	};
}
type Listener = (alarm: { readonly name: string }) => void;

/** The service's interval and what is waited besides. */
const INTERVAL_MS = 61_000;

const listeners: Listener[] = [];
let offset = 0;
let onPolled: () => void = () => undefined;

const realNow = Date.now;
Date.now = () => realNow() + offset;
const scope = globalThis as unknown as { chrome: Api; browser?: Api };
for (const api of new Set([scope.chrome, scope.browser ?? scope.chrome])) {
	api.alarms.onAlarm.addListener = (listener) => listeners.push(listener);
	const { session } = api.storage;
	const set = session.set.bind(session);
	session.set = async (items) => {
		await set(items);
		// What is left to do then (arm, show) runs before anything that waits for this.
		if (Object.values(items).some(isWaiting)) setTimeout(onPolled);
	};
}

function isWaiting(record: unknown): boolean {
	const { session } = (record ?? {}) as { session?: { phase?: unknown } };
	return session?.phase === "waiting";
}

/** The interval passes, the alarm rings; resolves when the poll that was due is done, saved and shown to whoever looks. */
export function pollOnce(): Promise<void> {
	return new Promise((resolve) => {
		onPolled = resolve;
		offset += INTERVAL_MS + 1_000;
		for (const listener of listeners) listener({ name: "wake" });
	});
}
