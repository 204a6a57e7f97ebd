import fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import {
	createViewServer,
	type ViewPort,
} from "../../../src/background/view-server.ts";
import type { ProfileId } from "../../../src/core/profile/profile.ts";
import type { Remote } from "../../../src/core/protocol/commands.ts";
import type { BackgroundMessage } from "../../../src/core/protocol/messages.ts";
import type { Snapshot } from "../../../src/core/protocol/snapshot.ts";
import { snapshotForView } from "../../../src/core/protocol/snapshot-diff.ts";
import {
	createPortClient,
	type Port,
} from "../../../src/ui/background-client/port-client.ts";
import { createWorld } from "../../helpers/world.ts";
import { createPage } from "./fake-runtime.ts";

type Step =
	| { readonly what: "add" | "deploy" | "lose" | "drop" | "wait" | "restart" }
	| {
			readonly what: "delete" | "pause" | "resume" | "show" | "pin" | "note";
			readonly at: number;
	  };

const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({
		what: fc.constantFrom(
			"add" as const,
			"deploy" as const,
			"lose" as const,
			"drop" as const,
			"wait" as const,
			"restart" as const,
		),
	}),
	fc.record({
		what: fc.constantFrom(
			"delete" as const,
			"pause" as const,
			"resume" as const,
			"show" as const,
			"pin" as const,
			"note" as const,
		),
		at: fc.nat(5),
	}),
);

test("a view has the current snapshot, whatever messages are lost and however often the port breaks", async () => {
	vi.useFakeTimers({
		toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"],
	});
	onTestFinished(() => void vi.useRealTimers());
	await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), play), {
		numRuns: 150,
	});
});

async function play(steps: readonly Step[]): Promise<void> {
	const world = createWorld();
	const createBackground = () =>
		createViewServer({
			engine: world.engine,
			remote: world.engine.remote as Remote,
			extensionId: "self",
			onOpenChange: () => undefined,
		});
	let views = createBackground();
	let ports: { lose(): void }[] = [];
	let toDrop = 0;
	let seen: Snapshot | undefined;
	let shown: ProfileId | undefined;
	const page = createPage();
	const client = createPortClient({
		runtime: {
			id: "self",
			connect: () => {
				const pair = createPair((message) => {
					const isPart = message.type === "change" && toDrop > 0;
					if (isPart) toDrop -= 1;
					return !isPart;
				});
				ports.push(pair);
				views.accept(pair.background);
				return pair.view;
			},
		},
		page,
		afterPaint: (job) => job(),
		onSnapshot: (snapshot) => {
			seen = snapshot;
		},
		onStateChange: () => undefined,
	});
	const loseAll = () => {
		const old = ports;
		ports = [];
		for (const port of old) port.lose();
	};
	try {
		for (const one of steps) {
			await act(one);
			await settle();
		}
		// A ping tells of what was lost at last.
		for (let round = 0; round < 2; round += 1) {
			toDrop = 0;
			page.show(true);
			await settle();
		}
		expect(timeless(seen)).toEqual(
			timeless(snapshotForView(world.engine.currentSnapshot(), shown)),
		);
	} finally {
		client.close();
	}

	async function settle(): Promise<void> {
		await world.settle();
		vi.advanceTimersByTime(250);
		await world.settle();
		await world.settle();
	}

	async function act(one: Step): Promise<void> {
		const { remote } = world.engine;
		switch (one.what) {
			case "add":
				await world.add();
				return;
			case "deploy":
				world.service.deploy(`v${world.now}`);
				await world.advance(120_000);
				return;
			case "wait":
				await world.advance(60_000);
				return;
			case "lose":
				loseAll();
				return;
			case "drop":
				toDrop += 1;
				return;
			case "restart":
				world.restartWorker();
				await world.settle();
				views = createBackground();
				loseAll();
				return;
		}
		const { profiles } = await world.engine.snapshot();
		const profile = profiles[one.at % Math.max(1, profiles.length)];
		const id = profile?.profile.id;
		if (one.what === "show") {
			shown = id;
			client.showProfile(id);
		}
		if (!id || one.what === "show") return;
		const number = profile.versions.at(-1)?.number ?? 1;
		if (one.what === "delete") await remote.deleteProfile({ id });
		else if (one.what === "pin")
			await remote.pinVersion({ id, number, pinned: true });
		else if (one.what === "note")
			await remote.annotateVersion({ id, number, note: `at ${world.now}` });
		else await remote[one.what]({ id });
	}
}

/** The time alone is no change that is sent. */
function timeless(snapshot: Snapshot | undefined): unknown {
	return snapshot && { ...snapshot, takenAt: 0 };
}

/** Both ends of a port; messages are copied, and arrive in order a moment later. */
function createPair(arrives: (message: BackgroundMessage) => boolean) {
	const toView: ((message: unknown) => void)[] = [];
	const toBackground: ((message: unknown) => void)[] = [];
	const onViewLost: (() => void)[] = [];
	const onBackgroundLost: (() => void)[] = [];
	let isOpen = true;
	const send = (
		listeners: ((message: unknown) => void)[],
		message: unknown,
	) => {
		const copy = structuredClone(message);
		queueMicrotask(() => {
			if (isOpen) for (const listener of listeners) listener(copy);
		});
	};
	const background: ViewPort = {
		name: "view",
		sender: { id: "self" },
		postMessage: (message) => {
			if (arrives(message)) send(toView, message);
		},
		disconnect: () => undefined,
		onMessage: { addListener: (listener) => toBackground.push(listener) },
		onDisconnect: {
			addListener: (listener) => onBackgroundLost.push(listener),
		},
	};
	const view: Port = {
		postMessage: (message) => send(toBackground, message),
		disconnect: () => {
			isOpen = false;
			for (const listener of onBackgroundLost) listener();
		},
		onMessage: { addListener: (listener) => toView.push(listener) },
		onDisconnect: { addListener: (listener) => onViewLost.push(listener) },
	};
	return {
		background,
		view,
		lose: () => {
			isOpen = false;
			for (const listener of [...onBackgroundLost, ...onViewLost]) listener();
		},
	};
}
