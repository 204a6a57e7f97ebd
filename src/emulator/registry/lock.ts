import { createHash, randomBytes } from "node:crypto";
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	renameSync,
	rmdirSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { isSystemError, makeDirectory } from "../shared/file-system.ts";
import { JournalError } from "./store.ts";

export interface Lock {
	/** False when another emulator took this one for dead and holds the directory now. */
	isHeld(): boolean;
	release(): void;
}

export interface LockOptions {
	/** Where process numbers mean the same: this machine since it was started, and this container. */
	readonly pidNamespace?: string;
	/** Blocks. */
	readonly wait?: (milliseconds: number) => void;
	/** Told before this process waits for a sign of life from a holder elsewhere. */
	readonly onWait?: (holder: string, seconds: number) => void;
}

const MAX_ATTEMPTS = 20;
const HEARTBEAT_MS = 2_000;
/** A holder elsewhere that gives no sign of life for so long is dead. */
const HEARTBEAT_TIMEOUT_MS = 10_000;
const HEARTBEAT_CHECK_MS = 500;
/** The number of this process may be that of one killed before: in a container it is always the same. */
const ownClaims = new Set<string>();

/**
 * One emulator per data directory: two would write over each other's journal. Throws JournalError when another one that
 * lives holds the directory.
 *
 * The lock is a folder with its holder's claim in it. No two claims ever have the same name, so nobody removes another
 * one than he found dead; and no folder can be renamed to one that holds something, so of many that try, one succeeds.
 * A holder in the same place lives when its process does. Of one elsewhere, as in another container with the same
 * volume, process numbers say nothing: it touches its claim every two seconds, and this process watches whether it does.
 */
export function lockDirectory(
	directory: string,
	{
		pidNamespace = PID_NAMESPACE,
		wait = sleepSync,
		onWait = () => {},
	}: LockOptions = {},
): Lock {
	makeDirectory(directory, 0o700);
	const path = join(directory, "lock");
	const claim = `${process.pid}.${pidNamespace}.${randomBytes(8).toString("hex")}`;
	const prepared = `${path}.${claim}`;
	const attempt: Attempt = { path, prepared, pidNamespace, wait, onWait };
	try {
		mkdirSync(prepared, 0o700);
		writeFileSync(join(prepared, claim), "", { mode: 0o600 });
		ownClaims.add(claim);
		for (let left = MAX_ATTEMPTS; !tryTakeLock(attempt, left); ) left--;
	} catch (error) {
		ownClaims.delete(claim);
		rmSync(prepared, { recursive: true, force: true });
		throw error;
	}
	const file = join(path, claim);
	const timer = setInterval(() => touch(file), HEARTBEAT_MS).unref();
	return {
		isHeld: () => existsSync(file),
		release() {
			clearInterval(timer);
			rmSync(file, { force: true });
			removeEmpty(path);
			ownClaims.delete(claim);
		},
	};
}

interface Attempt extends Required<LockOptions> {
	readonly path: string;
	readonly prepared: string;
}

/** False when another one was quicker, or has just not gone yet. */
function tryTakeLock(attempt: Attempt, triesLeft: number): boolean {
	const { path, prepared } = attempt;
	for (const claim of claimsIn(path)) {
		const holder = toHolder(claim);
		if (isAlive(attempt, claim, holder))
			throw new JournalError(
				`${dirname(path)} is in use by ${describe(attempt, holder)}; if that is no emulator, remove ${path}`,
			);
		rmSync(join(path, claim), { force: true });
	}
	// Windows renames nothing to a folder that is there, be it empty.
	removeEmpty(path);
	try {
		renameSync(prepared, path);
		return true;
	} catch (error) {
		if (triesLeft > 0) return false;
		throw error;
	}
}

interface Holder {
	readonly pid: number;
	/** Versions before 0.2 did not write it down. */
	readonly pidNamespace: string | undefined;
}

function toHolder(claim: string): Holder {
	const [pid = "", place, random] = claim.split(".");
	return {
		pid: Number.parseInt(pid, 10),
		pidNamespace: random === undefined ? undefined : place,
	};
}

function describe({ pidNamespace }: Attempt, holder: Holder): string {
	return holder.pidNamespace === undefined ||
		holder.pidNamespace === pidNamespace
		? `process ${holder.pid}`
		: `process ${holder.pid} of another container or machine`;
}

function claimsIn(path: string): string[] {
	try {
		return readdirSync(path);
	} catch (cause) {
		if (hasCode(cause, "ENOENT")) return [];
		if (!hasCode(cause, "ENOTDIR")) throw cause;
		throw new JournalError(
			`${path} is not a lock of this emulator; if no other one uses ${dirname(path)}, remove it`,
			{ cause },
		);
	}
}

function removeEmpty(path: string): void {
	try {
		rmdirSync(path);
	} catch {
		// Gone, or somebody's: renaming finds out.
	}
}

function isAlive(attempt: Attempt, claim: string, holder: Holder): boolean {
	const { pid, pidNamespace } = holder;
	if (!(pid > 0)) return false;
	if (pidNamespace !== undefined && pidNamespace !== attempt.pidNamespace)
		return hasHeartbeat(attempt, claim, holder);
	if (pid === process.pid) return ownClaims.has(claim);
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// Not allowed to signal it: it lives, and belongs to somebody else.
		return hasCode(error, "EPERM");
	}
}

/** Times are compared with each other only, since the clocks of two machines may differ. */
function hasHeartbeat(
	attempt: Attempt,
	claim: string,
	holder: Holder,
): boolean {
	const file = join(attempt.path, claim);
	const before = modifiedAt(file);
	if (before === undefined) return false;
	attempt.onWait(describe(attempt, holder), HEARTBEAT_TIMEOUT_MS / 1000);
	for (
		let waited = 0;
		waited < HEARTBEAT_TIMEOUT_MS;
		waited += HEARTBEAT_CHECK_MS
	) {
		attempt.wait(HEARTBEAT_CHECK_MS);
		const now = modifiedAt(file);
		if (now !== before) return now !== undefined;
	}
	return false;
}

function modifiedAt(file: string): number | undefined {
	return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

function touch(file: string): void {
	try {
		const now = new Date();
		utimesSync(file, now, now);
	} catch (error) {
		// Another one has taken the directory: the journal asks before it writes.
		if (!isSystemError(error)) throw error;
	}
}

function sleepSync(milliseconds: number): void {
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

const PID_NAMESPACE = createHash("sha256")
	.update(
		JSON.stringify([
			hostname(),
			readOrEmpty(() =>
				readFileSync("/proc/sys/kernel/random/boot_id", "utf8"),
			),
			readOrEmpty(() => readlinkSync("/proc/self/ns/pid")),
		]),
	)
	.digest("hex")
	.slice(0, 16);

/** Empty where there is no such file: only Linux has them. */
function readOrEmpty(read: () => string): string {
	try {
		return read();
	} catch (error) {
		if (isSystemError(error)) return "";
		throw error;
	}
}

function hasCode(error: unknown, code: string): boolean {
	return error instanceof Error && "code" in error && error.code === code;
}
