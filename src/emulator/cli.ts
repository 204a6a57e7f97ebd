#!/usr/bin/env node
// The command: reads the options, starts the emulator, ends it gracefully.
import { createEmulator, type Emulator } from "./emulator.ts";
import { createLog, type Log } from "./log.ts";
import {
	type CliOptions,
	DEFAULT_PORT,
	HELP,
	parseOptions,
	UsageError,
} from "./options.ts";
import type { Listening } from "./server.ts";

async function main(): Promise<void> {
	const options = parseOptions(process.argv.slice(2));
	if (options.help) {
		process.stdout.write(HELP);
		return;
	}
	const log = createCliLog(options);
	const emulator = open(options, log);
	const listening = await start(emulator, options);
	process.stdout.write(`AppConfig emulator listening on ${listening.url}\n`);
	if (options.port === undefined && listening.port !== DEFAULT_PORT)
		log.event(`port ${DEFAULT_PORT} is taken; this one is ${listening.port}`);
	for (const signal of ["SIGINT", "SIGTERM"] as const)
		process.once(signal, () => {
			void emulator.close().then(() => process.exit(0));
		});
}

function open(options: CliOptions, log: Log): Emulator {
	const { directory, host, hosts } = options;
	try {
		return createEmulator({ ...options, hosts: [host, ...hosts], log });
	} catch (cause) {
		throw new UsageError(`${directory} cannot be read`, { cause });
	}
}

async function start(
	emulator: Emulator,
	{ port, host }: CliOptions,
): Promise<Listening> {
	try {
		return await emulator.listen({ port: port ?? DEFAULT_PORT, host });
	} catch (cause) {
		const taken = codeOf(cause) === "EADDRINUSE";
		if (taken && port === undefined) return emulator.listen({ port: 0, host });
		throw new UsageError(
			taken
				? `Port ${port} is taken; choose another one, or --port 0 for any`
				: `Cannot listen on ${host}: ${codeOf(cause)}`,
			{ cause },
		);
	}
}

function codeOf(error: unknown): unknown {
	return error instanceof Error && "code" in error ? error.code : error;
}

function createCliLog(options: CliOptions): Log {
	const terminal = process.stdout.isTTY === true;
	return createLog({
		format: options.log ?? (terminal ? "pretty" : "events"),
		colour: terminal && process.env.NO_COLOR === undefined,
		write: (line) => process.stdout.write(`${line}\n`),
		writeError: (line) => process.stderr.write(`${line}\n`),
		now: Date.now,
	});
}

main().catch((error: unknown) => {
	if (!(error instanceof UsageError)) throw error;
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});
