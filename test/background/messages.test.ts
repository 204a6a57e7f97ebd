import fc from "fast-check";
import { expect, test } from "vitest";
import { createControlPlane } from "../../src/background/appconfig/control-plane.ts";
import {
	createViewServer,
	type ViewPort,
} from "../../src/background/view-server.ts";
import type { ConnectionId } from "../../src/core/connection/connection.ts";
import { createConnectionCommands } from "../../src/core/connection-commands.ts";
import type { Remote } from "../../src/core/protocol/commands.ts";
import {
	type BackgroundMessage,
	COMMAND_NAMES,
	type CommandName,
	PORT_NAME,
} from "../../src/core/protocol/messages.ts";
import { err } from "../../src/core/shared/result.ts";
import { createTestRegistry } from "../helpers/connection-registry.ts";
import { createArea } from "../helpers/storage-area.ts";
import { createWorld } from "../helpers/world.ts";

const NAMES = COMMAND_NAMES;
/** These take no input, so any object is a valid one. */
const WITHOUT_INPUT: readonly CommandName[] = [
	"lockVault",
	"resetVault",
	"forgetAllSecrets",
];
const SECRET = "canary-secret-of-the-connection";
const ID = "c1" as ConnectionId;

async function setUp() {
	const world = createWorld();
	const id = await world.add();
	await world.settle();
	const { registry, store } = createTestRegistry();
	registry.connections.set(ID, { id: ID, name: "Work", kind: "keys" });
	registry.secrets.set(ID, { kind: "bearer", token: SECRET });
	const calls: string[] = [];
	const posted: BackgroundMessage[] = [];
	let receive: (message: unknown) => void = () => undefined;
	const port: ViewPort = {
		name: PORT_NAME,
		sender: { id: "self" },
		postMessage: (message) => posted.push(structuredClone(message)),
		disconnect: () => undefined,
		onMessage: { addListener: (listener) => (receive = listener) },
		onDisconnect: { addListener: () => undefined },
	};
	const remote = {
		...createConnectionCommands(registry),
		...world.engine.remote,
		...createControlPlane({
			now: () => world.now,
			mayCall: async () => true,
			session: createArea(),
			profiles: () => [],
			pause: async () => undefined,
			access: async () => {
				calls.push("credentials");
				return err({ kind: "credentials-missing", detail: "" });
			},
		}),
		saveSettings: async () => void calls.push("saveSettings"),
	} satisfies Remote;
	createViewServer({
		engine: world.engine,
		remote,
		extensionId: "self",
		onOpenChange: () => undefined,
	}).accept(port);
	const state = async () =>
		JSON.stringify([
			(await world.engine.snapshot()).profiles,
			[...registry.connections],
			[...registry.secrets],
			[...store.connections],
			[...store.secrets],
			calls,
		]);
	return {
		world,
		id,
		posted,
		state,
		send: (message: unknown) => receive(message),
	};
}

/** Of a profile or a connection, with most of its members missing or wrong. */
const draft = fc.oneof(
	fc.anything(),
	fc.dictionary(
		fc.constantFrom("kind", "url", "name", "region", "application"),
		fc.anything(),
	),
);

/** Fields of commands with invalid values. An id among them does not exist. */
const fields = fc.record(
	{
		id: fc.oneof(fc.constant("nobody"), fc.anything()),
		profile: draft,
		connection: draft,
		profiles: fc.array(draft, { minLength: 1 }),
		connections: fc.array(draft, { minLength: 1 }),
		keys: fc.oneof(fc.anything(), fc.constant({ accessKeyId: "AKIA" })),
		secret: fc.record({ kind: fc.string(), token: fc.string() }),
		number: fc.oneof(fc.string(), fc.integer({ max: -1 }), fc.constant(0.5)),
		numbers: fc.oneof(fc.string(), fc.array(fc.string(), { minLength: 1 })),
		pinned: fc.string(),
		note: fc.oneof(fc.integer(), fc.constant("x".repeat(600))),
		target: fc.record({
			region: fc.constantFrom("nowhere", "eu-west-1.evil.com"),
			endpoint: fc.string(),
		}),
		listing: fc.string(),
		method: fc.string(),
		mfaCode: fc.constantFrom("12345", "1234567", "abcdef", "１２３４５６"),
		accountId: fc.constantFrom("1", "12345678901x", "../../etc"),
		roleName: fc.constantFrom("", "a b", "../x", "x".repeat(200)),
		passphrase: fc.oneof(fc.integer(), fc.constant("x".repeat(2_000))),
		pauseWhenIdle: fc.string(),
		pauseWhenOffline: fc.string(),
	},
	{ requiredKeys: [] },
);

test("10,000 malformed messages change nothing, and those that name a command are refused with a message", async () => {
	const { world, id, posted, state, send } = await setUp();
	const before = await state();
	const known = fc.constantFrom(
		...NAMES.filter((name) => !WITHOUT_INPUT.includes(name)),
	);
	const toCommand = fc.record({
		type: fc.constant("command"),
		call: fc.nat(),
		name: known,
		input: fc.oneof(
			{ arbitrary: fields, weight: 4 },
			{ arbitrary: fc.anything(), weight: 1 },
		),
	});
	/** An id that exists, with a number that no version can have. */
	const toVersion = fc.record({
		type: fc.constant("command"),
		call: fc.nat(),
		name: fc.constantFrom<CommandName>("pinVersion", "markSeen"),
		input: fc.record({
			id: fc.constant(id),
			number: fc.oneof(fc.string(), fc.integer({ max: -1 }), fc.constant(0.5)),
			pinned: fc.anything(),
		}),
	});
	const toNone = fc.oneof(
		fc.anything(),
		fc.record({
			type: fc.anything(),
			call: fc.anything(),
			name: fc.string(),
			input: fields,
		}),
		fc.record({
			type: fc.constant("command"),
			call: fc.nat(),
			name: fc.constantFrom("__proto__", "constructor", "toString", ""),
			input: fields,
		}),
		fc.record({
			type: fc.constant("command"),
			call: fc.nat(),
			name: fc.constantFrom(...WITHOUT_INPUT),
			input: fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
		}),
	);
	const sent = fc.sample(
		fc.oneof({ arbitrary: toCommand, weight: 4 }, toVersion, toNone),
		10_000,
	);
	for (const message of sent) send(message);
	await world.settle();
	expect(await state()).toBe(before);
	const answers = posted.filter(({ type }) => type !== "snapshot");
	const commands = sent.filter(isKnownCommand).length;
	expect(commands).toBeGreaterThan(7_000);
	expect(answers).toHaveLength(commands);
	for (const answer of answers)
		if (answer.type === "refusal")
			expect(answer.reason).toMatch(/^The command \w+ was not understood\.$/);
	expect(JSON.stringify(posted)).not.toContain(SECRET);
});

function isKnownCommand(message: unknown): boolean {
	const { type, call, name, input } = (message ?? {}) as Record<
		string,
		unknown
	>;
	return (
		type === "command" &&
		Number.isInteger(call) &&
		Number(call) >= 0 &&
		NAMES.some((known) => known === name) &&
		input !== message
	);
}
