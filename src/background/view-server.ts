import type { Engine } from "../core/engine.ts";
import type { ProfileId } from "../core/profile/profile.ts";
import {
	isBackgroundCommand,
	parseViewMessage,
	type Remote,
	runCommand,
} from "../core/protocol/commands.ts";
import {
	type BackgroundMessage,
	PORT_NAME,
	type ViewMessage,
} from "../core/protocol/messages.ts";
import { SNAPSHOT_SCHEMA, type Snapshot } from "../core/protocol/snapshot.ts";
import {
	diffSnapshots,
	type SnapshotChange,
	snapshotForView,
} from "../core/protocol/snapshot-diff.ts";
import { refusalMessage } from "../core/shared/storage-problems.ts";

/** The part of runtime.Port used here. */
export interface ViewPort {
	readonly name: string;
	readonly sender?: { readonly id?: string | undefined } | undefined;
	postMessage(message: BackgroundMessage): void;
	disconnect(): void;
	readonly onMessage: {
		addListener(listener: (message: unknown) => void): void;
	};
	readonly onDisconnect: { addListener(listener: () => void): void };
}

export interface ViewServer {
	/** For runtime.onConnect. Disconnects a port that does not belong to a view of this extension. */
	accept(port: ViewPort): void;
}

export interface ViewServerOptions {
	readonly engine: Pick<Engine, "snapshot" | "currentSnapshot" | "subscribe">;
	readonly remote: Remote;
	readonly extensionId: string;
	/** Called for every command that the user gave, as opposed to those that a view sends by itself. */
	readonly onCommand?: () => void;
	/** Called with whether any view is open, when one opens or closes. */
	readonly onOpenChange: (open: boolean) => void;
}

const VERSION_MISMATCH =
	"This page and the background are from different versions of the extension. Reload the extension, then try again.";

/** Changes of profiles that a view does not show are sent together at this interval. */
const COALESCE_MS = 250;

interface View {
	readonly port: ViewPort;
	/** The snapshot that the view has once it has applied all messages. Absent until it was sent a whole one. */
	lastSent?: Snapshot;
	/** The number of the last message with a snapshot or a change. */
	sequence: number;
	selectedProfile?: ProfileId | undefined;
	/** The view reads snapshots of another schema, so its commands are refused. */
	isIncompatible: boolean;
	timer?: ReturnType<typeof setTimeout> | undefined;
}

/** Serves the popup, panels and pages: one port per view, which receives commands and sends snapshots and replies. */
export function createViewServer(options: ViewServerOptions): ViewServer {
	const { engine, remote, extensionId, onOpenChange } = options;
	const views = new Set<View>();
	engine.subscribe((snapshot) => {
		for (const view of views) scheduleChange(view, snapshot);
	});

	function accept(port: ViewPort): void {
		if (port.sender?.id !== extensionId || port.name !== PORT_NAME) {
			port.disconnect();
			return;
		}
		const view: View = { port, sequence: 0, isIncompatible: false };
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
		const request = parseViewMessage(message);
		switch (request?.type) {
			case "ping":
				if (view.lastSent && !view.isIncompatible)
					post(view, { type: "pong", sequence: view.sequence });
				return;
			case "hello":
				view.isIncompatible = request.schema !== SNAPSHOT_SCHEMA;
				return;
			case "show":
				view.selectedProfile = request.id ?? undefined;
				sendChange(view);
				return;
			case "whole":
				void sendWhole(view);
				return;
			case "command":
				void answerCommand(view, request);
		}
	}

	async function sendWhole(view: View): Promise<void> {
		// Resolves once the stored state has been read.
		await engine.snapshot();
		clearTimeout(view.timer);
		view.timer = undefined;
		view.sequence = 0;
		view.lastSent = snapshotForView(
			engine.currentSnapshot(),
			view.selectedProfile,
		);
		const { sequence, lastSent: snapshot } = view;
		post(view, { type: "snapshot", sequence, snapshot });
	}

	/** Sends a change of what the view shows at once, other changes together. */
	function scheduleChange(view: View, snapshot: Snapshot): void {
		const change = changeOf(view, snapshot);
		if (!change) return;
		if (isUrgent(view, change)) sendChange(view, snapshot);
		else view.timer ??= setTimeout(() => sendChange(view), COALESCE_MS);
	}

	function sendChange(view: View, snapshot = engine.currentSnapshot()): void {
		clearTimeout(view.timer);
		view.timer = undefined;
		const change = changeOf(view, snapshot);
		if (!change) return;
		view.sequence += 1;
		view.lastSent = snapshotForView(snapshot, view.selectedProfile);
		post(view, { type: "change", sequence: view.sequence, change });
	}

	async function answerCommand(
		view: View,
		{ call, name, input }: Extract<ViewMessage, { type: "command" }>,
	): Promise<void> {
		if (view.isIncompatible) {
			post(view, { type: "refusal", call, reason: VERSION_MISMATCH });
			return;
		}
		// What a panel sends by itself must not keep the vault unlocked.
		if (!isBackgroundCommand(name)) options.onCommand?.();
		const result = await runCommand(remote, name, input).catch(toRefusal);
		// A reply must not arrive before the changes that the command made.
		sendChange(view);
		post(
			view,
			result.ok
				? { type: "reply", call, value: result.value }
				: { type: "refusal", call, reason: result.error },
		);
	}

	// A view may close at any moment. A reply to a closed view is not an error.
	function post(view: View, message: BackgroundMessage): void {
		if (views.has(view)) view.port.postMessage(message);
	}

	return { accept };
}

function changeOf(view: View, snapshot: Snapshot): SnapshotChange | undefined {
	if (!view.lastSent || view.isIncompatible) return undefined;
	return diffSnapshots(
		view.lastSent,
		snapshotForView(snapshot, view.selectedProfile),
	);
}

function isUrgent(
	{ selectedProfile }: View,
	{ profiles, order, head }: SnapshotChange,
): boolean {
	return (
		order !== undefined ||
		Object.keys(head).length > 1 ||
		profiles.some(({ profile }) => profile.id === selectedProfile)
	);
}

function toRefusal(error: unknown): { ok: false; error: string } {
	return { ok: false, error: refusalMessage(error) };
}
