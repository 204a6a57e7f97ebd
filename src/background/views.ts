// The background's end of the wire: one port per view; commands come up, snapshots and replies go down.
import type { CommandName, Message, Remote } from "../core/contract.ts";
import { PORT_NAME } from "../core/contract.ts";
import type { Engine } from "../core/engine.ts";
import { parseRequest, run } from "../core/request.ts";

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
	readonly engine: Pick<Engine, "snapshot" | "subscribe">;
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

export function createViews(options: ViewsOptions): Views {
	const { engine, remote, extensionId, onOpenChange } = options;
	const ports = new Set<ViewPort>();
	engine.subscribe((snapshot) => {
		for (const port of ports) post(port, { type: "snapshot", snapshot });
	});

	function accept(port: ViewPort): void {
		if (port.sender?.id !== extensionId || port.name !== PORT_NAME) {
			port.disconnect();
			return;
		}
		ports.add(port);
		onOpenChange(true);
		port.onDisconnect.addListener(() => {
			ports.delete(port);
			onOpenChange(ports.size > 0);
		});
		port.onMessage.addListener((message) => void answer(port, message));
		void engine
			.snapshot()
			.then((snapshot) => post(port, { type: "snapshot", snapshot }));
	}

	async function answer(port: ViewPort, message: unknown): Promise<void> {
		const request = parseRequest(message);
		if (request?.type !== "command") return;
		const { call, name, input } = request;
		if (!BY_ITSELF.has(name)) options.onCommand?.();
		const result = await run(remote, name, input).catch(failure);
		post(
			port,
			result.ok
				? { type: "reply", call, value: result.value }
				: { type: "refusal", call, reason: result.error },
		);
	}

	// A view may close at any moment; a reply nobody waits for is no error.
	function post(port: ViewPort, message: Message): void {
		if (ports.has(port)) port.postMessage(message);
	}

	return { accept };
}

// Of an unexpected error only the name is told: what was sent may be quoted in its message.
function failure(error: unknown): { ok: false; error: string } {
	const name = error instanceof Error ? error.name : "unknown error";
	return {
		ok: false,
		error: `The browser could not do this, or not all of it (${name}). Look whether it is as you want it, and try again.`,
	};
}
