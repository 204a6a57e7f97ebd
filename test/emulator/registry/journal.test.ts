// What was acknowledged is there after any kill; what a journal cannot be continued from is said.
import { execFileSync, spawn } from "node:child_process";
import {
	appendFileSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openJournal } from "../../../src/emulator/registry/journal.ts";
import { createStore } from "../../../src/emulator/registry/store.ts";

const WRITER = "test/emulator/registry/writer.mjs";

function createDirectory(): string {
	const directory = mkdtempSync(join(tmpdir(), "journal-"));
	onTestFinished(() => rmSync(directory, { recursive: true }));
	return directory;
}

function open(directory: string) {
	const journal = openJournal(directory);
	return { journal, store: createStore(journal.restored, journal) };
}

/** Lets a writer run until it has acknowledged `count` commits, then kills it. Gives all it has acknowledged. */
function killAfter(
	count: number,
	directory: string,
	prefix: string,
): Promise<string[]> {
	return new Promise((resolve, reject) => {
		const writer = spawn(process.execPath, [WRITER, directory, prefix]);
		const acknowledged: string[] = [];
		let errors = "";
		writer.stderr.on("data", (chunk) => {
			errors += chunk;
		});
		const lines = createInterface(writer.stdout);
		lines.on("line", (line) => {
			acknowledged.push(line);
			if (acknowledged.length === count) writer.kill("SIGKILL");
		});
		if (count === 0) writer.once("spawn", () => writer.kill("SIGKILL"));
		lines.once("close", () =>
			errors === "" ? resolve(acknowledged) : reject(new Error(errors)),
		);
	});
}

/** Each writer goes on where the one before it was killed: what one of them loses is missing in the end. */
async function killManyTimes(directory: string, times: number): Promise<void> {
	const acknowledged: string[] = [];
	for (let run = 0; run < times; run++)
		acknowledged.push(...(await killAfter(run % 6, directory, `run${run}`)));
	const { journal, store } = open(directory);
	const kept = new Set(store.list("applications").map(({ Id }) => Id));
	journal.close();
	expect(acknowledged.length).toBeGreaterThan(times);
	expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
}

describe("The journal", () => {
	beforeAll(() => {
		execFileSync("npx", ["tsc", "-b", "src/emulator"]);
	});

	test("loses nothing acknowledged in 200 kills", async () => {
		const lanes = Array.from({ length: 4 }, createDirectory);
		await Promise.all(lanes.map((directory) => killManyTimes(directory, 50)));
	}, 120_000);

	test("leaves out a line that was never finished, and goes on after it", () => {
		const directory = createDirectory();
		const first = open(directory);
		const record = { Id: "a", Name: "a" };
		first.store.commit([{ table: "applications", key: "a", record }]);
		first.journal.close();
		appendFileSync(join(directory, "journal.jsonl"), '[{"table":"appl');
		const second = open(directory);
		second.store.commit([
			{ table: "applications", key: "b", record: { Id: "b", Name: "b" } },
		]);
		second.journal.close();
		const third = open(directory);
		expect(third.store.list("applications").map(({ Id }) => Id)).toEqual([
			"a",
			"b",
		]);
		third.journal.close();
	});

	test("keeps contents byte for byte and forgets what was deleted", () => {
		const directory = createDirectory();
		const content = new Uint8Array([0, 255, 10, 13, 128]);
		const version = {
			ApplicationId: "a",
			ConfigurationProfileId: "p",
			VersionNumber: 1,
			ContentType: "x/y",
			content,
		};
		const first = open(directory);
		first.store.commit([
			{ table: "versions", key: "a/p/1", record: version },
			{ table: "applications", key: "a", record: { Id: "a", Name: "a" } },
		]);
		first.store.commit([{ table: "applications", key: "a", record: null }]);
		first.journal.close();
		const second = open(directory);
		expect(second.store.list("applications")).toEqual([]);
		expect(second.store.get("versions", "a/p/1")?.content).toEqual(content);
		second.journal.close();
		expect(
			readFileSync(join(directory, "journal.jsonl"), "utf8"),
		).not.toContain('"applications"');
	});

	test.each(["something else\n", "{}\n"])(
		"refuses to start on a file that holds %j",
		(text) => {
			const directory = createDirectory();
			writeFileSync(join(directory, "journal.jsonl"), text);
			expect(() => openJournal(directory)).toThrow(/journal/);
		},
	);
});
