// For the benchmark's worker, loaded before the product: a clock that can be moved, alarms that fire on demand, and a signal at each poll's end.

interface Api {
	readonly alarms: {
		create(name: string, info: Alarm): Promise<void>;
		readonly onAlarm: { addListener(listener: Listener): void };
	};
	readonly storage: {
		readonly session: { set(items: Record<string, unknown>): Promise<void> };
	};
}
interface Alarm {
	/** Epoch ms. */
	readonly when: number;
	readonly periodInMinutes?: number;
}
type Listener = (alarm: { readonly name: string }) => void;

const listeners: Listener[] = [];
/** The alarm that wakes the polls, as the browser stores it. */
const ALARM = "wake";
let alarm: Alarm | undefined;
let offset = 0;
let onPolled: () => void = () => undefined;

const realNow = Date.now;
Date.now = () => realNow() + offset;
const scope = globalThis as unknown as { chrome: Api; browser?: Api };
for (const api of new Set([scope.chrome, scope.browser ?? scope.chrome])) {
	api.alarms.onAlarm.addListener = (listener) => listeners.push(listener);
	const create = api.alarms.create.bind(api.alarms);
	api.alarms.create = (name, info) => {
		if (name === ALARM) alarm = info;
		return create(name, info);
	};
	const { session } = api.storage;
	const set = session.set.bind(session);
	session.set = async (items) => {
		await set(items);
		// The rest of the poll (set the alarm, publish) runs before whatever awaits this.
		if (Object.values(items).some(isWaiting)) setTimeout(onPolled);
	};
}

/** The session whose poll has finished. */
function isWaiting(record: unknown): boolean {
	return typeof record === "string" && record.includes('"phase":"waiting"');
}

/** Moves the clock to the alarm and fires it. Resolves when the due poll is finished, saved and published. */
export function pollOnce(): Promise<void> {
	return new Promise((resolve, reject) => {
		if (!alarm) return reject(new Error("no alarm is armed"));
		onPolled = resolve;
		const { when, periodInMinutes } = alarm;
		offset = when - realNow();
		// A repeating alarm counts from when it fired, as in the browser.
		alarm =
			periodInMinutes === undefined
				? undefined
				: { when: when + periodInMinutes * 60_000, periodInMinutes };
		for (const listener of listeners) listener({ name: ALARM });
	});
}
