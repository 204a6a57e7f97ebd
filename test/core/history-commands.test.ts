import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
	MAX_NOTE_LENGTH,
	type Version,
} from "../../src/core/history/history.ts";
import type { ProfileId } from "../../src/core/profile/profile.ts";
import { type Remote, runCommand } from "../../src/core/protocol/commands.ts";
import { createWorld, START, type World } from "../helpers/world.ts";

const MINUTE = 60_000;

function hashOf(text: string): string {
	return createHash("sha256").update(text).digest("hex");
}

function incoming(number: number, text: string, more: Partial<Version> = {}) {
	const body = new TextEncoder().encode(text);
	const version: Version = {
		number,
		hash: hashOf(text),
		contentType: "text/plain",
		size: body.length,
		receivedAt: START - 100 * MINUTE + number,
		confirmedAt: START - 100 * MINUTE + number,
		pinned: false,
		...more,
	};
	return { version, body };
}

/** A profile that has received these contents in order. */
async function received(...texts: string[]): Promise<[World, ProfileId]> {
	const world = createWorld();
	const id = await world.add();
	for (const text of texts) {
		world.service.deploy(text);
		await world.advance(2 * MINUTE);
	}
	return [world, id];
}

async function numbers(world: World): Promise<readonly number[]> {
	const { versions } = await world.profile();
	return versions.map(({ number }) => number);
}

describe("a note", () => {
	it("is kept with its version across a restart of the worker", async () => {
		const [world, id] = await received("one");
		const { remote } = world.engine;
		await remote.annotateVersion({ id, number: 1, note: "before the sale" });
		world.restartWorker();
		const { versions } = await world.profile();
		expect(versions[0]?.note).toBe("before the sale");
		await world.engine.remote.annotateVersion({ id, number: 1, note: "" });
		expect((await world.profile()).versions[0]).not.toHaveProperty("note");
	});

	it("of more than 500 characters is refused", async () => {
		const [world, id] = await received("one");
		const remote = world.engine.remote as Remote;
		const ask = (length: number) =>
			runCommand(remote, "annotateVersion", {
				id,
				number: 1,
				note: "n".repeat(length),
			});
		expect(await ask(MAX_NOTE_LENGTH + 1)).toMatchObject({ ok: false });
		expect(await ask(MAX_NOTE_LENGTH)).toMatchObject({ ok: true });
	});
});

describe("a deleted version", () => {
	it("is removed from the disk with its bytes, and the others stay", async () => {
		const [world, id] = await received("one", "two", "three");
		await world.engine.remote.deleteVersions({ id, numbers: [2] });
		expect(await numbers(world)).toEqual([3, 1]);
		expect(world.storage.contents(id)).toEqual(["one", "three"]);
		expect(await world.profile()).not.toHaveProperty("deletedHash");
	});

	it("does not come back while AppConfig still serves it, even in a new session", async () => {
		const [world, id] = await received("one", "two");
		await world.engine.remote.deleteVersions({ id, numbers: [2] });
		const before = await world.profile();
		await world.advance(10 * MINUTE);
		expect(await numbers(world)).toEqual([1]);
		world.restartBrowser();
		await world.advance(10 * MINUTE);
		const after = await world.profile();
		expect(after.versions).toEqual(before.versions);
		expect(after.deletedHash).toBe(hashOf("two"));
		expect(after.checkedAt).toBeGreaterThan(before.checkedAt ?? 0);
	});

	it("is followed by what AppConfig serves next, under a new number", async () => {
		const [world, id] = await received("one", "two");
		await world.engine.remote.deleteVersions({ id, numbers: [2] });
		world.restartBrowser();
		world.service.deploy("three");
		await world.advance(2 * MINUTE);
		expect(await numbers(world)).toEqual([3, 1]);
		world.restartWorker();
		expect(await world.profile()).not.toHaveProperty("deletedHash");
	});

	it("lets the version before be confirmed when AppConfig serves that again", async () => {
		const [world, id] = await received("one", "two");
		await world.engine.remote.deleteVersions({ id, numbers: [2] });
		world.service.deploy("one");
		await world.advance(2 * MINUTE);
		expect(await numbers(world)).toEqual([1]);
		expect(await world.profile()).not.toHaveProperty("deletedHash");
	});

	it("is fetched again at the user's command", async () => {
		const [world, id] = await received("one", "two");
		const { remote } = world.engine;
		await remote.deleteVersions({ id, numbers: [1, 2] });
		expect(await numbers(world)).toEqual([]);
		await remote.fetchAgain({ id });
		await world.settle();
		expect(world.storage.contents(id)).toEqual(["two"]);
		expect(await numbers(world)).toEqual([3]);
	});

	it("is still there when the worker dies before the deletion is stored", async () => {
		const [world, id] = await received("one", "two");
		world.storage.failRewrites(true);
		const work = world.engine.remote.deleteVersions({ id, numbers: [2] });
		await expect(work).rejects.toThrow();
		expect(await numbers(world)).toEqual([2, 1]);
		world.restartWorker();
		expect(await numbers(world)).toEqual([2, 1]);
		expect(await world.profile()).not.toHaveProperty("deletedHash");
	});
});

describe("an import", () => {
	it("restores deleted versions under their numbers, and the served one is live again", async () => {
		const [world, id] = await received("one", "two");
		const { remote } = world.engine;
		const [two, one] = (await world.profile()).versions;
		if (!two || !one) throw new Error("Both have been received.");
		await remote.deleteVersions({ id, numbers: [1, 2] });
		world.storage.stageVersions(id, [
			{ ...incoming(1, "one"), version: one },
			{ ...incoming(2, "two"), version: two },
		]);
		expect(await remote.importVersions({ id })).toEqual({
			added: 2,
			duplicates: 0,
			skipped: 0,
		});
		expect((await world.profile()).versions).toEqual([two, one]);
		expect(await world.profile()).not.toHaveProperty("deletedHash");
		world.restartWorker();
		expect((await world.profile()).versions).toEqual([two, one]);
		expect(world.storage.contents(id)).toEqual(["one", "two"]);
		await world.advance(2 * MINUTE);
		expect(await numbers(world)).toEqual([2, 1]);
	});

	it("puts another computer's history below the live version, with its bytes", async () => {
		const [world, id] = await received("three");
		world.storage.stageVersions(id, [
			incoming(1, "one"),
			incoming(2, "two"),
			incoming(3, "three", { note: "live" }),
		]);
		const imported = await world.engine.remote.importVersions({ id });
		expect(imported).toEqual({ added: 2, duplicates: 1, skipped: 0 });
		expect(world.storage.contents(id)).toEqual(["one", "two", "three"]);
		world.restartWorker();
		expect(await numbers(world)).toEqual([3, 2, 1]);
		expect((await world.profile()).versions[0]?.note).toBe("live");
		world.service.deploy("four");
		await world.advance(2 * MINUTE);
		expect(await numbers(world)).toEqual([4, 3, 2, 1]);
	});

	it("into a profile that was never polled is not shown as live", async () => {
		const [world, id] = await received();
		await world.engine.remote.pause({ id });
		world.storage.stageVersions(id, [incoming(1, "old")]);
		await world.engine.remote.importVersions({ id });
		expect((await world.profile()).deletedHash).toBe("");
		world.service.deploy("new");
		await world.engine.remote.resume({ id });
		await world.advance(2 * MINUTE);
		expect(world.storage.contents(id)).toEqual(["old", "new"]);
		expect(await world.profile()).not.toHaveProperty("deletedHash");
	});

	it("of the deleted version that AppConfig serves ends the notice, also when something else is served later", async () => {
		const [world, id] = await received("one", "two");
		await world.engine.remote.deleteVersions({ id, numbers: [2] });
		expect((await world.profile()).deletedHash).toBe(hashOf("two"));
		world.storage.stageVersions(id, [
			incoming(2, "two", { receivedAt: world.now }),
		]);
		await world.engine.remote.importVersions({ id });
		world.service.deploy("three");
		await world.advance(2 * MINUTE);
		world.restartWorker();
		expect(await world.profile()).not.toHaveProperty("deletedHash");
	});

	it("with the highest possible number leaves numbers for later versions", async () => {
		const [world, id] = await received("three");
		world.storage.stageVersions(id, [
			incoming(Number.MAX_SAFE_INTEGER - 1, "one"),
			incoming(Number.MAX_SAFE_INTEGER, "two"),
		]);
		const { remote } = world.engine;
		expect(await remote.importVersions({ id })).toMatchObject({ added: 2 });
		expect(await numbers(world)).toEqual([3, 2, 1]);
		for (const text of ["four", "five"]) {
			world.service.deploy(text);
			await world.advance(2 * MINUTE);
		}
		world.restartWorker();
		expect(await numbers(world)).toEqual([5, 4, 3, 2, 1]);
		expect(world.storage.contents(id)).toEqual([
			"one",
			"two",
			"three",
			"four",
			"five",
		]);
	});

	it.each([0, -1, 1.5, Number.NaN, 2 ** 53, "1", undefined])(
		"with the number %s changes nothing",
		async (number) => {
			const [world, id] = await received("one");
			const wrong = incoming(2, "two");
			world.storage.stageVersions(id, [
				{ ...wrong, version: { ...(wrong.version as object), number } },
			]);
			await expect(
				world.engine.remote.importVersions({ id }),
			).rejects.toThrow();
			expect(await numbers(world)).toEqual([1]);
		},
	);

	it("whose bytes do not match their hash changes nothing", async () => {
		const [world, id] = await received("one");
		const good = incoming(2, "two");
		world.storage.stageVersions(id, [
			good,
			{ ...good, body: Uint8Array.of(1) },
		]);
		await expect(world.engine.remote.importVersions({ id })).rejects.toThrow();
		expect(await numbers(world)).toEqual([1]);
	});
});

it("the same bytes from two sessions are one version", async () => {
	const [world, id] = await received("same");
	for (let session = 0; session < 5; session += 1) {
		world.restartBrowser();
		await world.advance(2 * MINUTE);
	}
	expect(await numbers(world)).toEqual([1]);
	expect(world.storage.contents(id)).toEqual(["same"]);
});
