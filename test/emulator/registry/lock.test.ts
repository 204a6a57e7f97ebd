// A data directory has one holder at most, whatever others do between any two of its steps.
import {
	mkdirSync,
	mkdtempSync,
	readdirSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { lockDirectory } from "../../../src/emulator/registry/lock.ts";

/** Runs before every step that is taken in the file system. */
const steps = vi.hoisted(() => ({ before: () => {} }));

vi.mock("node:fs", async (importOriginal) => {
	const real: object = await importOriginal();
	const watched = Object.entries(real)
		.filter(([name]) => name.endsWith("Sync"))
		.map(([name, step]) => [
			name,
			(...args: unknown[]) => {
				steps.before();
				return step(...args);
			},
		]);
	return { ...real, ...Object.fromEntries(watched) };
});

const DEAD = 999_999_999;
const [FIRST, SECOND, THIRD] = [1_000_001, 1_000_002, 1_000_003];

function createDirectory(): string {
	const directory = mkdtempSync(join(tmpdir(), "lock-"));
	onTestFinished(() => rmSync(directory, { recursive: true }));
	return directory;
}

/** For as long as the test runs, the processes with made-up numbers live, and this one is whichever of them acts. */
function becomeMany(): void {
	const { pid } = process;
	vi.spyOn(process, "kill").mockImplementation((number) => {
		if (number !== DEAD) return true;
		throw Object.assign(new Error("no such process"), { code: "ESRCH" });
	});
	onTestFinished(() => {
		vi.restoreAllMocks();
		become(pid);
	});
}

function become(pid: number): void {
	Object.defineProperty(process, "pid", { value: pid, configurable: true });
}

/** Runs `other` before the given step of `action`; false when it has fewer. */
function interrupt(
	action: () => void,
	step: number,
	other: () => void,
): boolean {
	const { pid } = process;
	const outer = steps.before;
	let left = step;
	steps.before = () => {
		if (left-- > 0) return;
		steps.before = () => {};
		other();
		become(pid);
	};
	action();
	const done = left < 0;
	steps.before = outer;
	return done;
}

describe("The lock of a data directory", () => {
	test("left by a killed process has one holder, wherever a second and a third break in on the first", () => {
		becomeMany();
		const holders: number[] = [];
		const tryAs = (pid: number, directory: string) => () => {
			become(pid);
			try {
				lockDirectory(directory);
				holders.push(pid);
			} catch (error) {
				expect(String(error)).toContain("is in use by");
			}
		};
		const root = createDirectory();
		let runs = 0;
		for (let outer = 0, broken = true; broken; outer++)
			for (let inner = 0, nested = true; nested && broken; inner++) {
				const directory = join(root, String(runs++));
				become(DEAD);
				lockDirectory(directory);
				holders.length = 0;
				broken = interrupt(tryAs(FIRST, directory), outer, () => {
					nested = interrupt(
						tryAs(SECOND, directory),
						inner,
						tryAs(THIRD, directory),
					);
				});
				expect(holders, `steps ${outer} and ${inner}`).toHaveLength(1);
			}
		expect(runs).toBeGreaterThan(20);
	});

	test("is refused while its holder lives, and leaves nothing when that gives it back", () => {
		const directory = createDirectory();
		const release = lockDirectory(directory);
		expect(() => lockDirectory(directory)).toThrow(
			`in use by process ${process.pid}; if that is no emulator, remove ${join(directory, "lock")}`,
		);
		release();
		expect(readdirSync(directory)).toEqual([]);
		lockDirectory(directory)();
	});

	test("is taken from one of its own number that was killed, as in a container started anew", () => {
		const directory = createDirectory();
		mkdirSync(join(directory, "lock"));
		writeFileSync(join(directory, "lock", `${process.pid}.0`), "");
		lockDirectory(directory)();
		expect(readdirSync(directory)).toEqual([]);
	});

	test("is not taken where something else has its name", () => {
		const directory = createDirectory();
		writeFileSync(join(directory, "lock"), "a list of padlocks");
		expect(() => lockDirectory(directory)).toThrow("is not a lock");
		expect(readdirSync(directory)).toEqual(["lock"]);
	});
});
