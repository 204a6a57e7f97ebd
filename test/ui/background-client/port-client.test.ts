import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ProfileId } from "../../../src/core/profile/profile.ts";
import {
	SNAPSHOT_SCHEMA,
	type Snapshot,
} from "../../../src/core/protocol/snapshot.ts";
import { DEFAULT_SETTINGS } from "../../../src/core/shared/settings.ts";
import {
	type ConnectionState,
	createPortClient,
	DISCONNECTED,
	OTHER_VERSION,
	OUTDATED,
	type PortClient,
} from "../../../src/ui/background-client/port-client.ts";
import {
	createPage,
	createRuntime,
	type FakePage,
	type FakeRuntime,
} from "./fake-runtime.ts";

const SNAPSHOT: Snapshot = {
	schema: SNAPSHOT_SCHEMA,
	takenAt: 0,
	profiles: [],
	connections: [],
	vault: { status: "none" },
	settings: DEFAULT_SETTINGS,
	problems: [],
};
const WORD = { type: "snapshot", sequence: 0, snapshot: SNAPSHOT } as const;

let runtime: FakeRuntime;
let page: FakePage;
let states: ConnectionState[];
let snapshots: Snapshot[];
let client: PortClient;

beforeEach(() => {
	vi.useFakeTimers();
	runtime = createRuntime();
	page = createPage();
	states = [];
	snapshots = [];
	client = open();
});

afterEach(() => {
	client.close();
	vi.useRealTimers();
});

function open(): PortClient {
	return createPortClient({
		runtime,
		page,
		afterPaint: (callback) => callback(),
		onSnapshot: (snapshot) => snapshots.push(snapshot),
		onStateChange: (state) => states.push(state),
	});
}

const typesSent = (port = runtime.latest()) =>
	port.sent.map(({ type }) => type);

test("every snapshot is passed on", () => {
	runtime.latest().receive(WORD);
	runtime.latest().receive(WORD);
	expect(snapshots).toEqual([SNAPSHOT, SNAPSHOT]);
	expect(states.at(-1)).toBe("connected");
});

test("messages that no background sends are ignored", () => {
	runtime.latest().receive({ type: "snapshot" });
	runtime.latest().receive({ type: "gossip" });
	expect(snapshots).toEqual([]);
});

test("changes are applied in order, and a whole snapshot is requested when one is lost", () => {
	const change = (sequence: number, problem: string) =>
		runtime.latest().receive({
			type: "change",
			sequence,
			change: {
				profiles: [],
				head: { takenAt: sequence, problems: [problem] },
			},
		});
	// Nothing to apply it to yet.
	change(1, "early");
	runtime.latest().receive(WORD);
	change(1, "first");
	change(3, "third");
	change(4, "fourth");
	expect(snapshots.map(({ problems }) => problems)).toEqual([[], ["first"]]);
	expect(typesSent()).toEqual(["hello", "ping", "whole"]);
	runtime.latest().receive(WORD);
	change(1, "again");
	expect(snapshots.at(-1)?.problems).toEqual(["again"]);
});

test("each new worker is told which profile is on show", () => {
	client.showProfile("a" as ProfileId);
	expect(runtime.latest().sent.at(-1)).toEqual({ type: "show", id: "a" });
	runtime.latest().lose();
	vi.advanceTimersByTime(0);
	expect(runtime.latest().sent).toEqual([
		{ type: "hello", schema: SNAPSHOT_SCHEMA },
		{ type: "show", id: "a" },
	]);
});

test.each([SNAPSHOT_SCHEMA - 1, SNAPSHOT_SCHEMA + 1])(
	"no command is sent to a worker of schema %i, which is of another version",
	async (schema) => {
		const early = client.call("pause", { id: "a" });
		runtime.latest().receive({
			type: "snapshot",
			snapshot: { schema, profiles: "unknown here" },
		} as never);
		await expect(early).rejects.toThrow(OTHER_VERSION);
		expect(states.at(-1)).toBe("other-version");
		expect(snapshots).toEqual([]);
		await expect(client.call("pause", { id: "a" })).rejects.toThrow(
			OTHER_VERSION,
		);
		expect(typesSent().filter((type) => type === "command")).toHaveLength(1);
		// Time does not make it one that does not answer.
		vi.advanceTimersByTime(60_000);
		expect(states.at(-1)).toBe("other-version");
		runtime.latest().lose();
		vi.advanceTimersByTime(0);
		runtime.latest().receive(WORD);
		expect(states.at(-1)).toBe("connected");
		expect(snapshots).toEqual([SNAPSHOT]);
	},
);

test("an open view keeps the worker awake with a ping every 20 seconds", () => {
	expect(typesSent()).toEqual(["hello", "ping"]);
	vi.advanceTimersByTime(60_000);
	expect(typesSent()).toEqual(["hello", "ping", "ping", "ping", "ping"]);
});

test("a hidden view lets the worker sleep and does not wake it", () => {
	page.show(false);
	vi.advanceTimersByTime(120_000);
	runtime.latest().lose();
	vi.advanceTimersByTime(120_000);
	expect(runtime.ports).toHaveLength(1);
	expect(typesSent()).toEqual(["hello", "ping"]);
});

test("a view that is shown again connects again", () => {
	page.show(false);
	runtime.latest().lose();
	page.show(true);
	expect(runtime.ports).toHaveLength(2);
	expect(typesSent()).toEqual(["hello", "ping"]);
});

test("a view reconnects at once after the worker stopped, without a notice", () => {
	runtime.latest().receive(WORD);
	runtime.latest().lose();
	vi.advanceTimersByTime(0);
	expect(runtime.ports).toHaveLength(2);
	runtime.latest().receive(WORD);
	expect(states).not.toContain("reconnecting");
});

test("a worker that keeps stopping is reconnected to with growing delays", () => {
	const delays: number[] = [];
	for (let round = 0; round < 9; round += 1) {
		const before = Date.now();
		const { length } = runtime.ports;
		runtime.latest().lose();
		vi.advanceTimersToNextTimer();
		expect(runtime.ports).toHaveLength(length + 1);
		delays.push(Date.now() - before);
	}
	expect(delays).toEqual([0, 100, 200, 400, 800, 1600, 3200, 5000, 5000]);
	expect(states.at(-1)).toBe("reconnecting");
});

test("a background that is silent for five seconds is reconnecting until it sends something", () => {
	vi.advanceTimersByTime(5_000);
	expect(states).toEqual(["reconnecting"]);
	runtime.latest().receive(WORD);
	expect(states.at(-1)).toBe("connected");
});

test("each reply reaches its call", async () => {
	const first = client.call("pollNow", { id: "a" });
	const second = client.call("pause", { id: "b" });
	const [, , one, two] = runtime.latest().sent;
	if (one?.type !== "command" || two?.type !== "command")
		throw new Error("Two commands should have been sent.");
	runtime.latest().receive({ type: "reply", call: two.call, value: "second" });
	runtime.latest().receive({ type: "reply", call: one.call, value: "first" });
	expect(await first).toBe("first");
	expect(await second).toBe("second");
});

test("a refusal carries its reason to the caller", async () => {
	const call = client.call("pause", { id: "a" });
	runtime.latest().receive({ type: "refusal", call: 1, reason: "No." });
	await expect(call).rejects.toThrow("No.");
});

test("a call that the worker did not answer before it stopped is rejected and never sent again", async () => {
	const call = client.call("deleteProfile", { id: "a" });
	const rejection = expect(call).rejects.toThrow(DISCONNECTED);
	runtime.latest().lose();
	vi.advanceTimersByTime(60_000);
	await rejection;
	expect(typesSent(runtime.latest())).not.toContain("command");
});

test("a late reply to a rejected call is ignored", async () => {
	const lost = expect(client.call("pause", { id: "a" })).rejects.toThrow(
		DISCONNECTED,
	);
	runtime.latest().lose();
	await lost;
	vi.advanceTimersByTime(0);
	const next = client.call("resume", { id: "a" });
	runtime.latest().receive({ type: "reply", call: 1, value: "late" });
	runtime.latest().receive({ type: "reply", call: 2, value: "mine" });
	expect(await next).toBe("mine");
});

test("a call made while the view waits to reconnect does not wait with it", async () => {
	for (let round = 0; round < 6; round += 1) {
		runtime.latest().lose();
		vi.advanceTimersToNextTimer();
	}
	runtime.latest().lose();
	const call = client.call("pause", { id: "a" });
	expect(typesSent()).toEqual(["hello", "command"]);
	runtime.latest().receive({ type: "reply", call: 1, value: undefined });
	await expect(call).resolves.toBeUndefined();
});

test("a view of an extension that was updated says so and stops calling", async () => {
	runtime.id = undefined;
	const lost = expect(client.call("pause", { id: "a" })).rejects.toThrow(
		DISCONNECTED,
	);
	runtime.latest().lose();
	await lost;
	vi.advanceTimersByTime(60_000);
	expect(states.at(-1)).toBe("outdated");
	expect(runtime.ports).toHaveLength(1);
	await expect(client.call("pause", { id: "a" })).rejects.toThrow(OUTDATED);
});

test("a closed view leaves nothing running", () => {
	client.close();
	expect(runtime.latest().isOpen()).toBe(false);
	page.show(true);
	expect(vi.getTimerCount()).toBe(0);
});
