import { describe, expect, it, onTestFinished, vi } from "vitest";
import {
	createViewServer,
	type ViewPort,
} from "../../src/background/view-server.ts";
import type { Remote } from "../../src/core/protocol/commands.ts";
import {
	type BackgroundMessage,
	PORT_NAME,
} from "../../src/core/protocol/messages.ts";
import { SNAPSHOT_SCHEMA } from "../../src/core/protocol/snapshot.ts";
import { createWorld, DRAFT } from "../helpers/world.ts";

function createPort(change: { id?: string; name?: string } = {}) {
	const posted: BackgroundMessage[] = [];
	let receive: (message: unknown) => void = () => undefined;
	let close: () => void = () => undefined;
	const disconnect = vi.fn();
	const port: ViewPort = {
		name: change.name ?? PORT_NAME,
		sender: { id: change.id ?? "self" },
		postMessage: (message) => posted.push(structuredClone(message)),
		disconnect,
		onMessage: { addListener: (listener) => (receive = listener) },
		onDisconnect: { addListener: (listener) => (close = listener) },
	};
	return {
		port,
		posted,
		disconnect,
		send: (message: unknown) => receive(message),
		close: () => close(),
	};
}

function setUp() {
	const world = createWorld();
	const onOpenChange = vi.fn();
	const views = createViewServer({
		engine: world.engine,
		remote: world.engine.remote as Remote,
		extensionId: "self",
		onOpenChange,
	});
	/** A view that has its snapshot. */
	const connect = async () => {
		const view = createPort();
		views.accept(view.port);
		await world.settle();
		return view;
	};
	const send = async (view: ReturnType<typeof createPort>, message: object) => {
		view.send({ type: "command", ...message });
		await world.settle();
	};
	return { world, views, onOpenChange, connect, send };
}

describe("the view server", () => {
	it("sends a snapshot to a view that connects, then changes", async () => {
		const { world, connect } = setUp();
		const view = await connect();
		expect(view.posted[0]).toMatchObject({
			type: "snapshot",
			snapshot: { profiles: [] },
		});
		await world.add();
		const last = view.posted.at(-1);
		expect(last).toMatchObject({
			type: "change",
			change: { profiles: [{ profile: { name: "settings" } }], order: ["p1"] },
		});
		await world.settle();
		const sequences = view.posted.map((message) =>
			"sequence" in message ? message.sequence : undefined,
		);
		expect(sequences).toEqual(sequences.map((_, at) => at));
	});

	it("sends all versions of the selected profile, the newest three of others, and nothing unchanged", async () => {
		vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
		onTestFinished(() => void vi.useRealTimers());
		const { world, views } = setUp();
		const [one, two] = [await world.add(), await world.add({ name: "two" })];
		for (let number = 1; number <= 5; number += 1) {
			world.service.deploy(`v${number}`);
			await world.advance(120_000);
		}
		const view = createPort();
		views.accept(view.port);
		view.send({ type: "show", id: one });
		await world.settle();
		const numbersOf = (message: BackgroundMessage | undefined) =>
			message?.type === "snapshot" || message?.type === "change"
				? (message.type === "snapshot"
						? message.snapshot
						: message.change
					).profiles.map(({ profile, versions, versionCount }) => [
						profile.id,
						versions.map(({ number }) => number),
						versionCount,
					])
				: undefined;
		expect(numbersOf(view.posted.at(-1))).toEqual([
			[one, [5, 4, 3, 2, 1], 5],
			[two, [5, 4, 3], 5],
		]);
		view.posted.length = 0;
		// The changes of a profile that is not selected are one message, with no other profile in it.
		await world.engine.remote.pause({ id: one });
		await world.engine.remote.pause({ id: two });
		await world.engine.remote.resume({ id: two });
		vi.advanceTimersByTime(250);
		expect(view.posted.map(numbersOf)).toEqual([
			[[one, [5, 4, 3, 2, 1], 5]],
			[[two, [5, 4, 3], 5]],
		]);
		view.posted.length = 0;
		view.send({ type: "show", id: two });
		expect(view.posted.map(numbersOf)).toEqual([
			[
				[one, [5, 4, 3], 5],
				[two, [5, 4, 3, 2, 1], 5],
			],
		]);
	});

	it("refuses the commands of a page with another snapshot schema, and says why", async () => {
		const { world, views, send } = setUp();
		const id = await world.add();
		await world.settle();
		const view = createPort();
		views.accept(view.port);
		view.send({ type: "hello", schema: 99 });
		await world.settle();
		// The page compares the schema of this snapshot with its own.
		expect(view.posted).toMatchObject([
			{ type: "snapshot", snapshot: { schema: SNAPSHOT_SCHEMA } },
		]);
		await send(view, { call: 1, name: "pause", input: { id } });
		expect(view.posted.slice(1)).toEqual([
			{
				type: "refusal",
				call: 1,
				reason: expect.stringContaining("Reload the extension"),
			},
		]);
		expect((await world.profile(id)).paused).toBe(false);
	});

	it("replies to a command with its call number", async () => {
		const { connect, send } = setUp();
		const view = await connect();
		await send(view, {
			call: 7,
			name: "saveProfile",
			input: { profile: DRAFT },
		});
		expect(view.posted).toContainEqual({
			type: "reply",
			call: 7,
			value: "p1",
		});
	});

	it.each([{ id: "another-extension" }, { name: "other" }])(
		"disconnects a port of %j",
		async (change) => {
			const { views, onOpenChange, send } = setUp();
			const stranger = createPort(change);
			views.accept(stranger.port);
			await send(stranger, {
				call: 1,
				name: "saveProfile",
				input: { profile: DRAFT },
			});
			expect(stranger.disconnect).toHaveBeenCalledOnce();
			expect(stranger.posted).toEqual([]);
			expect(onOpenChange).not.toHaveBeenCalled();
		},
	);

	it("reports whether any view is open", async () => {
		const { views, onOpenChange } = setUp();
		const [one, two] = [createPort(), createPort()];
		views.accept(one.port);
		views.accept(two.port);
		one.close();
		two.close();
		expect(onOpenChange.mock.calls.flat()).toEqual([true, true, true, false]);
	});

	it("does not reply to a view that has closed", async () => {
		const { world, connect } = setUp();
		const view = await connect();
		view.send({
			type: "command",
			call: 1,
			name: "pollNow",
			input: { id: "p1" },
		});
		view.close();
		const before = view.posted.length;
		await world.settle();
		expect(view.posted).toHaveLength(before);
	});

	it("refuses a command whose change could not be stored, and says why", async () => {
		const { world, connect, send } = setUp();
		const view = await connect();
		world.storage.failNextSave();
		await send(view, {
			call: 2,
			name: "saveProfile",
			input: { profile: DRAFT },
		});
		expect(view.posted.at(-1)).toEqual({
			type: "refusal",
			call: 2,
			reason: expect.stringContaining(
				"Not saved: the disk or the browser's storage is full.",
			),
		});
	});
});
