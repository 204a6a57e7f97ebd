// The background's end of the wire: one port per view; commands come up, snapshots and replies go down.

import type { Engine } from "../core/engine.ts";
import type { ProfileId } from "../core/profile/profile.ts";
import type {
	CommandName,
	Message,
	Remote,
	Request,
} from "../core/protocol/commands.ts";
import { PORT_NAME } from "../core/protocol/commands.ts";
import { parseRequest, run } from "../core/protocol/parse-command.ts";
import { SNAPSHOT_SCHEMA, type Snapshot } from "../core/protocol/snapshot.ts";
import {
	changeBetween,
	type SnapshotChange,
	snapshotFor,
} from "../core/protocol/snapshot-change.ts";
import { refusalWords } from "../core/storage-refusal.ts";

/** The part of a runtime.Port that is used here. */
export interface ViewPort {
	readonly name: string;
	readonly sender?: { readonly id?: string | undefined } | undefined;
	postMessage(message: Message): void;
	disconnect(): void;
	readonly onMessage: {
		addListener(listener: (message: unknown) => void): void;
	};
	readonly onDisconnect: { addListener(listener: () => void): void };
}

export interface Views {
	/** For runtime.onConnect. A port that is not a view of this extension is turned away. */
	accept(port: ViewPort): void;
}

export interface ViewsOptions {
	readonly engine: Pick<Engine, "snapshot" | "current" | "subscribe">;
	readonly remote: Remote;
	readonly extensionId: string;
	/** Called with every command of the user: not those that a view gives by itself. */
	readonly onCommand?: () => void;
	/** Called when the first view opens and when the last one is gone. */
	readonly onOpenChange: (open: boolean) => void;
}

/** A panel left open must not keep the vault from being locked. */
const BY_ITSELF: ReadonlySet<CommandName> = new Set([
	"markSeen",
	"listDeployments",
	"listEvents",
	"listHosted",
]);

const OTHER_VERSION =
	"This page and the background are of different versions of the extension. Reload the extension, then try again.";

/** Changes of profiles that a view does not show wait so long for others: with many profiles there is always one. */
const COALESCE_MS = 250;

/** What is known of one view. */
interface View {
	readonly port: ViewPort;
	/** What it has when it has applied all that was posted; absent until it was sent a whole snapshot. */
	sent?: Snapshot;
	/** Of the last message that carried a snapshot or a change. */
	sequence: number;
	shown?: ProfileId | undefined;
	/** It was built for snapshots of another schema: all it can be told is that. */
	isForeign: boolean;
	timer?: ReturnType<typeof setTimeout> | undefined;
}

export function createViews(options: ViewsOptions): Views {
	const { engine, remote, extensionId, onOpenChange } = options;
	const views = new Set<View>();
	engine.subscribe((snapshot) => {
		for (const view of views) notice(view, snapshot);
	});

	function accept(port: ViewPort): void {
		if (port.sender?.id !== extensionId || port.name !== PORT_NAME) {
			port.disconnect();
			return;
		}
		const view: View = { port, sequence: 0, isForeign: false };
		views.add(view);
		onOpenChange(true);
		port.onDisconnect.addListener(() => {
			clearTimeout(view.timer);
			views.delete(view);
			onOpenChange(views.size > 0);
		});
		port.onMessage.addListener((message) => receive(view, message));
		void sendWhole(view);
	}

	function receive(view: View, message: unknown): void {
		const request = parseRequest(message);
		switch (request?.type) {
			case "ping":
				if (view.sent && !view.isForeign)
					post(view, { type: "pong", sequence: view.sequence });
				return;
			case "hello":
				view.isForeign = request.schema !== SNAPSHOT_SCHEMA;
				return;
			case "show":
				view.shown = request.id ?? undefined;
				sendChange(view);
				return;
			case "whole":
				void sendWhole(view);
				return;
			case "command":
				void answer(view, request);
		}
	}

	async function sendWhole(view: View): Promise<void> {
		// Nothing is known before what was stored has been read.
		await engine.snapshot();
		clearTimeout(view.timer);
		view.timer = undefined;
		view.sequence = 0;
		view.sent = snapshotFor(engine.current(), view.shown);
		const { sequence, sent: snapshot } = view;
		post(view, { type: "snapshot", sequence, snapshot });
	}

	/** At once where it is about what the view shows. */
	function notice(view: View, snapshot: Snapshot): void {
		const change = changeOf(view, snapshot);
		if (!change) return;
		if (isUrgent(view, change)) sendChange(view, snapshot);
		else view.timer ??= setTimeout(() => sendChange(view), COALESCE_MS);
	}

	function sendChange(view: View, snapshot = engine.current()): void {
		clearTimeout(view.timer);
		view.timer = undefined;
		const change = changeOf(view, snapshot);
		if (!change) return;
		view.sequence += 1;
		view.sent = snapshotFor(snapshot, view.shown);
		post(view, { type: "change", sequence: view.sequence, change });
	}

	async function answer(
		view: View,
		{ call, name, input }: Extract<Request, { type: "command" }>,
	): Promise<void> {
		if (view.isForeign) {
			post(view, { type: "refusal", call, reason: OTHER_VERSION });
			return;
		}
		if (!BY_ITSELF.has(name)) options.onCommand?.();
		const result = await run(remote, name, input).catch(failure);
		// A view that has its answer has seen what came of it.
		sendChange(view);
		post(
			view,
			result.ok
				? { type: "reply", call, value: result.value }
				: { type: "refusal", call, reason: result.error },
		);
	}

	// A view may close at any moment; a reply nobody waits for is no error.
	function post(view: View, message: Message): void {
		if (views.has(view)) view.port.postMessage(message);
	}

	return { accept };
}

function changeOf(view: View, snapshot: Snapshot): SnapshotChange | undefined {
	if (!view.sent || view.isForeign) return undefined;
	return changeBetween(view.sent, snapshotFor(snapshot, view.shown));
}

function isUrgent(
	{ shown }: View,
	{ profiles, order, head }: SnapshotChange,
): boolean {
	return (
		order !== undefined ||
		Object.keys(head).length > 1 ||
		profiles.some(({ profile }) => profile.id === shown)
	);
}

function failure(error: unknown): { ok: false; error: string } {
	return { ok: false, error: refusalWords(error) };
}
