// Whether polling has to pause: the user is away, or the computer is offline, and the settings say so.
import { isLoopback, parseEndpoint } from "../core/endpoint.ts";
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
	save(settings: Settings): Promise<void>;
	/** Of a profile whose calls go to `url`; absent: to AWS. */
	holdOf(url: string | undefined): Hold | undefined;
	/** Looks whether somebody is there; before anything is polled. */
	look(): Promise<void>;
}

const KEY = "settings";
const AWAY_SECONDS = 300;

export function createPresence(ports: PresencePorts): Presence {
	const { local, idle, isOnline, changed } = ports;
	let settings = DEFAULT_SETTINGS;
	let isAway = false;
	const loaded = local.get(KEY).then((found) => {
		settings = parse(found[KEY]);
	});
	async function look(): Promise<void> {
		await loaded;
		const state = settings.pauseWhenIdle
			? await idle()?.queryState(AWAY_SECONDS)
			: undefined;
		isAway = state !== undefined && state !== "active";
	}
	return {
		settings: () => settings,
		async save(next) {
			await local.set({ [KEY]: next });
			settings = next;
			await look();
			changed();
		},
		holdOf(url) {
			if (isAway) return "away";
			const isHeld = settings.pauseWhenOffline && !isOnline() && !isHere(url);
			return isHeld ? "offline" : undefined;
		},
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
