import { readFileSync } from "node:fs";
import { DEFAULT_PRINCIPALS, parsePolicy } from "../auth/policy.ts";
import {
	createEmulator,
	DEFAULT_STORAGE_LIMIT_BYTES,
	type Emulator,
} from "../emulator.ts";
import { parseScenario } from "../fault-injection/faults.ts";
import type { ListeningServer } from "../http/server.ts";
import { openJournal } from "../registry/journal.ts";
import { type Lock, lockDirectory } from "../registry/lock.ts";
import { JournalError } from "../registry/store.ts";
import { formatBytes } from "../shared/byte-size.ts";
import { createLog, type Log } from "../shared/log.ts";
import {
	type CliOptions,
	DEFAULT_PORT,
	resolveDirectory,
	toErrorMessage,
	UsageError,
} from "./options.ts";

export async function serve(options: CliOptions): Promise<void> {
	const { stdout: out, stderr: errors, env } = process;
	const log = createLog({ format: options.log, out, errors, env });
	const { emulator, release } = open(options, log);
	const listening = await start(emulator, options).catch((error) => {
		release();
		throw error;
	});
	const stop = () =>
		void emulator.close().then(() => {
			release();
			process.exit(0);
		});
	process.once("SIGINT", stop);
	process.once("SIGTERM", stop);
	// A parent process with an IPC channel exited.
	process.once("disconnect", stop);
	// Printed after the signal handlers are set: a program that reads this line may send a signal at once.
	out.write(`AppConfig emulator listening on ${listening.url}\n`);
	logStatus(emulator, options, log);
	if (options.port === undefined && listening.port !== DEFAULT_PORT)
		log.event(
			`Port ${DEFAULT_PORT} is in use. The emulator listens on port ${listening.port}`,
		);
}

function open(
	options: CliOptions,
	log: Log,
): { emulator: Emulator; release: () => void } {
	const directory = resolveDirectory(options);
	const { host, allowedHosts } = options;
	const principals = readPrincipals(options);
	const rules = readScenario(options);
	const storage = openData(options, log);
	try {
		const emulator = createEmulator({
			...options.emulator,
			directory,
			allowedHosts: [host, ...allowedHosts],
			principals,
			journal: storage?.journal,
			log,
		});
		for (const rule of rules) emulator.injectFault(rule);
		return { emulator, release: () => storage?.release() };
	} catch (cause) {
		storage?.release();
		throw new UsageError(
			`${directory} cannot be read: ${toErrorMessage(cause)}`,
			{
				cause,
			},
		);
	}
}

/** Logs how full the storage is, and who else can reach the emulator. */
function logStatus(
	emulator: Emulator,
	{
		data,
		host,
		requireSignature,
		emulator: { storageLimitBytes, corsOrigins },
	}: CliOptions,
	log: Log,
): void {
	if (data !== undefined)
		log.event(
			`${data} uses ${formatBytes(emulator.storedBytes())} of ${formatBytes(storageLimitBytes ?? DEFAULT_STORAGE_LIMIT_BYTES)} (--storage-limit)`,
		);
	if (corsOrigins?.includes("*"))
		log.error(
			"Warning: with --cors '*' every web page that is open in a browser can read and replace all configurations. Name the origins of your pages instead.",
		);
	if (!isLoopback(host))
		log.error(
			`Warning: --host ${host} opens the emulator to the network. ${
				requireSignature
					? "The Agent's and the testing endpoints need no signature: everyone who can reach this port can read configurations there."
					: "Everyone who can reach this port can read and replace all configurations. Use 127.0.0.1, or require signatures with --require-signature."
			}`,
		);
}

function isLoopback(host: string): boolean {
	return /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);
}

function openData({ data: directory, emulator }: CliOptions, log: Log) {
	if (directory === undefined) return undefined;
	try {
		const lock = lockDirectory(directory, {
			// To standard error, because the first line of standard output is the address.
			onWait: (holder, seconds) =>
				log.error(
					`${directory} was last used by ${holder}. Waiting up to ${seconds} s to see whether it is still running.`,
				),
		});
		return openLocked(directory, lock, emulator.storageLimitBytes);
	} catch (cause) {
		if (cause instanceof JournalError)
			throw new UsageError(cause.message, { cause });
		throw new UsageError(
			`Data cannot be saved in ${directory}: ${toErrorMessage(cause)}`,
			{
				cause,
			},
		);
	}
}

function openLocked(
	directory: string,
	lock: Lock,
	limitBytes = DEFAULT_STORAGE_LIMIT_BYTES,
) {
	try {
		const { isHeld } = lock;
		const journal = openJournal(directory, { limitBytes, isHeld });
		return {
			journal,
			release: () => {
				journal.close();
				lock.release();
			},
		};
	} catch (error) {
		lock.release();
		throw error;
	}
}

function readPrincipals({ requireSignature, policy }: CliOptions) {
	if (!requireSignature) return undefined;
	if (policy === undefined) return DEFAULT_PRINCIPALS;
	return read(policy, parsePolicy);
}

function readScenario({ scenario }: CliOptions) {
	return scenario === undefined ? [] : read(scenario, parseScenario);
}

function read<T>(path: string, parseText: (text: string) => T): T {
	try {
		return parseText(readFileSync(path, "utf8"));
	} catch (cause) {
		throw new UsageError(`${path}: ${toErrorMessage(cause)}`, { cause });
	}
}

async function start(
	emulator: Emulator,
	{ port, host }: CliOptions,
): Promise<ListeningServer> {
	try {
		return await emulator.listen({ port: port ?? DEFAULT_PORT, host });
	} catch (cause) {
		const isInUse = toErrorCode(cause) === "EADDRINUSE";
		if (isInUse && port === undefined)
			return emulator.listen({ port: 0, host });
		throw new UsageError(
			isInUse
				? `Port ${port} is in use. Choose another port, or --port 0 for any free port.`
				: `Cannot listen on ${host}, port ${port ?? DEFAULT_PORT}: ${toErrorCode(cause)}`,
			{ cause },
		);
	}
}

function toErrorCode(error: unknown): unknown {
	return error instanceof Error && "code" in error ? error.code : error;
}
