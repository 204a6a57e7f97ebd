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
	/** False if another emulator took the lock over because this process did not respond. */
	isHeld(): boolean;
	release(): void;
}

export interface LockOptions {
	/** Identifies where a PID means the same process: one machine since its boot, and one container. */
	readonly pidNamespace?: string;
	/** Blocks the thread. */
	readonly wait?: (milliseconds: number) => void;
	/** Called before waiting for a heartbeat of a holder in another container or machine. */
	readonly onWait?: (holder: string, seconds: number) => void;
}

const MAX_ATTEMPTS = 20;
const HEARTBEAT_MS = 2_000;
/** A holder in another container or machine without a heartbeat for this time is considered dead. */
const HEARTBEAT_TIMEOUT_MS = 10_000;
const HEARTBEAT_CHECK_MS = 500;
/** Claims of this process. A killed process may have had the same PID: in a container the PID is always the same. */
const ownClaims = new Set<string>();

/**
 * Locks a data directory for one emulator, because two would overwrite each other's journal. Throws JournalError if a live
 * emulator holds the lock.
 *
 * The lock is a folder that contains a claim of its holder. Names of claims are unique, so a process removes only the claim
 * that it found dead; and a folder cannot be renamed to one that is not empty, so only one of several processes succeeds.
 * A holder in the same PID namespace is alive if its process is. The PID of a holder in another one, such as another
 * container with the same volume, says nothing: the holder touches its claim every two seconds, and this process checks that.
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

/** False if another process was faster or is just releasing the lock. */
function tryTakeLock(attempt: Attempt, triesLeft: number): boolean {
	const { path, prepared } = attempt;
	for (const claim of claimsIn(path)) {
		const holder = toHolder(claim);
		if (isAlive(attempt, claim, holder))
			throw new JournalError(
				`${dirname(path)} is in use by ${describe(attempt, holder)}; if that is not an emulator, remove ${path}`,
			);
		rmSync(join(path, claim), { force: true });
	}
	// Windows does not rename to an existing folder, even if it is empty.
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
	/** Versions before 0.2 did not write it. */
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
			`${path} is not a lock of this emulator. If no other emulator uses ${dirname(path)}, remove it`,
			{ cause },
		);
	}
}

function removeEmpty(path: string): void {
	try {
		rmdirSync(path);
	} catch {
		// It is gone or not empty. Renaming to it then succeeds or fails.
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
		// The process is alive and belongs to another user.
		return hasCode(error, "EPERM");
	}
}

/** Compares the times of the claim with each other, not with the clock: the clocks of two machines may differ. */
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
		// Another emulator took the lock over. The journal checks that before it writes.
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

/** Only Linux has these files. */
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
