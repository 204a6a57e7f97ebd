import type { ProfileId } from "../../core/profile/profile.ts";
import {
	type BackgroundMessage,
	type CommandName,
	PORT_NAME,
	type ViewMessage,
} from "../../core/protocol/messages.ts";
import {
	SNAPSHOT_SCHEMA,
	type Snapshot,
} from "../../core/protocol/snapshot.ts";
import { applySnapshotChange } from "../../core/protocol/snapshot-diff.ts";
import { isRecord } from "./snapshot-storage.ts";

/** The part of runtime.Port used here. */
export interface Port {
	postMessage(message: ViewMessage): void;
	disconnect(): void;
	readonly onMessage: {
		addListener(listener: (message: unknown) => void): void;
	};
	readonly onDisconnect: { addListener(listener: () => void): void };
}

export interface Runtime {
	/** Absent once the extension was updated or reloaded while the view is open. */
	readonly id?: string | undefined;
	readonly lastError?: unknown;
	connect(info: { readonly name: string }): Port;
}

/** The part of `document` used here. */
export interface Page {
	readonly visibilityState: string;
	addEventListener(type: "visibilitychange", listener: () => void): void;
	removeEventListener(type: "visibilitychange", listener: () => void): void;
}

/**
 * `reconnecting`: the background does not answer at the moment. `outdated`: the extension was updated, and this view must be
 * opened again. `other-version`: the background runs another version than this view, and the extension must be reloaded.
 */
export type ConnectionState =
	| "connecting"
	| "connected"
	| "reconnecting"
	| "outdated"
	| "other-version";

export interface PortClientOptions {
	readonly runtime: Runtime;
	readonly page: Page;
	/** Runs a callback after the first paint, so that a worker that starts does not delay it. */
	readonly afterPaint: (callback: () => void) => void;
	readonly onSnapshot: (snapshot: Snapshot) => void;
	readonly onStateChange: (state: ConnectionState) => void;
}

export interface PortClient {
	/** Rejects with a sentence for the user. */
	call(name: CommandName, input: unknown): Promise<unknown>;
	/** Of this profile the snapshots hold all versions, of the others only the newest few. */
	showProfile(id: ProfileId | undefined): void;
	close(): void;
}

export const DISCONNECTED =
	"The background stopped before it answered. Check whether it was done, then try again.";
export const OUTDATED =
	"The extension was updated. Close this view and open it again.";
export const OTHER_VERSION =
	"Another version of the extension runs in the background. Reload the extension, then try again.";

/** A worker stops after 30 s without an event. https://developer.chrome.com/docs/extensions/develop/concepts/service-workers/lifecycle */
const PING_MS = 20_000;
/** A worker that starts on a busy machine needs about a second. */
const SILENCE_MS = 5_000;
const RETRY_BASE_MS = 100;
const RETRY_MAX_MS = 5_000;

interface PendingCall {
	resolve(value: unknown): void;
	reject(error: Error): void;
}

/**
 * Connects to the background and reconnects when the browser stops its worker: at once while the page is visible, otherwise when
 * it is shown again, so that a hidden view does not keep the worker running. Each call is answered or rejected. None is sent
 * twice, because the command may have been carried out before the worker stopped.
 */
export function createPortClient(options: PortClientOptions): PortClient {
	const { runtime, page, onSnapshot, onStateChange } = options;
	const pendingCalls = new Map<number, PendingCall>();
	let callCount = 0;
	let port: Port | undefined;
	let isClosed = false;
	let isOtherVersion = false;
	let shownProfile: ProfileId | undefined;
	/** Absent until a whole snapshot has arrived, and after a change was lost. */
	let snapshot: Snapshot | undefined;
	/** Of the last snapshot or change that was applied. */
	let sequence = 0;
	/** Disconnections in a row without a message in between. */
	let failureCount = 0;
	let pingTimer: ReturnType<typeof setInterval> | undefined;
	let retryTimer: ReturnType<typeof setTimeout> | undefined;
	let silenceTimer: ReturnType<typeof setTimeout> | undefined;

	page.addEventListener("visibilitychange", onVisibilityChange);
	options.afterPaint(onVisibilityChange);
	return {
		call,
		showProfile(id) {
			shownProfile = id;
			port?.postMessage({ type: "show", id: id ?? null });
		},
		close() {
			page.removeEventListener("visibilitychange", onVisibilityChange);
			stop();
		},
	};

	function onVisibilityChange(): void {
		clearInterval(pingTimer);
		if (page.visibilityState !== "visible" || isClosed) return;
		pingTimer = setInterval(ping, PING_MS);
		if (connect()) ping();
	}

	function ping(): void {
		port?.postMessage({ type: "ping" });
	}

	function connect(): Port | undefined {
		if (port || isClosed) return port;
		clearTimeout(retryTimer);
		const opened = openPort();
		if (!opened) return undefined;
		port = opened;
		clearTimeout(silenceTimer);
		silenceTimer = setTimeout(() => onStateChange("reconnecting"), SILENCE_MS);
		opened.onMessage.addListener(onMessage);
		opened.onDisconnect.addListener(() => onDisconnect(opened));
		opened.postMessage({ type: "hello", schema: SNAPSHOT_SCHEMA });
		if (shownProfile !== undefined)
			opened.postMessage({ type: "show", id: shownProfile });
		return opened;
	}

	function openPort(): Port | undefined {
		try {
			if (runtime.id !== undefined) return runtime.connect({ name: PORT_NAME });
		} catch {
			// "Extension context invalidated." is the only reason for `connect` to throw.
		}
		onStateChange("outdated");
		stop();
		return undefined;
	}

	function onMessage(raw: unknown): void {
		const message = parseMessage(raw);
		if (!message) return;
		failureCount = 0;
		clearTimeout(silenceTimer);
		if (message.type === "other-version") {
			isOtherVersion = true;
			rejectPendingCalls(OTHER_VERSION);
		} else if (message.type === "snapshot") {
			isOtherVersion = false;
			publish(message.sequence, message.snapshot);
		}
		onStateChange(isOtherVersion ? "other-version" : "connected");
		switch (message.type) {
			case "change":
				applyInOrder(message);
				break;
			case "pong":
				// The background counts the changes that it has sent: the last one may have been lost.
				if (snapshot && message.sequence !== sequence) requestSnapshot();
				break;
			case "reply":
				takeCall(message.call)?.resolve(message.value);
				break;
			case "refusal":
				takeCall(message.call)?.reject(new Error(message.reason));
				break;
		}
	}

	function applyInOrder({ sequence: number, change }: ChangeMessage): void {
		// A whole snapshot is on its way, which has this change in it.
		if (!snapshot) return;
		const next =
			number === sequence + 1
				? applySnapshotChange(snapshot, change)
				: undefined;
		if (next) publish(number, next);
		else requestSnapshot();
	}

	function publish(number: number, next: Snapshot): void {
		sequence = number;
		snapshot = next;
		onSnapshot(next);
	}

	function requestSnapshot(): void {
		snapshot = undefined;
		port?.postMessage({ type: "whole" });
	}

	function onDisconnect(lost: Port): void {
		// An unread `lastError` is logged as an error of the extension.
		void runtime.lastError;
		if (port !== lost) return;
		port = undefined;
		snapshot = undefined;
		clearTimeout(silenceTimer);
		rejectPendingCalls(DISCONNECTED);
		failureCount += 1;
		if (page.visibilityState !== "visible" || isClosed) return;
		if (failureCount > 1) onStateChange("reconnecting");
		retryTimer = setTimeout(connect, retryDelay(failureCount));
	}

	function call(name: CommandName, input: unknown): Promise<unknown> {
		return new Promise((resolve, reject) => {
			const connected = connect();
			if (!connected) return reject(new Error(OUTDATED));
			if (isOtherVersion) return reject(new Error(OTHER_VERSION));
			callCount += 1;
			pendingCalls.set(callCount, { resolve, reject });
			connected.postMessage({ type: "command", call: callCount, name, input });
		});
	}

	function takeCall(number: number): PendingCall | undefined {
		const pending = pendingCalls.get(number);
		pendingCalls.delete(number);
		return pending;
	}

	function rejectPendingCalls(reason: string): void {
		const calls = [...pendingCalls.values()];
		pendingCalls.clear();
		for (const { reject } of calls) reject(new Error(reason));
	}

	function stop(): void {
		isClosed = true;
		clearInterval(pingTimer);
		clearTimeout(retryTimer);
		clearTimeout(silenceTimer);
		port?.disconnect();
		port = undefined;
		rejectPendingCalls(OUTDATED);
	}
}

type ChangeMessage = Extract<BackgroundMessage, { type: "change" }>;

/** 0 after the first failure, then 100 ms, 200 ms … 5 s. */
function retryDelay(failureCount: number): number {
	if (failureCount <= 1) return 0;
	return Math.min(RETRY_BASE_MS * 2 ** (failureCount - 2), RETRY_MAX_MS);
}

/** `undefined` for anything that a background of this version does not send. */
function parseMessage(
	raw: unknown,
): BackgroundMessage | { readonly type: "other-version" } | undefined {
	if (!isRecord(raw)) return undefined;
	const { type, call, value, reason, sequence, snapshot, change } = raw;
	if (type === "snapshot") {
		if (!isRecord(snapshot)) return undefined;
		const { schema } = snapshot;
		if (typeof schema === "number" && schema !== SNAPSHOT_SCHEMA)
			return { type: "other-version" };
		return isSnapshot(snapshot) && typeof sequence === "number"
			? { type, sequence, snapshot }
			: undefined;
	}
	if (type === "change")
		return typeof sequence === "number" && isRecord(change)
			? ({ type, sequence, change } as unknown as BackgroundMessage)
			: undefined;
	if (type === "pong" && typeof sequence === "number")
		return { type, sequence };
	if (typeof call !== "number") return undefined;
	if (type === "reply") return { type, call, value };
	if (type === "refusal" && typeof reason === "string")
		return { type, call, reason };
	return undefined;
}

/** The schema number vouches for everything else in it. */
function isSnapshot(
	value: Record<string, unknown>,
): value is Record<string, unknown> & Snapshot {
	return Array.isArray(value.profiles) && Array.isArray(value.problems);
}
