import { expect, onTestFinished, test, vi } from "vitest";
import type { ProfileId } from "../../../src/core/profile/profile.ts";
import type { Snapshot } from "../../../src/core/protocol/snapshot.ts";
import { SNAPSHOT_SCHEMA } from "../../../src/core/protocol/snapshot.ts";
import { snapshotForView } from "../../../src/core/protocol/snapshot-diff.ts";
import {
	SNAPSHOT_KEY,
	toStoredHead,
} from "../../../src/core/protocol/stored-snapshot.ts";
import { DEFAULT_SETTINGS } from "../../../src/core/shared/settings.ts";
import {
	type BackgroundClient,
	createBackgroundClient,
} from "../../../src/ui/background-client/background-client.ts";
import type {
	LocalStorage,
	Surface,
} from "../../../src/ui/background-client/snapshot-storage.ts";
import { createWorld } from "../../helpers/world.ts";
import { createPage, createRuntime, type FakeRuntime } from "./fake-runtime.ts";

const STORED: Snapshot = {
	schema: SNAPSHOT_SCHEMA,
	takenAt: 1,
	profiles: [],
	connections: [],
	vault: { status: "none" },
	settings: DEFAULT_SETTINGS,
	problems: [],
};
const FRESH: Snapshot = { ...STORED, takenAt: 2 };
const ID = "one" as ProfileId;

function start(
	stored: Promise<Record<string, unknown>>,
	{
		runtime = createRuntime(),
		memory = createMemory(),
		surface = "popup",
	}: {
		runtime?: FakeRuntime;
		memory?: LocalStorage;
		surface?: Surface;
	} = {},
): BackgroundClient {
	const client = createBackgroundClient({
		runtime,
		storage: { get: () => stored },
		bodies: { readBody: async (id, number) => bodyOf(id, number) },
		page: createPage(),
		localStorage: memory,
		surface,
		afterPaint: (callback) => callback(),
	});
	onTestFinished(client.close);
	return client;
}

function createMemory(): LocalStorage & {
	readonly items: ReadonlyMap<string, string>;
} {
	const items = new Map<string, string>();
	return {
		items,
		getItem: (key) => items.get(key) ?? null,
		setItem: (key, value) => void items.set(key, value),
		removeItem: (key) => void items.delete(key),
	};
}

/** When everything that waits for a promise has run. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

const bodyOf = (id: string, number: number) =>
	new TextEncoder().encode(`${id} ${number}`);

const changed = (client: BackgroundClient) =>
	new Promise<void>((resolve) => client.subscribe(resolve));

test("the stored snapshot is there before the worker has answered", async () => {
	const client = start(
		Promise.resolve({ [SNAPSHOT_KEY]: JSON.stringify(toStoredHead(STORED)) }),
	);
	await changed(client);
	expect(client.getState()).toEqual({
		snapshot: STORED,
		connectionState: "connecting",
	});
});

test("a stored snapshot that is read late does not replace a received one", async () => {
	const runtime = createRuntime();
	const late = settled().then(() => ({
		[SNAPSHOT_KEY]: JSON.stringify(toStoredHead(STORED)),
	}));
	const client = start(late, { runtime });
	runtime.latest().receive({ type: "snapshot", sequence: 0, snapshot: FRESH });
	await settled();
	await settled();
	expect(client.getState().snapshot).toEqual(FRESH);
});

test.each([
	["nothing", {}],
	["half a snapshot", { [SNAPSHOT_KEY]: '{"schema":1,"prof' }],
	["another version's snapshot", { [SNAPSHOT_KEY]: '{"schema":2}' }],
	["no text", { [SNAPSHOT_KEY]: STORED }],
])("%s in storage is ignored", async (_what, stored) => {
	const runtime = createRuntime();
	const client = start(Promise.resolve(stored), { runtime });
	await settled();
	expect(client.getState().snapshot).toBeUndefined();
	runtime.latest().receive({ type: "snapshot", sequence: 0, snapshot: FRESH });
	expect(client.getState()).toEqual({
		snapshot: FRESH,
		connectionState: "connected",
	});
});

test("a storage that cannot be read delays nothing but the first snapshot", async () => {
	const runtime = createRuntime();
	const client = start(Promise.reject(new Error("corrupt")), { runtime });
	runtime.latest().receive({ type: "snapshot", sequence: 0, snapshot: FRESH });
	expect(client.getState().snapshot).toEqual(FRESH);
});

test("a subscriber is called after each change until it unsubscribes", () => {
	const runtime = createRuntime();
	const client = start(Promise.resolve({}), { runtime });
	let calls = 0;
	const stop = client.subscribe(() => {
		calls += 1;
	});
	runtime.latest().receive({ type: "snapshot", sequence: 0, snapshot: FRESH });
	const heard = calls;
	stop();
	runtime.latest().receive({ type: "snapshot", sequence: 0, snapshot: STORED });
	expect([heard > 0, calls]).toEqual([true, heard]);
});

test("a command is sent with its name and input, and resolves with its value", async () => {
	const runtime = createRuntime();
	const { remote } = start(Promise.resolve({}), { runtime });
	const answer = remote.pollNow({ id: ID });
	const sent = runtime.latest().sent.at(-1);
	expect(sent).toEqual({
		type: "command",
		call: 1,
		name: "pollNow",
		input: { id: ID },
	});
	runtime
		.latest()
		.receive({ type: "reply", call: 1, value: { status: "started" } });
	expect(await answer).toEqual({ status: "started" });
});

test("bodies are read without the worker", async () => {
	const client = start(Promise.resolve({}));
	expect(await client.readBody(ID, 3)).toEqual(bodyOf(ID, 3));
});

test("a view saves all versions of its profile, the newest of the others, and nothing of deleted profiles", async () => {
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	onTestFinished(() => {
		vi.useRealTimers();
	});
	const world = createWorld();
	const [one, two] = [await world.add(), await world.add({ name: "two" })];
	for (let number = 1; number <= 5; number += 1) {
		world.service.deploy(`v${number}`);
		await world.advance(120_000);
	}
	const memory = createMemory();
	const show = async (id: ProfileId, surface: Surface) => {
		const runtime = createRuntime();
		const client = start(Promise.resolve({}), { runtime, memory, surface });
		client.showProfile(id);
		const snapshot = snapshotForView(world.engine.currentSnapshot(), id);
		runtime.latest().receive({ type: "snapshot", sequence: 0, snapshot });
		await vi.advanceTimersByTimeAsync(500);
	};
	const recalled = (surface: Surface) =>
		start(Promise.resolve({}), { memory, surface })
			.getState()
			.snapshot?.profiles.map(({ versions }) => versions.length);
	await show(one, "popup");
	await show(two, "panel");
	expect(recalled("popup")).toEqual([5, 3]);
	expect(recalled("panel")).toEqual([3, 5]);
	expect(recalled("page")).toEqual([3, 3]);
	memory.setItem("summaries", "quotes values of both");
	await world.advance(120_000);
	await show(two, "panel");
	expect(memory.items.has("summaries")).toBe(true);
	await world.engine.remote.deleteProfile({ id: one });
	await show(two, "panel");
	expect(recalled("popup")).toEqual([3]);
	expect(memory.items.has("summaries")).toBe(false);
	expect([...memory.items.keys()].join()).not.toContain(one);
	expect([...memory.items.values()].join()).not.toContain(`"${one}"`);
});

test("the next view begins with the saved snapshot, and a newer one replaces it", async () => {
	vi.useFakeTimers();
	onTestFinished(() => {
		vi.useRealTimers();
	});
	const memory = createMemory();
	const runtime = createRuntime();
	start(Promise.resolve({}), { runtime, memory });
	runtime.latest().receive({ type: "snapshot", sequence: 0, snapshot: FRESH });
	await vi.advanceTimersByTimeAsync(500);

	const older = { [SNAPSHOT_KEY]: JSON.stringify(toStoredHead(STORED)) };
	const next = start(Promise.resolve(older), { memory });
	expect(next.getState().snapshot).toEqual(FRESH);
	await vi.advanceTimersByTimeAsync(0);
	expect(next.getState().snapshot).toEqual(FRESH);

	const newer = {
		[SNAPSHOT_KEY]: JSON.stringify({ ...toStoredHead(STORED), takenAt: 3 }),
	};
	const last = start(Promise.resolve(newer), { memory });
	await vi.advanceTimersByTimeAsync(0);
	expect(last.getState().snapshot?.takenAt).toBe(3);
});
