import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProfileId } from "../../src/core/profile/profile.ts";
import type { FaultKind } from "../../src/core/session/fault.ts";
import { times } from "../helpers/effort.ts";
import { createWorld, type World } from "../helpers/world.ts";

const MINUTE = 60_000;

/** Checks what must hold in any world after any events. */
interface Model {
	/** The contents that were deployed, in order; consecutive equal ones once. */
	deployed: string[];
	clockJumped: boolean;
	/** The browser has evicted something. */
	evicted: boolean;
}

type Step = fc.AsyncCommand<Model, World>;

function command(
	name: string,
	run: (model: Model, world: World) => Promise<void> | void,
): Step {
	return {
		check: () => true,
		toString: () => name,
		async run(model, world) {
			// On a full disk a command is refused and changes nothing, so the same checks hold.
			await Promise.resolve(run(model, world)).catch(ignoreFullDisk);
			await world.settle();
			await checkInvariants(model, world);
		},
	};
}

function ignoreFullDisk(error: unknown): void {
	if (!(error instanceof DOMException)) throw error;
}

async function checkInvariants(model: Model, world: World): Promise<void> {
	const { ledger } = world.service;
	const kept = world.storage.contents("p1");
	expect(ledger.reused).toBe(0);
	if (!model.clockJumped) expect(ledger.tooEarly).toBe(0);
	if (model.evicted) return;
	for (const [index, content] of kept.entries())
		expect(content).not.toBe(kept[index - 1]);
	expect(isSubsequence(kept, model.deployed)).toBe(true);
	// Whatever fails, the versions stay.
	const { versions } = await world.profile();
	expect(versions).toHaveLength(kept.length);
}

function isSubsequence(
	part: readonly string[],
	whole: readonly string[],
): boolean {
	let from = 0;
	for (const item of part) {
		const at = whole.indexOf(item, from);
		if (at < 0) return false;
		from = at + 1;
	}
	return true;
}

const fault = fc.constantFrom<FaultKind>(
	"network",
	"timeout",
	"throttled",
	"service-error",
	"token-refused",
	"not-appconfig",
	"access-denied",
);

const steps = [
	fc.integer({ min: 1, max: 10 }).map((minutes) =>
		command(`poll for ${minutes} min`, async (_, world) => {
			const { callTimes } = world.service.ledger;
			const { paused } = await world.profile();
			const before = callTimes.length;
			await world.advance(minutes * MINUTE);
			if (paused) expect(callTimes).toHaveLength(before);
		}),
	),
	fc.integer({ min: 0, max: 3 }).map((n) =>
		command(`deploy v${n}`, (model, world) => {
			world.service.deploy(`v${n}`);
			if (model.deployed.at(-1) !== `v${n}`) model.deployed.push(`v${n}`);
		}),
	),
	fc.constant(command("kill", (_, world) => world.restartWorker())),
	fc.constant(command("restart the browser", (_, w) => w.restartBrowser())),
	fc.constant(command("expire", (_, world) => world.service.expireAll())),
	fc.constant(
		command("poll now", async (_, world) => {
			const { profile } = await world.profile();
			await world.engine.remote.pollNow({ id: profile.id });
		}),
	),
	fc.boolean().map((paused) =>
		command(paused ? "pause" : "resume", async (_, world) => {
			const { profile } = await world.profile();
			await world.engine.remote[paused ? "pause" : "resume"](profile);
		}),
	),
	fc.tuple(fault, fc.integer({ min: 1, max: 5 })).map(([kind, times]) =>
		command(`${times} × ${kind}`, (_, world) => {
			let left = times;
			world.service.trouble = () => (left-- > 0 ? { kind } : undefined);
		}),
	),
	fc.integer({ min: -24 * 60, max: 24 * 60 }).map((minutes) =>
		command(`clock ${minutes} min`, (model, world) => {
			model.clockJumped = true;
			world.setClock(minutes * MINUTE);
		}),
	),
	fc.constant(
		command("offline for an hour", async (_, world) => {
			world.service.trouble = () => ({ kind: "network" });
			await world.advance(60 * MINUTE);
			world.service.trouble = undefined;
		}),
	),
	fc.constant(
		command("disk full once", (_, world) => world.storage.failNextSave()),
	),
];

const evictions = [
	fc.constantFrom("bodies" as const, "database" as const).map((what) =>
		command(`evict the ${what}`, (model, world) => {
			model.evicted = true;
			world.storage.evict(what);
		}),
	),
];

describe("the engine under random events", () => {
	it("keeps its guarantees in sequences of up to 40 events", async () => {
		await play(steps, times(250, 1_000));
	}, 120_000);

	it("keeps its guarantees in 100 sequences with storage eviction", async () => {
		await play([...steps, ...evictions, ...evictions], 100);
	}, 120_000);
});

async function play(
	commands: readonly fc.Arbitrary<Step>[],
	numRuns: number,
): Promise<void> {
	await fc.assert(
		fc.asyncProperty(
			fc.commands([...commands], { maxCommands: 40 }),
			async (cmds) => {
				const world = createWorld();
				world.service.deploy("v0");
				await world.add();
				await world.settle();
				const model: Model = {
					deployed: ["v0"],
					clockJumped: false,
					evicted: false,
				};
				await fc.asyncModelRun(() => ({ model, real: world }), cmds);
				await checkRecovery(model, world);
			},
		),
		{ numRuns },
	);
}

/** Without further events the newest version arrives within the longest backoff. */
async function checkRecovery(model: Model, world: World): Promise<void> {
	world.service.trouble = undefined;
	world.storage.failNextSave();
	await world.storage
		.deleteProfile("nobody" as ProfileId)
		.catch(ignoreFullDisk);
	const { profile, phase } = await world.profile();
	await world.engine.remote.resume(profile);
	if (phase === "halted") await world.engine.remote.pollNow(profile);
	// Content lost twice within an hour is fetched again after that hour; losses are looked for once an hour.
	await world.advance(model.evicted ? 180 * MINUTE : 10 * MINUTE);
	const after = await world.profile();
	expect(after.fault).toBeUndefined();
	const newest = after.versions[0]?.number ?? 0;
	const body = await world.storage.readBody("p1" as ProfileId, newest);
	expect(new TextDecoder().decode(body)).toBe(model.deployed.at(-1));
	expect((after.dueAt ?? 0) - world.now).toBeLessThanOrEqual(61_000);
}
