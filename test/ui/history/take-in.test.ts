// Versions taken in from a file: only with the bytes of their hash, laid down for the worker, and told in words.
import "fake-indexeddb/auto";
import { createHash } from "node:crypto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test } from "vitest";
import type { Imported } from "../../../src/core/contract.ts";
import type { Profile, ProfileId } from "../../../src/core/profile.ts";
import { createLibrary } from "../../../src/store/library.ts";
import { toLine } from "../../../src/ui/history/json-lines.ts";
import { takeIn, wordsOf } from "../../../src/ui/history/take-in.ts";

const ID = "p" as ProfileId;
const PROFILE = { id: ID } as Profile;

function line(number: number, text: string, hash?: string): string {
	const body = new TextEncoder().encode(text);
	const version = {
		number,
		hash: hash ?? createHash("sha256").update(body).digest("hex"),
		contentType: "text/plain",
		size: body.length,
		receivedAt: 1,
		confirmedAt: 2,
		pinned: false,
	};
	return toLine(PROFILE, { version, body });
}

function createRemote(answer: Imported) {
	const asked: ProfileId[] = [];
	return {
		asked,
		importVersions: async ({ id }: { id: ProfileId }) => {
			asked.push(id);
			return answer;
		},
	};
}

beforeEach(() => {
	globalThis.indexedDB = new IDBFactory();
});

test("what is in the file lies there for the worker, and what came of it is said", async () => {
	const remote = createRemote({ added: 2, known: 0, left: 0 });
	const words = await takeIn(remote, ID, line(1, "one") + line(2, "two"));
	expect(words).toBe("Imported 2 versions.");
	expect(remote.asked).toEqual([ID]);
	const taken = await createLibrary().takeIncoming(ID);
	expect(taken.map(({ body }) => new TextDecoder().decode(body))).toEqual([
		"one",
		"two",
	]);
});

test("bytes that are not those of their hash are not taken in, nor is anything beside them", async () => {
	const remote = createRemote({ added: 0, known: 0, left: 0 });
	const damaged = line(2, "two", "0".repeat(64));
	const words = await takeIn(remote, ID, line(1, "one") + damaged);
	expect(words).toContain("Version 2 in this file is damaged");
	expect(remote.asked).toEqual([]);
	expect(await createLibrary().takeIncoming(ID)).toEqual([]);
});

test("a file that is no history is told", async () => {
	const remote = createRemote({ added: 0, known: 0, left: 0 });
	expect(await takeIn(remote, ID, "{}")).toContain("Line 1");
	expect(remote.asked).toEqual([]);
});

test("what was known, and what found no room, is told", () => {
	expect(wordsOf({ added: 1, known: 1, left: 0 })).toBe(
		"Imported 1 version. 1 was there already.",
	);
	expect(wordsOf({ added: 0, known: 3, left: 2 })).toBe(
		"Imported 0 versions. 3 were there already. For 2 the history has no room.",
	);
});
