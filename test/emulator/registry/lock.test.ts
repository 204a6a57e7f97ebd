// A data directory has one holder at most, whatever others do between any two of its steps.
import {
	mkdirSync,
	mkdtempSync,
	readdirSync,
	rmSync,
	statSync,
	utimesSync,
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
	test("left by a killed process gets one new holder, however three processes interleave", () => {
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

	test("is refused while its holder is alive, and is removed on release", () => {
		const directory = createDirectory();
		const { release } = lockDirectory(directory);
		expect(() => lockDirectory(directory)).toThrow(
			`in use by process ${process.pid}; if that is not an emulator, remove ${join(directory, "lock")}`,
		);
		release();
		expect(readdirSync(directory)).toEqual([]);
		lockDirectory(directory).release();
	});

	test("is taken from a killed process with the same PID, as in a restarted container", () => {
		const directory = createDirectory();
		mkdirSync(join(directory, "lock"));
		writeFileSync(join(directory, "lock", `${process.pid}.0`), "");
		lockDirectory(directory).release();
		expect(readdirSync(directory)).toEqual([]);
	});

	describe("held in another container or on another machine", () => {
		const there = { pidNamespace: "there" };
		/** Waits for nothing; meanwhile the holder does what it would do in that time. */
		const watching = (action: () => void = () => {}) => {
			const waited: number[] = [];
			return {
				waited,
				pidNamespace: "here",
				wait: (milliseconds: number) => {
					waited.push(milliseconds);
					action();
				},
			};
		};
		const claimIn = (directory: string) => {
			const path = join(directory, "lock");
			return join(path, readdirSync(path)[0] ?? "");
		};

		test("is refused while the holder updates its claim, even with the PID of this process", () => {
			const directory = createDirectory();
			const first = lockDirectory(directory, there);
			let beat = 0;
			const options = watching(() => {
				beat += 2;
				utimesSync(claimIn(directory), beat, beat);
			});
			expect(() => lockDirectory(directory, options)).toThrow(
				`in use by process ${process.pid} of another container or machine`,
			);
			expect(options.waited).toHaveLength(1);
			expect(first.isHeld()).toBe(true);
			expect(readdirSync(directory)).toEqual(["lock"]);
			first.release();
			expect(readdirSync(directory)).toEqual([]);
		});

		test("is taken over from a holder that does not, which then knows that it lost the lock", () => {
			const directory = createDirectory();
			const first = lockDirectory(directory, there);
			const options = watching();
			const told: string[] = [];
			const second = lockDirectory(directory, {
				...options,
				onWait: (holder, seconds) => told.push(`${holder}, ${seconds} s`),
			});
			const silence = options.waited.reduce((sum, one) => sum + one, 0);
			expect(silence).toBe(10_000);
			expect(told).toEqual([
				`process ${process.pid} of another container or machine, 10 s`,
			]);
			expect(first.isHeld()).toBe(false);
			expect(second.isHeld()).toBe(true);
			first.release();
			expect(second.isHeld()).toBe(true);
			second.release();
			expect(readdirSync(directory)).toEqual([]);
		});

		test("is taken at once when the holder releases it", () => {
			const directory = createDirectory();
			const first = lockDirectory(directory, there);
			const options = watching(() => first.release());
			expect(lockDirectory(directory, options).isHeld()).toBe(true);
			expect(options.waited).toHaveLength(1);
		});

		test("updates its claim every two seconds", () => {
			vi.useFakeTimers();
			onTestFinished(() => void vi.useRealTimers());
			const directory = createDirectory();
			const lock = lockDirectory(directory, there);
			utimesSync(claimIn(directory), 1, 1);
			vi.advanceTimersByTime(2_000);
			expect(statSync(claimIn(directory)).mtimeMs).toBeGreaterThan(1000);
			lock.release();
			expect(vi.getTimerCount()).toBe(0);
		});
	});

	test("is not taken if something else has its name", () => {
		const directory = createDirectory();
		writeFileSync(join(directory, "lock"), "a list of padlocks");
		expect(() => lockDirectory(directory)).toThrow("is not a lock");
		expect(readdirSync(directory)).toEqual(["lock"]);
	});
});
