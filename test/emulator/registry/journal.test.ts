// What was acknowledged is there after any kill; what a journal cannot be continued from is said.
import { execFileSync, spawn } from "node:child_process";
import {
	appendFileSync,
	chmodSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openJournal } from "../../../src/emulator/registry/journal.ts";
import { lockDirectory } from "../../../src/emulator/registry/lock.ts";
import {
	createStore,
	StorageLimitError,
} from "../../../src/emulator/registry/store.ts";
import { times } from "../../helpers/effort.ts";

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
	}, 120_000);

	test("loses no acknowledged change when the process is killed", async () => {
		const lanes = Array.from({ length: 4 }, createDirectory);
		await Promise.all(
			lanes.map((directory) => killManyTimes(directory, times(8, 50))),
		);
	}, 600_000);

	test("ignores an unfinished last line, and continues after it", () => {
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

	test("restores contents byte for byte, without deleted records", () => {
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

	const HEAD = '{"format":"appconfig-emulator","version":1}';
	const VERSION = {
		ApplicationId: "a",
		ConfigurationProfileId: "p",
		VersionNumber: 1,
		ContentType: "x/y",
		content: { base64: "e30=" },
	};
	const DEPLOYMENT = {
		ApplicationId: "a",
		EnvironmentId: "e",
		ConfigurationProfileId: "p",
		DeploymentStrategyId: "s",
		DeploymentNumber: 1,
		ConfigurationName: "n",
		ConfigurationLocationUri: "hosted",
		ConfigurationVersion: "1",
		DeploymentDurationInMinutes: 0,
		GrowthFactor: 100,
		GrowthType: "LINEAR",
		FinalBakeTimeInMinutes: 0,
		startedAt: 1,
	};
	const version = (change: object) => [
		{ table: "versions", key: "a/p/1", record: { ...VERSION, ...change } },
	];
	const deployment = (change: object) => [
		{
			table: "deployments",
			key: "a/e/1",
			record: { ...DEPLOYMENT, ...change },
		},
	];
	const named = (table: string, key: string, record: object) => [
		{ table, key, record: { Id: "a", Name: "a", ...record } },
	];

	test("restores records with unknown members", () => {
		const directory = createDirectory();
		const lines = [
			named("applications", "a", { Tags: { base64: "x" } }),
			version({ Future: [1] }),
			deployment({}),
		].map((one) => JSON.stringify(one));
		writeFileSync(
			join(directory, "journal.jsonl"),
			[HEAD, ...lines, ""].join("\n"),
		);
		const { journal, store } = open(directory);
		journal.close();
		expect(store.get("applications", "a")).toMatchObject({
			Tags: { base64: "x" },
		});
		expect(store.get("versions", "a/p/1")).toMatchObject({ Future: [1] });
		expect(store.get("deployments", "a/e/1")).toEqual(DEPLOYMENT);
	});

	test.each([
		[null],
		[7],
		["text"],
		[{}],
		[[null]],
		[[{}]],
		[[{ table: "applications", key: "a" }]],
		[[{ table: "applications", key: 1, record: null }]],
		[[{ table: "constructor", key: "a", record: null }]],
		[[{ table: "applications", key: "a", record: "text" }]],
		[[{ table: "applications", key: "a", record: [] }]],
		[named("applications", "a", { Name: 1 })],
		[named("applications", "b", {})],
		[named("applications", "a", { Description: {} })],
		[named("environments", "a", {})],
		[named("environments", "x/a", { ApplicationId: "x", Monitors: "none" })],
		[named("profiles", "x/a", { ApplicationId: "x", LocationUri: "hosted" })],
		[
			named("profiles", "x/a", {
				ApplicationId: "x",
				LocationUri: "hosted",
				Type: "AWS.Freeform",
				Validators: [null],
			}),
		],
		[version({ content: "e30=" })],
		[version({ content: undefined })],
		[version({ VersionNumber: "1" })],
		[version({ ContentType: "x\r\ny" })],
		[version({ VersionLabel: "1" })],
		[version({ deleted: false })],
		[deployment({ startedAt: "now" })],
		[deployment({ startedAt: 1e300 })],
		[deployment({ GrowthFactor: 0 })],
		[deployment({ GrowthFactor: 1e-9 })],
		[deployment({ DeploymentDurationInMinutes: -1 })],
		[deployment({ DeploymentNumber: 1.5 })],
		[[...deployment({}), null]],
	])(
		"names the line of a record of the wrong shape and stays as it is: %j",
		(line) => {
			const directory = createDirectory();
			const path = join(directory, "journal.jsonl");
			const text = [
				HEAD,
				JSON.stringify(named("applications", "a", {})),
				JSON.stringify(line),
				JSON.stringify(named("applications", "a", {})),
				"",
			].join("\n");
			writeFileSync(path, text);
			expect(() => openJournal(directory)).toThrow(
				`line 3 of ${path} is damaged. Remove that line`,
			);
			expect(readFileSync(path, "utf8")).toBe(text);
			expect(readdirSync(directory)).toEqual(["journal.jsonl"]);
		},
	);

	test("names a line that is not UTF-8", () => {
		const directory = createDirectory();
		const path = join(directory, "journal.jsonl");
		writeFileSync(path, `${HEAD}\n`);
		appendFileSync(
			path,
			Buffer.concat([
				Buffer.from('["'),
				Buffer.from([0xff]),
				Buffer.from('"]\n'),
			]),
		);
		expect(() => openJournal(directory)).toThrow(`line 2 of ${path}`);
	});

	test("reads lines longer than a chunk, and records across two chunks", () => {
		const directory = createDirectory();
		const first = open(directory);
		const contents = [5, 3_000_000, 7_000_000, 9].map((length, index) =>
			new Uint8Array(length).fill(index + 1),
		);
		for (const [index, content] of contents.entries())
			first.store.commit([
				{
					table: "versions",
					key: `a/p/${index + 1}`,
					record: { ...VERSION, VersionNumber: index + 1, content },
				},
			]);
		first.journal.close();
		const second = open(directory);
		second.journal.close();
		for (const [index, content] of contents.entries())
			expect(
				Buffer.from(
					second.store.get("versions", `a/p/${index + 1}`)?.content ?? [],
				).equals(content),
			).toBe(true);
	});

	test("is readable by its owner only, and so is its directory unless it has other files", () => {
		const directory = createDirectory();
		const modeOf = (path: string) => statSync(path).mode & 0o777;
		const made = join(directory, "new", "data");
		open(made).journal.close();
		expect(modeOf(made)).toBe(0o700);
		expect(modeOf(join(made, "journal.jsonl"))).toBe(0o600);
		chmodSync(made, 0o755);
		chmodSync(join(made, "journal.jsonl"), 0o644);
		writeFileSync(join(made, "journal.jsonl.new"), "half", { mode: 0o666 });
		open(made).journal.close();
		expect(modeOf(made)).toBe(0o700);
		expect(modeOf(join(made, "journal.jsonl"))).toBe(0o600);
		expect(readdirSync(made)).toEqual(["journal.jsonl"]);
		const shared = join(directory, "shared");
		mkdirSync(shared);
		chmodSync(shared, 0o755);
		writeFileSync(join(shared, "note.txt"), "of others");
		open(shared).journal.close();
		expect(modeOf(shared)).toBe(0o755);
		expect(modeOf(join(shared, "journal.jsonl"))).toBe(0o600);
	});

	test.each(["/proc/x", "/proc/x/y/z", "/dev/null/x"])(
		"refuses %s, where no directory can be made, at once",
		(directory) => {
			expect(() => openJournal(directory)).toThrow(
				/^E(NOENT|NOTDIR|ACCES|PERM)/,
			);
			expect(() => lockDirectory(directory)).toThrow(
				/^E(NOENT|NOTDIR|ACCES|PERM)/,
			);
		},
	);

	const application = (name: string, text = "") =>
		[
			{
				table: "applications",
				key: name,
				record: { Id: name, Name: name, Description: text },
			},
		] as const;

	test("never exceeds its limit, and accepts deletions and small updates when full", () => {
		const directory = createDirectory();
		const path = join(directory, "journal.jsonl");
		const limitBytes = 20_000;
		const journal = openJournal(directory, { limitBytes });
		const store = createStore(journal.restored, journal, limitBytes);
		const text = "x".repeat(1000);
		// Changed a hundred times, a record takes the room of one.
		for (let change = 0; change < 100; change++) {
			store.commit(application("busy", text));
			expect(statSync(path).size).toBeLessThanOrEqual(limitBytes);
		}
		const names = Array.from({ length: 100 }, (_, index) => `a${index}`);
		const refused = names.filter((name) => {
			try {
				store.commit(application(name, text));
				return false;
			} catch (error) {
				expect(error).toBeInstanceOf(StorageLimitError);
				expect(String(error)).toContain("of at most 20 kB");
				return true;
			}
		});
		expect(refused.length).toBeGreaterThan(75);
		expect(store.list("applications")).toHaveLength(101 - refused.length);
		expect(statSync(path).size).toBeLessThanOrEqual(limitBytes);
		store.commit(application("busy", `${text}!`));
		expect(() => store.commit(application("busy", "x".repeat(9000)))).toThrow(
			StorageLimitError,
		);
		store.commit([{ table: "applications", key: "a0", record: null }]);
		store.commit(application("a0", text));
		const before = store.list("applications");
		journal.close();
		const again = open(directory);
		again.journal.close();
		const byId = (a: { Id: string }, b: { Id: string }) =>
			a.Id.localeCompare(b.Id);
		expect(again.store.list("applications").sort(byId)).toEqual(
			before.sort(byId),
		);
		expect(again.store.storedBytes()).toBe(store.storedBytes());
	});

	test("is not written by an emulator that lost its lock", () => {
		const directory = createDirectory();
		const path = join(directory, "journal.jsonl");
		let isHeld = true;
		const journal = openJournal(directory, { isHeld: () => isHeld });
		const store = createStore(journal.restored, journal);
		store.commit(application("a"));
		isHeld = false;
		const before = readFileSync(path, "utf8");
		expect(() => store.commit(application("b"))).toThrow(
			/was taken over by another emulator/,
		);
		expect(store.list("applications")).toHaveLength(1);
		expect(readFileSync(path, "utf8")).toBe(before);
		journal.close();
	});

	test.each(["something else\n", "{}\n", "", "no end"])(
		"refuses to start on a file that holds %j",
		(text) => {
			const directory = createDirectory();
			writeFileSync(join(directory, "journal.jsonl"), text);
			expect(() => openJournal(directory)).toThrow(/journal/);
		},
	);
});
