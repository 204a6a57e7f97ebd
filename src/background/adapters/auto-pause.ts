import * as v from "valibot";
import { isLoopback, parseEndpoint } from "../../core/connection/endpoint.ts";
import { environmentChoicesSchema } from "../../core/profile/profile-schema.ts";
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

/** The part of the idle API used here. The API is absent without its permission. */
export interface Idle {
	queryState(seconds: number): Promise<string>;
}

export interface AutoPausePorts {
	readonly local: StorageArea;
	/** Called each time, since the permission may be granted and revoked. */
	readonly idle: () => Idle | undefined;
	readonly isOnline: () => boolean;
	readonly onChange: () => void;
}

export interface BrowserAutoPause {
	settings(): Settings;
	/** The stored settings when they are damaged. Readable ones are used, the others are off. */
	damaged(): readonly DamagedRecord[];
	/** Call when a damaged record was deleted. */
	forgetDamaged(record: Pick<DamagedRecord, "area" | "key">): void;
	/** Settings that are absent stay as they are. */
	save(change: Partial<Settings>): Promise<void>;
	/** For a profile whose calls go to `url`, or to AWS when absent. */
	pauseReasonFor(url: string | undefined): PauseReason | undefined;
	isOnline(): boolean;
	/** Checks whether the user is away. Never rejects: when it cannot be checked, nothing pauses. */
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
	const runExclusive = createMutex();
	let reading: Promise<void> | undefined;
	/** Reads the settings once; after an error the next call tries again. */
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
	// Started at once, since the first poll waits for it.
	void read().catch(() => undefined);
	async function look(): Promise<void> {
		let state: string | undefined;
		try {
			await read();
			if (settings.pauseWhenIdle)
				state = await idle()?.queryState(AWAY_SECONDS);
		} catch {
			// Polling goes on, and the next poll tries again.
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
			await runExclusive(async () => {
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

/** Needs no network. */
function isLoopbackUrl(url: string | undefined): boolean {
	const endpoint = url === undefined ? undefined : parseEndpoint(url);
	return endpoint?.ok === true && isLoopback(endpoint.value.host);
}

function isReadable(value: unknown): boolean {
	if (value === undefined) return true;
	if (typeof value !== "object" || value === null || Array.isArray(value))
		return false;
	const {
		pauseWhenIdle = false,
		pauseWhenOffline = false,
		environments = [],
	} = value as Partial<Record<keyof Settings, unknown>>;
	return (
		typeof pauseWhenIdle === "boolean" &&
		typeof pauseWhenOffline === "boolean" &&
		v.is(environmentChoicesSchema, environments)
	);
}

function parse(value: unknown): Settings {
	const { pauseWhenIdle, pauseWhenOffline, environments } = (value ??
		{}) as Partial<Settings>;
	const choices = v.safeParse(environmentChoicesSchema, environments);
	return {
		pauseWhenIdle: pauseWhenIdle === true,
		pauseWhenOffline: pauseWhenOffline === true,
		...(choices.success && { environments: choices.output }),
	};
}
