import "fake-indexeddb/auto";
import { createHash } from "node:crypto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test } from "vitest";
import type { Profile, ProfileId } from "../../../src/core/profile/profile.ts";
import type { ImportCounts } from "../../../src/core/protocol/commands.ts";
import { createVersionStore } from "../../../src/storage/version-store.ts";
import {
	describeImport,
	importHistory as importFile,
	MAX_FILE_BYTES,
} from "../../../src/ui/history/import-history.ts";
import { toLine } from "../../../src/ui/history/json-lines.ts";

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

function createRemote(answer: ImportCounts) {
	const requested: ProfileId[] = [];
	return {
		requested,
		importVersions: async ({ id }: { id: ProfileId }) => {
			requested.push(id);
			return answer;
		},
	};
}

type Remote = Parameters<typeof importFile>[1]["remote"];

function runImport(remote: Remote, id: ProfileId, text: string) {
	return importFile(new Blob([text]), { remote, id });
}

beforeEach(() => {
	globalThis.indexedDB = new IDBFactory();
});

test("the versions of a file are staged for the background, and the result is a sentence", async () => {
	const remote = createRemote({ added: 2, duplicates: 0, skipped: 0 });
	const words = await runImport(remote, ID, line(1, "one") + line(2, "two"));
	expect(words).toBe("Imported 2 versions.");
	expect(remote.requested).toEqual([ID]);
	const taken = await createVersionStore().takeStagedVersions(ID);
	expect(taken.map(({ body }) => new TextDecoder().decode(body))).toEqual([
		"one",
		"two",
	]);
});

test("a file with bytes that do not match their hash is not imported at all", async () => {
	const remote = createRemote({ added: 0, duplicates: 0, skipped: 0 });
	const damaged = line(2, "two", "0".repeat(64));
	const words = await runImport(remote, ID, line(1, "one") + damaged);
	expect(words).toContain("Version 2 in this file is damaged");
	expect(remote.requested).toEqual([]);
	expect(await createVersionStore().takeStagedVersions(ID)).toEqual([]);
});

test("a file that is not a history is refused", async () => {
	const remote = createRemote({ added: 0, duplicates: 0, skipped: 0 });
	expect(await runImport(remote, ID, "{}")).toContain("Line 1");
	expect(remote.requested).toEqual([]);
});

test("a file that is too large is refused before it is read", async () => {
	const remote = createRemote({ added: 0, duplicates: 0, skipped: 0 });
	const file = new File([], "history.jsonl");
	Object.defineProperty(file, "size", { value: 200_000_000 });
	for (const read of ["slice", "text", "arrayBuffer", "stream"])
		Object.defineProperty(file, read, {
			value: () => {
				throw new Error("it was read");
			},
		});
	expect(await importFile(file, { remote, id: ID })).toBe(
		"“history.jsonl” has 200.0 MB; the limit is 150.0 MB. It was not read.",
	);
	expect(MAX_FILE_BYTES).toBeLessThan(200_000_000);
});

test("a large file is read in pieces, and its progress is reported", async () => {
	const remote = createRemote({ added: 3, duplicates: 0, skipped: 0 });
	const bodies = ["ä", "☀", "😀"].map((char) => char.repeat(1_500_000));
	const text = bodies.map((body, at) => line(at + 1, body)).join("");
	const shares: number[] = [];
	let turns = 0;
	const timer = setInterval(() => {
		turns += 1;
	}, 0);
	const words = await importFile(new Blob([text]), {
		remote,
		id: ID,
		onProgress: (share) => shares.push(share),
	});
	clearInterval(timer);
	expect(words).toBe("Imported 3 versions.");
	expect(turns).toBeGreaterThan(0);
	expect(shares).toEqual([...shares].sort((a, b) => a - b));
	expect(shares.at(-1)).toBe(1);
	const taken = await createVersionStore().takeStagedVersions(ID);
	expect(taken.map(({ body }) => new TextDecoder().decode(body))).toEqual(
		bodies,
	);
});

test("an import that is cancelled leaves nothing behind", async () => {
	const remote = createRemote({ added: 0, duplicates: 0, skipped: 0 });
	const controller = new AbortController();
	const words = await importFile(new Blob([line(1, "one"), line(2, "two")]), {
		remote,
		id: ID,
		signal: controller.signal,
		onProgress: () => controller.abort(),
	});
	expect(words).toBe("Cancelled. Nothing was imported.");
	expect(remote.requested).toEqual([]);
	expect(await createVersionStore().takeStagedVersions(ID)).toEqual([]);
});

test("an invalid line is reported with its number, and nothing is imported", async () => {
	const remote = createRemote({ added: 0, duplicates: 0, skipped: 0 });
	const good = JSON.parse(line(1, "one"));
	const cases: [object | string, string][] = [
		["[".repeat(100_000), "it is not a JSON object"],
		[[good], "it is not a JSON object"],
		[{ ...good, body: 7 }, "it has no body"],
		[{ ...good, body: undefined, base64: "*" }, "Base64 is damaged"],
		[{ ...good, number: 1.5 }, "its number"],
		[{ ...good, number: 0 }, "its number"],
		[{ ...good, number: -3 }, "its number"],
		[{ ...good, number: "1" }, "its number"],
		[{ ...good, number: 2 ** 53 }, "its number"],
		[{ ...good, hash: "x" }, "its hash"],
		[{ ...good, contentType: null }, "contentType"],
		[{ ...good, receivedAt: "yesterday" }, "its times"],
		[{ ...good, note: "x".repeat(501) }, "its note has more than 500"],
		[{ ...good, label: "x".repeat(3_000) }, "its label has more than 2048"],
		[{ ...good, note: "\udc00" }, "its note has an unpaired surrogate"],
		[{ __proto__: good }, "it has no body"],
	];
	for (const [value, words] of cases) {
		const text = typeof value === "string" ? value : JSON.stringify(value);
		const result = await runImport(remote, ID, `${line(1, "one")}\n${text}\n`);
		expect(result).toContain("Line 3 is not a version");
		expect(result).toContain(words);
		expect(result).toContain("Nothing was imported.");
	}
	const many = Array.from({ length: 1_001 }, () => line(1, "x")).join("");
	expect(await runImport(remote, ID, many)).toContain(
		"more than 1,000 versions",
	);
	expect(remote.requested).toEqual([]);
	expect(await createVersionStore().takeStagedVersions(ID)).toEqual([]);
});

test("version numbers above the limit are reported to be renumbered", async () => {
	const remote = createRemote({ added: 1, duplicates: 0, skipped: 0 });
	const words = await runImport(remote, ID, line(2 ** 53 - 1, "one"));
	expect(words).toBe(
		"Imported 1 version. Numbers above 1,000,000 were renumbered.",
	);
});

test("empty lines are skipped, and the last line needs no line feed", async () => {
	const remote = createRemote({ added: 2, duplicates: 0, skipped: 0 });
	const text = `\n${line(1, "one")}\r\n\n${line(2, "two").trimEnd()}`;
	expect(await runImport(remote, ID, text)).toBe("Imported 2 versions.");
	expect(await createVersionStore().takeStagedVersions(ID)).toHaveLength(2);
	expect(await runImport(remote, ID, "\n\n")).toBe(
		"This file has no versions.",
	);
	expect(await runImport(remote, ID, `${line(1, "one")}{"cut": tr`)).toContain(
		"Line 2",
	);
});

test("versions that were known or did not fit are reported", () => {
	expect(describeImport({ added: 1, duplicates: 1, skipped: 0 })).toBe(
		"Imported 1 version. 1 was there already.",
	);
	expect(describeImport({ added: 0, duplicates: 3, skipped: 2 })).toBe(
		"Imported 0 versions. 3 were there already. 2 did not fit into the history.",
	);
});
