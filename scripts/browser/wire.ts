// Speaks the port protocol from a page of the extension: sends commands, receives snapshots.
import type { Page } from "playwright";
import type {
	ProfileDraft,
	ProfileId,
} from "../../src/core/profile/profile.js";
// Types only. Named .js because tsc would rewrite .ts to a path that does not exist in build/.
import type { Remote } from "../../src/core/protocol/commands.js";
import type {
	BackgroundMessage,
	CommandName,
} from "../../src/core/protocol/messages.js";
import type { Snapshot } from "../../src/core/protocol/snapshot.js";

const PORT_NAME = "view";

/** Sends one command and closes the port again. */
export async function command<K extends CommandName>(
	stage: Page,
	name: K,
	...input: Parameters<Remote[K]>
): Promise<Awaited<ReturnType<Remote[K]>>> {
	const value = await stage.evaluate(sendCommand, {
		portName: PORT_NAME,
		name,
		input: input[0],
	});
	return value as Awaited<ReturnType<Remote[K]>>;
}

/** Saves a profile. Its name and its Region have defaults. */
export async function saveProfile(
	stage: Page,
	draft: Omit<ProfileDraft, "name" | "region"> & Partial<ProfileDraft>,
): Promise<ProfileId> {
	const { configurationProfile } = draft;
	return command(stage, "saveProfile", {
		profile: { name: configurationProfile, region: "us-east-1", ...draft },
	});
}

/** Calls back with every snapshot until the page is closed. The port keeps the worker awake. */
export async function watch(
	stage: Page,
	onSnapshot: (snapshot: Snapshot) => void,
): Promise<void> {
	await stage.exposeBinding("onSnapshot", (_source, snapshot: Snapshot) =>
		onSnapshot(snapshot),
	);
	await stage.evaluate(forwardSnapshots, PORT_NAME);
}

// The two functions below run in the page.

interface Sending {
	readonly portName: string;
	readonly name: string;
	readonly input: unknown;
}

function sendCommand({ portName, name, input }: Sending): Promise<unknown> {
	return new Promise((resolve, reject) => {
		const port = chrome.runtime.connect({ name: portName });
		port.onDisconnect.addListener(() =>
			reject(new Error("The worker went away before it answered.")),
		);
		port.onMessage.addListener((message: BackgroundMessage) => {
			if (message.type !== "reply" && message.type !== "refusal") return;
			port.disconnect();
			if (message.type === "reply") resolve(message.value);
			else reject(new Error(message.reason));
		});
		port.postMessage({ type: "command", call: 1, name, input });
	});
}

function forwardSnapshots(portName: string): void {
	const scope = globalThis as unknown as {
		onSnapshot(snapshot: Snapshot): void;
	};
	const connect = () => {
		const port = chrome.runtime.connect({ name: portName });
		port.onMessage.addListener((message: BackgroundMessage) => {
			if (message.type === "snapshot") scope.onSnapshot(message.snapshot);
			// Rebuilds the whole snapshot: speed does not matter here.
			if (message.type === "change") port.postMessage({ type: "whole" });
		});
		const pings = setInterval(() => port.postMessage({ type: "ping" }), 20_000);
		port.onDisconnect.addListener(() => {
			clearInterval(pings);
			connect();
		});
	};
	connect();
}
