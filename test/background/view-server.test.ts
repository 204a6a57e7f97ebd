import fc from "fast-check";
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
import { createWorld, FORM } from "../helpers/world.ts";

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
	return { world, views, onOpenChange };
}

describe("the wire to the views", () => {
	it("sends a snapshot to each view that connects, and then what changes", async () => {
		const { world, views } = setUp();
		const view = createPort();
		views.accept(view.port);
		await world.settle();
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

	it("sends all versions of the profile on show, the newest three of others, and never what is unchanged", async () => {
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
		// Of what is not on show, a poll is one message, and nobody else's profile is in it.
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

	it("refuses the commands of a page that speaks another schema, and says why", async () => {
		const { world, views } = setUp();
		const id = await world.add();
		await world.settle();
		const view = createPort();
		views.accept(view.port);
		view.send({ type: "hello", schema: 99 });
		await world.settle();
		// By its schema the page finds out.
		expect(view.posted).toMatchObject([
			{ type: "snapshot", snapshot: { schema: SNAPSHOT_SCHEMA } },
		]);
		view.send({ type: "command", call: 1, name: "pause", input: { id } });
		await world.settle();
		expect(view.posted.slice(1)).toEqual([
			{
				type: "refusal",
				call: 1,
				reason: expect.stringContaining("Reload the extension"),
			},
		]);
		expect((await world.profile(id)).paused).toBe(false);
	});

	it("answers a command with its call number", async () => {
		const { world, views } = setUp();
		const view = createPort();
		views.accept(view.port);
		view.send({
			type: "command",
			call: 7,
			name: "saveProfile",
			input: { form: FORM },
		});
		await world.settle();
		expect(view.posted).toContainEqual({
			type: "reply",
			call: 7,
			value: { ok: true, value: "p1" },
		});
	});

	it.each([{ id: "another-extension" }, { name: "other" }])(
		"turns away %j",
		async (change) => {
			const { world, views, onOpenChange } = setUp();
			const stranger = createPort(change);
			views.accept(stranger.port);
			stranger.send({
				type: "command",
				call: 1,
				name: "saveProfile",
				input: { form: FORM },
			});
			await world.settle();
			expect(stranger.disconnect).toHaveBeenCalledOnce();
			expect(stranger.posted).toEqual([]);
			expect(onOpenChange).not.toHaveBeenCalled();
		},
	);

	it("knows whether any view is open", async () => {
		const { views, onOpenChange } = setUp();
		const [one, two] = [createPort(), createPort()];
		views.accept(one.port);
		views.accept(two.port);
		one.close();
		two.close();
		expect(onOpenChange.mock.calls.flat()).toEqual([true, true, true, false]);
	});

	it("does not answer a view that has gone", async () => {
		const { world, views } = setUp();
		const view = createPort();
		views.accept(view.port);
		await world.settle();
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

	it("tells a view when the browser could not store what it asked for", async () => {
		const { world, views } = setUp();
		const view = createPort();
		views.accept(view.port);
		await world.settle();
		world.disk.failNext();
		view.send({
			type: "command",
			call: 2,
			name: "saveProfile",
			input: { form: FORM },
		});
		await world.settle();
		expect(view.posted.at(-1)).toEqual({
			type: "refusal",
			call: 2,
			reason: expect.stringContaining(
				"Not saved: the disk or the browser's storage is full.",
			),
		});
	});

	it("refuses 10,000 malformed messages, and nothing is changed by them", async () => {
		const { world, views } = setUp();
		const id = await world.add();
		await world.settle();
		const view = createPort();
		views.accept(view.port);
		const before = JSON.stringify((await world.engine.snapshot()).profiles);
		// No command here is one that could succeed: ids are another's, or the rest of the input is wrong.
		const name = fc.oneof(
			fc.constantFrom("saveProfile", "deleteProfile", "pause", "resume"),
			fc.string(),
		);
		const input = fc.oneof(
			fc.anything(),
			fc.record({ id: fc.anything(), form: fc.anything() }),
		);
		const pin = fc.record({
			type: fc.constant("command"),
			call: fc.nat(),
			name: fc.constantFrom("pinVersion", "markSeen"),
			input: fc.record({
				id: fc.constant(id),
				number: fc.oneof(fc.string(), fc.integer({ max: -1 }), fc.double()),
				pinned: fc.anything(),
			}),
		});
		const command = fc.record({
			type: fc.constant("command"),
			call: fc.oneof(fc.nat(), fc.anything()),
			name,
			input,
		});
		const message = fc.oneof(fc.anything(), command, pin);
		await fc.assert(
			fc.asyncProperty(message, async (sent) => {
				view.send(sent);
			}),
			{ numRuns: 10_000 },
		);
		await world.settle();
		expect(JSON.stringify((await world.engine.snapshot()).profiles)).toBe(
			before,
		);
		for (const answer of view.posted)
			if (answer.type === "refusal")
				expect(answer.reason).toMatch(/^The command \w+ was not understood\.$/);
	});
});
