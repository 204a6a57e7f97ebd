// Whether polling has to pause: the user is away, or the computer is offline, and the settings say so.

import { isLoopback, parseEndpoint } from "../../core/connection/endpoint.ts";
import { createMutex } from "../../core/shared/concurrency.ts";
import {
	DEFAULT_SETTINGS,
	type PauseReason,
	type Settings,
} from "../../core/shared/settings.ts";
import {
	type DamagedRecord,
	isSameRecord,
} from "../../core/shared/storage-problems.ts";
import type { StorageArea } from "./storage-adapter.ts";

/** The part of the idle API that is used here; absent without its permission. */
export interface Idle {
	queryState(seconds: number): Promise<string>;
}

export interface AutoPausePorts {
	readonly local: StorageArea;
	/** Asked for each time: the permission may come and go. */
	readonly idle: () => Idle | undefined;
	readonly isOnline: () => boolean;
	readonly onChange: () => void;
}

export interface BrowserAutoPause {
	settings(): Settings;
	/** The stored settings, where they cannot be read: those that can be are used, the others are off. */
	damaged(): readonly DamagedRecord[];
	/** The record was deleted. */
	forgetDamaged(record: Pick<DamagedRecord, "area" | "key">): void;
	/** What is not in it stays as it is. */
	save(change: Partial<Settings>): Promise<void>;
	/** Of a profile whose calls go to `url`; absent: to AWS. */
	pauseReasonFor(url: string | undefined): PauseReason | undefined;
	isOnline(): boolean;
	/** Looks whether somebody is there; before anything is polled. What cannot be seen pauses nothing, and never rejects. */
	refresh(): Promise<void>;
}

const SETTINGS_KEY = "settings";
const DAMAGED_SETTINGS: DamagedRecord = {
	area: "local",
	key: SETTINGS_KEY,
	title: "the settings",
};
const AWAY_SECONDS = 300;

export function createAutoPause(ports: AutoPausePorts): BrowserAutoPause {
	const { local, idle, isOnline, onChange } = ports;
	let settings = DEFAULT_SETTINGS;
	let damaged: readonly DamagedRecord[] = [];
	let isAway = false;
	const enqueue = createMutex();
	let reading: Promise<void> | undefined;
	/** Once, if it works. */
	function read(): Promise<void> {
		reading ??= local.get(SETTINGS_KEY).then(
			(found) => {
				const stored = found[SETTINGS_KEY];
				settings = parse(stored);
				damaged = isReadable(stored) ? [] : [DAMAGED_SETTINGS];
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
		damaged: () => damaged,
		forgetDamaged(record) {
			if (!damaged.some((each) => isSameRecord(each, record))) return;
			settings = DEFAULT_SETTINGS;
			damaged = [];
			onChange();
		},
		async save(change) {
			await enqueue(async () => {
				await read();
				const next = { ...settings, ...change };
				await local.set({ [SETTINGS_KEY]: next });
				settings = next;
				damaged = [];
			});
			await look();
			onChange();
		},
		pauseReasonFor(url) {
			if (isAway) return "away";
			const isHeld =
				settings.pauseWhenOffline && !isOnline() && !isLoopbackUrl(url);
			return isHeld ? "offline" : undefined;
		},
		isOnline,
		refresh: look,
	};
}

/** On this computer, which needs no network. */
function isLoopbackUrl(url: string | undefined): boolean {
	const endpoint = url === undefined ? undefined : parseEndpoint(url);
	return endpoint?.ok === true && isLoopback(endpoint.value.host);
}

function isReadable(value: unknown): boolean {
	if (value === undefined) return true;
	if (typeof value !== "object" || value === null || Array.isArray(value))
		return false;
	const { pauseWhenIdle = false, pauseWhenOffline = false } = value as Partial<
		Record<keyof Settings, unknown>
	>;
	return (
		typeof pauseWhenIdle === "boolean" && typeof pauseWhenOffline === "boolean"
	);
}

function parse(value: unknown): Settings {
	const { pauseWhenIdle, pauseWhenOffline } = (value ??
		{}) as Partial<Settings>;
	return {
		pauseWhenIdle: pauseWhenIdle === true,
		pauseWhenOffline: pauseWhenOffline === true,
	};
}
