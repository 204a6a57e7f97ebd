import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Version } from "../../src/core/history/history.ts";
import type { ProfileId } from "../../src/core/profile/profile.ts";
import { createWorld, DRAFT, type World } from "../helpers/world.ts";

const MINUTE = 60_000;

const RESTARTS = {
	worker: (world: World) => world.restartWorker(),
	// Like the browser's restart, it clears what is in memory only.
	extension: (world: World) => world.restartBrowser(),
};

/**
 * Adds a profile, deploys three versions and kills the worker once, at the given await: before the n-th call to a port
 * has any effect, or after it had, but before the worker got the result.
 */
async function play(
	killAt: number,
	restart: (world: World) => void,
): Promise<{ killed: boolean; ok: string }> {
	let awaits = 0;
	let isKilled = false;
	const never = new Promise<never>(() => undefined);
	const world = createWorld({
		around: async (work) => {
			if (!isKilled && ++awaits === killAt) return die();
			const result = await work();
			if (!isKilled && ++awaits === killAt) return die();
			return result;
		},
	});
	function die(): Promise<never> {
		isKilled = true;
		// The new worker starts once the old one's stack has unwound, as in a browser, and before time passes.
		queueMicrotask(() => restart(world));
		return never;
	}

	world.service.deploy("v1");
	const added = world.add();
	await world.settle();
	await world.settle();
	// A worker that dies before the profile is stored loses the command, so the view sends it again.
	if ((await world.engine.snapshot()).profiles.length === 0) await world.add();
	else void added;
	for (const content of ["v2", "v3"]) {
		await world.advance(2 * MINUTE);
		world.service.deploy(content);
	}
	await world.advance(3 * MINUTE);
	// A worker killed in the very last call needs one more watchdog.
	await world.settle();
	await world.settle();
	const { ledger } = world.service;
	const { profiles } = await world.engine.snapshot();
	const id = profiles[0]?.profile.id ?? "";
	return {
		killed: isKilled,
		ok: JSON.stringify({
			profiles: profiles.length,
			history: world.storage.contents(id),
			tooEarly: ledger.tooEarly,
			reused: ledger.reused,
			extraSessions: Math.max(0, ledger.sessions - 2),
			waiting: profiles[0]?.phase,
		}),
	};
}

/** A world whose worker dies once, at the given await while `isCounting`. */
function createMortal(killAt: number) {
	const life = { isCounting: false, isKilled: false };
	let awaits = 0;
	const world = createWorld({
		around: async (work) => {
			const dies = () =>
				life.isCounting && !life.isKilled && ++awaits === killAt;
			if (dies()) return die();
			const result = await work();
			return dies() ? die() : result;
		},
	});
	function die(): Promise<never> {
		life.isKilled = true;
		queueMicrotask(() => world.restartWorker());
		return new Promise(() => undefined);
	}
	return { world, life };
}

/** Edits a profile to poll another configuration, and kills the worker at the given await of that. */
async function playEdit(
	killAt: number,
): Promise<{ killed: boolean; ok: boolean }> {
	const { world, life } = createMortal(killAt);

	world.service.deploy("v1");
	const id = await world.add();
	await world.settle();
	life.isCounting = true;
	const changed = { ...DRAFT, application: "another" };
	void world.engine.remote.saveProfile({ id, profile: changed });
	await world.settle();
	await world.settle();
	life.isCounting = false;
	const { profile } = await world.profile();
	const before = world.service.ledger.sessions;
	await world.advance(5 * MINUTE);
	// Without the edit the old session continues; with it a new session was opened.
	const isEdited = profile.application === "another";
	const isNewSession = world.service.ledger.sessions > 1;
	return {
		killed: life.isKilled,
		ok:
			isEdited === isNewSession &&
			before <= 3 &&
			world.service.ledger.reused === 0,
	};
}

/** Imports a version after `prepare`, and kills the worker at the given await of the import. */
async function playImport(
	killAt: number,
	text: string,
	prepare: (world: World, id: ProfileId) => Promise<unknown>,
): Promise<{ killed: boolean; ok: boolean }> {
	const { world, life } = createMortal(killAt);

	const id = await world.add();
	await prepare(world, id);
	await world.settle();
	const body = new TextEncoder().encode(text);
	const version: Version = {
		number: 1,
		hash: createHash("sha256").update(body).digest("hex"),
		contentType: "text/plain",
		size: body.length,
		receivedAt: world.now,
		confirmedAt: world.now,
		pinned: false,
	};
	world.storage.stageVersions(id, [{ version, body }]);
	life.isCounting = true;
	void world.engine.remote.importVersions({ id });
	await world.settle();
	await world.settle();
	life.isCounting = false;
	await world.advance(5 * MINUTE);
	const { versions, deletedHash } = await world.profile();
	// No version may be shown as served unless AppConfig serves it.
	const isSaid = deletedHash === undefined && versions.length > 0;
	const [newest] = world.storage.contents(id).slice(-1);
	return { killed: life.isKilled, ok: !isSaid || newest === SERVED };
}

/** Evicts storage while the worker runs, and kills the worker at the given await after that. */
async function playEviction(
	killAt: number,
	what: "bodies" | "database",
): Promise<{ killed: boolean; ok: string }> {
	const { world, life } = createMortal(killAt);

	world.service.deploy("v1");
	const id = await world.add();
	await world.advance(MINUTE);
	world.service.deploy(SERVED);
	await world.advance(MINUTE + 2_000);
	life.isCounting = true;
	world.storage.evict(what);
	await world.advance(2 * MINUTE);
	await world.settle();
	life.isCounting = false;
	await world.advance(3 * MINUTE);
	const { versions, loss, phase } = await world.profile();
	const newest = versions[0]?.number ?? 0;
	const body = await world.storage.readBody(id, newest);
	const { reused, tooEarly } = world.service.ledger;
	return {
		killed: life.isKilled,
		ok: JSON.stringify({
			newest: new TextDecoder().decode(body),
			isLossTold: loss !== undefined,
			phase,
			reused,
			tooEarly,
		}),
	};
}

const SERVED = "served";

async function deleteServed(world: World, id: ProfileId): Promise<void> {
	for (const content of ["before", SERVED]) {
		world.service.deploy(content);
		await world.advance(2 * MINUTE);
	}
	await world.engine.remote.deleteVersions({ id, numbers: [2] });
}

describe("a worker killed at any await", () => {
	it("during an edit never polls the new configuration with the old session", async () => {
		for (let killAt = 1; ; killAt++) {
			const { killed, ok } = await playEdit(killAt);
			expect(`await ${killAt}: ${ok}`).toBe(`await ${killAt}: true`);
			if (!killed) break;
		}
	});

	it.each([
		["into a profile without a deployment", "old", async () => undefined],
		["of the served version after it was deleted", SERVED, deleteServed],
	])(
		"during an import %s never shows another version as the one that AppConfig serves",
		async (_, text, prepare) => {
			let kills = 0;
			for (let killAt = 1; ; killAt++) {
				const { killed, ok } = await playImport(killAt, text, prepare);
				expect(`await ${killAt}: ${ok}`).toBe(`await ${killAt}: true`);
				if (!killed) break;
				kills += 1;
			}
			expect(kills).toBeGreaterThanOrEqual(6);
		},
	);

	it.each(["bodies", "database"] as const)(
		"while the browser evicts the %s gets the configuration again, uses no token twice and reports the loss",
		async (what) => {
			const expected = JSON.stringify({
				newest: SERVED,
				isLossTold: true,
				phase: "waiting",
				reused: 0,
				tooEarly: 0,
			});
			let kills = 0;
			for (let killAt = 1; ; killAt++) {
				const { killed, ok } = await playEviction(killAt, what);
				expect(`await ${killAt}: ${ok}`).toBe(`await ${killAt}: ${expected}`);
				if (!killed) break;
				kills += 1;
			}
			expect(kills).toBeGreaterThan(20);
		},
	);

	it.each([
		[
			"loses no version, stores none twice and uses no token twice",
			RESTARTS.worker,
		],
		[
			"by an update or reload of the extension loses no version, stores none twice and uses no token twice",
			RESTARTS.extension,
		],
	])("%s", async (_, restart) => {
		const expected = JSON.stringify({
			profiles: 1,
			history: ["v1", "v2", "v3"],
			tooEarly: 0,
			reused: 0,
			extraSessions: 0,
			waiting: "waiting",
		});
		let kills = 0;
		for (let killAt = 1; ; killAt++) {
			const { killed, ok } = await play(killAt, restart);
			expect(`await ${killAt}: ${ok}`).toBe(`await ${killAt}: ${expected}`);
			if (!killed) break;
			kills += 1;
		}
		expect(kills).toBeGreaterThan(40);
	});
});
