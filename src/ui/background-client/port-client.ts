// The port to the background: opened, kept alive by pings, reopened when the worker dies; every call is answered or rejected, none is sent twice.

import type { ProfileId } from "../../core/profile/profile.ts";
import {
	type BackgroundMessage,
	type CommandName,
	PORT_NAME,
	type ViewMessage,
} from "../../core/protocol/messages.ts";
import type { Snapshot } from "../../core/protocol/snapshot.ts";
import { applySnapshotChange } from "../../core/protocol/snapshot-diff.ts";
import { parseMessage, SCHEMA } from "./message.ts";

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
	/** Gone once the extension was updated or reloaded under an open view. */
	readonly id?: string | undefined;
	readonly lastError?: unknown;
	connect(info: { readonly name: string }): Port;
}

/** `document`, as far as needed: a hidden view neither pings nor reconnects, so that the worker may rest. */
export interface Page {
	readonly visibilityState: string;
	addEventListener(type: "visibilitychange", listener: () => void): void;
	removeEventListener(type: "visibilitychange", listener: () => void): void;
}

/**
 * `away`: the background does not answer for now; `outdated`: it never will, the view must be reopened;
 * `other-version`: it is of another version than this view, and the extension must be reloaded.
 */
export type ConnectionState =
	| "opening"
	| "open"
	| "away"
	| "outdated"
	| "other-version";

export interface PortClientOptions {
	readonly runtime: Runtime;
	readonly page: Page;
	/** When to connect for the first time. */
	readonly afterPaint: (job: () => void) => void;
	readonly onSnapshot: (snapshot: Snapshot) => void;
	readonly onState: (state: ConnectionState) => void;
}

export interface PortClient {
	call(name: CommandName, input: unknown): Promise<unknown>;
	/** The profile of which all versions are wanted. */
	show(id: ProfileId | undefined): void;
	close(): void;
}

export const DISCONNECTED =
	"The background stopped before it answered. Look whether it was done, then try again.";
export const OUTDATED = "The extension was updated: reopen this view.";
export const OTHER_VERSION =
	"Another version of the extension runs in the background. Reload the extension, then try again.";

/** A worker sleeps after 30 s without an event. https://developer.chrome.com/docs/extensions/develop/concepts/service-workers/lifecycle */
const PING_MS = 20_000;
/** A cold worker on a busy machine needs a second or so. */
const SILENCE_MS = 5_000;
const RETRY_BASE_MS = 100;
const RETRY_CAP_MS = 5_000;

interface Pending {
	resolve(value: unknown): void;
	reject(error: Error): void;
}

interface Ends extends PortClientOptions {
	readonly pending: Map<number, Pending>;
	port: Port | undefined;
	calls: number;
	/** As of the last message in order; absent until a whole one came, and after a change was lost. */
	snapshot: Snapshot | undefined;
	sequence: number;
	shown: ProfileId | undefined;
	isOtherVersion: boolean;
	/** Ports lost in a row without a word from the background. */
	failures: number;
	isClosed: boolean;
	ping: ReturnType<typeof setInterval> | undefined;
	retry: ReturnType<typeof setTimeout> | undefined;
	silence: ReturnType<typeof setTimeout> | undefined;
}

export function createPortClient(options: PortClientOptions): PortClient {
	const line: Ends = {
		...options,
		pending: new Map(),
		port: undefined,
		calls: 0,
		snapshot: undefined,
		sequence: 0,
		shown: undefined,
		isOtherVersion: false,
		failures: 0,
		isClosed: false,
		ping: undefined,
		retry: undefined,
		silence: undefined,
	};
	const onVisibility = () => attend(line);
	line.page.addEventListener("visibilitychange", onVisibility);
	line.afterPaint(() => attend(line));
	return {
		call: (name, input) => call(line, name, input),
		show: (id) => {
			line.shown = id;
			line.port?.postMessage({ type: "show", id: id ?? null });
		},
		close: () => {
			line.page.removeEventListener("visibilitychange", onVisibility);
			close(line);
		},
	};
}

// Visible: connected, pinging. Hidden: as long as the worker likes.
function attend(line: Ends): void {
	clearInterval(line.ping);
	if (line.page.visibilityState !== "visible" || line.isClosed) return;
	line.ping = setInterval(() => line.port?.postMessage(PING), PING_MS);
	if (open(line)) line.port?.postMessage(PING);
}

const PING: ViewMessage = { type: "ping" };

function open(line: Ends): boolean {
	if (line.port) return true;
	if (line.isClosed) return false;
	clearTimeout(line.retry);
	const port = connect(line);
	if (!port) return false;
	line.port = port;
	clearTimeout(line.silence);
	line.silence = setTimeout(() => line.onState("away"), SILENCE_MS);
	port.onMessage.addListener((message) => receive(line, message));
	port.onDisconnect.addListener(() => lost(line, port));
	port.postMessage({ type: "hello", schema: SCHEMA });
	if (line.shown !== undefined)
		port.postMessage({ type: "show", id: line.shown });
	return true;
}

function connect(line: Ends): Port | undefined {
	try {
		if (line.runtime.id !== undefined)
			return line.runtime.connect({ name: PORT_NAME });
	} catch {
		// "Extension context invalidated.": the only reason for connect to throw.
	}
	line.onState("outdated");
	close(line);
	return undefined;
}

function receive(line: Ends, raw: unknown): void {
	const message = parseMessage(raw);
	if (!message) return;
	line.failures = 0;
	clearTimeout(line.silence);
	if (message.type === "other-version") {
		line.isOtherVersion = true;
		line.onState("other-version");
		rejectAll(line, OTHER_VERSION);
		return;
	}
	if (message.type === "snapshot") {
		line.isOtherVersion = false;
		take(line, message.sequence, message.snapshot);
	}
	line.onState(line.isOtherVersion ? "other-version" : "open");
	if (message.type === "snapshot") return;
	if (message.type === "change") {
		change(line, message);
		return;
	}
	if (message.type === "pong") {
		if (line.snapshot && message.sequence !== line.sequence) askWhole(line);
		return;
	}
	const caller = line.pending.get(message.call);
	line.pending.delete(message.call);
	if (message.type === "reply") caller?.resolve(message.value);
	else caller?.reject(new Error(message.reason));
}

function take(line: Ends, sequence: number, snapshot: Snapshot): void {
	line.sequence = sequence;
	line.snapshot = snapshot;
	line.onSnapshot(snapshot);
}

/** In order, or not at all: what comes after a lost one is part of the whole that is asked for. */
function change(
	line: Ends,
	{ sequence, change }: Extract<BackgroundMessage, { type: "change" }>,
): void {
	if (!line.snapshot) return;
	const isNext = sequence === line.sequence + 1;
	const next = isNext ? applySnapshotChange(line.snapshot, change) : undefined;
	if (next) {
		take(line, sequence, next);
		return;
	}
	askWhole(line);
}

function askWhole(line: Ends): void {
	line.snapshot = undefined;
	line.port?.postMessage({ type: "whole" });
}

function lost(line: Ends, port: Port): void {
	// Reading it tells the browser that the reason is known; it is always "the worker stopped".
	void line.runtime.lastError;
	if (line.port !== port) return;
	line.port = undefined;
	line.snapshot = undefined;
	clearTimeout(line.silence);
	rejectAll(line, DISCONNECTED);
	line.failures += 1;
	if (line.page.visibilityState !== "visible" || line.isClosed) return;
	if (line.failures > 1) line.onState("away");
	line.retry = setTimeout(() => open(line), retryMs(line.failures));
}

/** At once, then 100 ms, 200 ms … 5 s. */
function retryMs(failures: number): number {
	if (failures <= 1) return 0;
	return Math.min(RETRY_BASE_MS * 2 ** (failures - 2), RETRY_CAP_MS);
}

function call(line: Ends, name: CommandName, input: unknown): Promise<unknown> {
	return new Promise((resolve, reject) => {
		if (!open(line) || !line.port) return reject(new Error(OUTDATED));
		if (line.isOtherVersion) return reject(new Error(OTHER_VERSION));
		line.calls += 1;
		line.pending.set(line.calls, { resolve, reject });
		line.port.postMessage({ type: "command", call: line.calls, name, input });
	});
}

function close(line: Ends): void {
	line.isClosed = true;
	clearInterval(line.ping);
	clearTimeout(line.retry);
	clearTimeout(line.silence);
	line.port?.disconnect();
	line.port = undefined;
	rejectAll(line, OUTDATED);
}

function rejectAll(line: Ends, reason: string): void {
	const callers = [...line.pending.values()];
	line.pending.clear();
	for (const caller of callers) caller.reject(new Error(reason));
}
