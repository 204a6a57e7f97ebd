// The command line: what may be asked, read strictly, and the text of --help.
import { parseArgs } from "node:util";
import type { LogFormat } from "./log.ts";

export interface CliOptions {
	readonly directory: string;
	/** Undefined when the user did not ask for one. */
	readonly port: number | undefined;
	readonly host: string;
	readonly hosts: readonly string[];
	readonly pollIntervalSeconds: number;
	readonly testing: boolean;
	readonly cors: boolean;
	readonly log: LogFormat | undefined;
	readonly help: boolean;
}

export class UsageError extends Error {}

export const DEFAULT_PORT = 4772;

export const HELP = `AppConfig emulator: AWS AppConfig Data on your machine

  appconfig-emulator [DIR] [options]      DIR is examples/ unless given

DIR holds   <application>/<environment>/<profile>.<ext>
or the flat names of the AppConfig Agent   application:environment:profile.<ext>
A changed file is a deployment: the next poll of every session brings it.
A file is read once it has stayed the same for 100 ms; an empty file, or a .json
file that does not parse, is taken for half-written: the last good version stays.

Content types   json application/json · yaml, yml application/x-yaml
                txt text/plain · xml application/xml · else application/octet-stream
Version labels  a file beside it, <profile>.<ext>.label, holds the label:
                1–64 characters, at least one of them not a digit

  --port N             ${DEFAULT_PORT} unless given; 0 takes any free port
  --host H             127.0.0.1 unless given
  --allow-host NAME    another name that may stand in the Host header; repeatable
  --poll-interval N    seconds between polls for sessions that ask for none (60)
  --cors               let web pages call it
  --log pretty|json|events   a line per request (at a terminal), JSON lines, or
                       only what happens to files (otherwise)
  --testing            /_emulator/ledger, /_emulator/faults, /_emulator/clock
  --help
`;

/** Throws UsageError. */
export function parseOptions(args: readonly string[]): CliOptions {
	const { values, positionals } = parse(args);
	if (positionals.length > 1)
		throw new UsageError(`One directory, please: ${positionals.join(" ")}`);
	return {
		directory: positionals[0] ?? "examples",
		port: toInteger("--port", values.port, 0, 65_535),
		host: values.host ?? "127.0.0.1",
		hosts: values["allow-host"] ?? [],
		pollIntervalSeconds:
			toInteger("--poll-interval", values["poll-interval"], 1, 86_400) ?? 60,
		testing: values.testing ?? false,
		cors: values.cors ?? false,
		log: toLogFormat(values.log),
		help: values.help ?? false,
	};
}

function parse(args: readonly string[]) {
	try {
		return parseArgs({
			args: [...args],
			allowPositionals: true,
			options: {
				port: { type: "string" },
				host: { type: "string" },
				"allow-host": { type: "string", multiple: true },
				"poll-interval": { type: "string" },
				testing: { type: "boolean" },
				cors: { type: "boolean" },
				log: { type: "string" },
				help: { type: "boolean", short: "h" },
			},
		});
	} catch (cause) {
		const message = cause instanceof Error ? cause.message : String(cause);
		throw new UsageError(message, { cause });
	}
}

/** Four arguments read better at the call than an object would. */
function toInteger(
	name: string,
	text: string | undefined,
	from: number,
	to: number,
): number | undefined {
	if (text === undefined) return undefined;
	const value = Number(text);
	if (!/^\d+$/.test(text) || value < from || value > to)
		throw new UsageError(`${name} takes a whole number from ${from} to ${to}`);
	return value;
}

function toLogFormat(text: string | undefined): LogFormat | undefined {
	if (text === undefined) return undefined;
	if (text === "pretty" || text === "json" || text === "events") return text;
	throw new UsageError("--log takes pretty, json or events");
}
