// What a view sees and when: the stored snapshot first, the background's own word above it.

import { expect, onTestFinished, test, vi } from "vitest";
import { SNAPSHOT_KEY } from "../../../src/core/contract.ts";
import type { ProfileId } from "../../../src/core/profile.ts";
import { DEFAULT_SETTINGS } from "../../../src/core/settings.ts";
import type { Snapshot } from "../../../src/core/snapshot.ts";
import { type Connection, connect } from "../../../src/ui/line/connect.ts";
import { createPage, createRuntime, type FakeRuntime } from "./fake-runtime.ts";

const STORED: Snapshot = {
	schema: 3,
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
	runtime: FakeRuntime = createRuntime(),
	memory = createMemory(),
): Connection {
	const connection = connect({
		runtime,
		storage: { get: () => stored },
		bodies: { readBody: async (id, number) => bodyOf(id, number) },
		page: createPage(),
		memory,
		afterPaint: (job) => job(),
	});
	onTestFinished(connection.close);
	return connection;
}

function createMemory(): Pick<Storage, "getItem" | "setItem"> {
	const items = new Map<string, string>();
	return {
		getItem: (key) => items.get(key) ?? null,
		setItem: (key, value) => void items.set(key, value),
	};
}

/** When everything that waits for a promise has run. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

const bodyOf = (id: string, number: number) =>
	new TextEncoder().encode(`${id} ${number}`);

const changed = (connection: Connection) =>
	new Promise<void>((resolve) => connection.subscribe(resolve));

test("the stored snapshot is there before the worker has answered", async () => {
	const connection = start(
		Promise.resolve({ [SNAPSHOT_KEY]: JSON.stringify(STORED) }),
	);
	await changed(connection);
	expect(connection.sight()).toEqual({ snapshot: STORED, line: "opening" });
});

test("a stored snapshot that comes late does not replace the background's own", async () => {
	const runtime = createRuntime();
	const late = settled().then(() => ({
		[SNAPSHOT_KEY]: JSON.stringify(STORED),
	}));
	const connection = start(late, runtime);
	runtime.latest().receive({ type: "snapshot", snapshot: FRESH });
	await settled();
	await settled();
	expect(connection.sight().snapshot).toEqual(FRESH);
});

test.each([
	["nothing", {}],
	["half a snapshot", { [SNAPSHOT_KEY]: '{"schema":1,"prof' }],
	["another version's snapshot", { [SNAPSHOT_KEY]: '{"schema":2}' }],
	["no text", { [SNAPSHOT_KEY]: STORED }],
])("%s in storage is waited over", async (_what, stored) => {
	const runtime = createRuntime();
	const connection = start(Promise.resolve(stored), runtime);
	await settled();
	expect(connection.sight().snapshot).toBeUndefined();
	runtime.latest().receive({ type: "snapshot", snapshot: FRESH });
	expect(connection.sight()).toEqual({ snapshot: FRESH, line: "open" });
});

test("a storage that cannot be read costs the head start, nothing else", async () => {
	const runtime = createRuntime();
	const connection = start(Promise.reject(new Error("corrupt")), runtime);
	runtime.latest().receive({ type: "snapshot", snapshot: FRESH });
	expect(connection.sight().snapshot).toEqual(FRESH);
});

test("a subscriber hears of changes until it stops listening", () => {
	const runtime = createRuntime();
	const connection = start(Promise.resolve({}), runtime);
	let calls = 0;
	const stop = connection.subscribe(() => {
		calls += 1;
	});
	runtime.latest().receive({ type: "snapshot", snapshot: FRESH });
	const heard = calls;
	stop();
	runtime.latest().receive({ type: "snapshot", snapshot: STORED });
	expect([heard > 0, calls]).toEqual([true, heard]);
});

test("a command goes out by its name with its input and comes back with its value", async () => {
	const runtime = createRuntime();
	const { remote } = start(Promise.resolve({}), runtime);
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
	const connection = start(Promise.resolve({}));
	expect(await connection.readBody(ID, 3)).toEqual(bodyOf(ID, 3));
});

test("what a view saw last is there for the next one at once, and gives way to what is newer", async () => {
	vi.useFakeTimers();
	onTestFinished(() => {
		vi.useRealTimers();
	});
	const memory = createMemory();
	const runtime = createRuntime();
	start(Promise.resolve({}), runtime, memory);
	runtime.latest().receive({ type: "snapshot", snapshot: FRESH });
	await vi.advanceTimersByTimeAsync(500);

	const older = { [SNAPSHOT_KEY]: JSON.stringify(STORED) };
	const next = start(Promise.resolve(older), createRuntime(), memory);
	expect(next.sight().snapshot).toEqual(FRESH);
	await vi.advanceTimersByTimeAsync(0);
	expect(next.sight().snapshot).toEqual(FRESH);

	const newer = { [SNAPSHOT_KEY]: JSON.stringify({ ...STORED, takenAt: 3 }) };
	const last = start(Promise.resolve(newer), createRuntime(), memory);
	await vi.advanceTimersByTimeAsync(0);
	expect(last.sight().snapshot?.takenAt).toBe(3);
});
