// A browser's runtime as a view sees it: ports that a test can answer on, lose, and refuse.
import type {
	BackgroundMessage,
	ViewMessage,
} from "../../../src/core/protocol/messages.ts";
import type {
	Page,
	Port,
	Runtime,
} from "../../../src/ui/background-client/port-client.ts";

export interface FakePort extends Port {
	/** What the view sent. */
	readonly sent: ViewMessage[];
	receive(message: BackgroundMessage | { readonly type: string }): void;
	/** The worker died. */
	lose(): void;
	readonly isOpen: () => boolean;
}

export interface FakeRuntime extends Runtime {
	id: string | undefined;
	readonly ports: FakePort[];
	latest(): FakePort;
}

export function createRuntime(): FakeRuntime {
	const ports: FakePort[] = [];
	const runtime: FakeRuntime = {
		id: "extension",
		ports,
		connect: () => {
			const port = createPort();
			ports.push(port);
			return port;
		},
		latest: () => {
			const port = ports.at(-1);
			if (!port) throw new Error("No port was opened.");
			return port;
		},
	};
	return runtime;
}

function createPort(): FakePort {
	const sent: ViewMessage[] = [];
	const heard: ((message: unknown) => void)[] = [];
	const left: (() => void)[] = [];
	let isOpen = true;
	return {
		sent,
		postMessage: (message) => {
			if (!isOpen)
				throw new Error("Attempting to use a disconnected port object");
			sent.push(message);
		},
		disconnect: () => {
			isOpen = false;
		},
		onMessage: { addListener: (listener) => heard.push(listener) },
		onDisconnect: { addListener: (listener) => left.push(listener) },
		receive: (message) => {
			for (const listener of heard) listener(message);
		},
		lose: () => {
			isOpen = false;
			for (const listener of left) listener();
		},
		isOpen: () => isOpen,
	};
}

export interface FakePage extends Page {
	show(isVisible: boolean): void;
}

export function createPage(): FakePage {
	const listeners = new Set<() => void>();
	let visibilityState = "visible";
	return {
		get visibilityState() {
			return visibilityState;
		},
		addEventListener: (_type, listener) => listeners.add(listener),
		removeEventListener: (_type, listener) => listeners.delete(listener),
		show: (isVisible) => {
			visibilityState = isVisible ? "visible" : "hidden";
			for (const listener of listeners) listener();
		},
	};
}
