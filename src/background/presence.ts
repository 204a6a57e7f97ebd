// Whether polling has to pause: the user is away, or the computer is offline, and the settings say so.
import { isLoopback, parseEndpoint } from "../core/endpoint.ts";
import { createQueue } from "../core/queue.ts";
import {
	DEFAULT_SETTINGS,
	type Hold,
	type Settings,
} from "../core/settings.ts";
import type { Area } from "./vault.ts";

/** The part of the idle API that is used here; absent without its permission. */
export interface Idle {
	queryState(seconds: number): Promise<string>;
}

export interface PresencePorts {
	readonly local: Area;
	/** Asked for each time: the permission may come and go. */
	readonly idle: () => Idle | undefined;
	readonly isOnline: () => boolean;
	readonly changed: () => void;
}

export interface Presence {
	settings(): Settings;
	/** What is not in it stays as it is. */
	save(change: Partial<Settings>): Promise<void>;
	/** Of a profile whose calls go to `url`; absent: to AWS. */
	holdOf(url: string | undefined): Hold | undefined;
	isOnline(): boolean;
	/** Looks whether somebody is there; before anything is polled. What cannot be seen pauses nothing, and never rejects. */
	look(): Promise<void>;
}

const KEY = "settings";
const AWAY_SECONDS = 300;

export function createPresence(ports: PresencePorts): Presence {
	const { local, idle, isOnline, changed } = ports;
	let settings = DEFAULT_SETTINGS;
	let isAway = false;
	const enqueue = createQueue();
	let reading: Promise<void> | undefined;
	/** Once, if it works. */
	function read(): Promise<void> {
		reading ??= local.get(KEY).then(
			(found) => {
				settings = parse(found[KEY]);
			},
			(error: unknown) => {
				reading = undefined;
				throw error;
			},
		);
		return reading;
	}
	// Begun at once: the first poll waits for it.
	void read().catch(() => undefined);
	async function look(): Promise<void> {
		let state: string | undefined;
		try {
			await read();
			if (settings.pauseWhenIdle)
				state = await idle()?.queryState(AWAY_SECONDS);
		} catch {
			// Before the next poll it is tried again: better one too many than none ever.
		}
		isAway = state !== undefined && state !== "active";
	}
	return {
		settings: () => settings,
		async save(change) {
			await enqueue(async () => {
				await read();
				const next = { ...settings, ...change };
				await local.set({ [KEY]: next });
				settings = next;
			});
			await look();
			changed();
		},
		holdOf(url) {
			if (isAway) return "away";
			const isHeld = settings.pauseWhenOffline && !isOnline() && !isHere(url);
			return isHeld ? "offline" : undefined;
		},
		isOnline,
		look,
	};
}

/** On this computer, which needs no network. */
function isHere(url: string | undefined): boolean {
	const endpoint = url === undefined ? undefined : parseEndpoint(url);
	return endpoint?.ok === true && isLoopback(endpoint.value.host);
}

function parse(value: unknown): Settings {
	const { pauseWhenIdle, pauseWhenOffline } = (value ??
		{}) as Partial<Settings>;
	return {
		pauseWhenIdle: pauseWhenIdle === true,
		pauseWhenOffline: pauseWhenOffline === true,
	};
}
