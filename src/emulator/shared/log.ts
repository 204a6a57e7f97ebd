import { escapeInvisible, escapeInvisibleInJson } from "./escape-invisible.ts";

export interface Log {
	request(entry: RequestEntry): void;
	event(text: string): void;
	error(text: string): void;
}

export interface RequestEntry {
	readonly method: string;
	/** Without the query, which carries tokens. */
	readonly path: string;
	readonly status: number;
	readonly outcome: string;
	/** `application/environment/profile`, where the request names one. */
	readonly subject: string | undefined;
	readonly milliseconds: number;
}

/** `pretty`: a readable line per request and event; `json`: a JSON object each; `events`: readable, without requests. */
export type LogFormat = "pretty" | "json" | "events";

export const SILENT_LOG: Log = { request() {}, event() {}, error() {} };

/** The members of a writable stream that the log uses. */
export interface OutputStream {
	readonly isTTY?: boolean;
	write(text: string): unknown;
	on(event: "error", listener: () => void): unknown;
}

export interface LogOptions {
	/** Defaults to `pretty` when `out` is a terminal, otherwise to `json`. */
	readonly format?: LogFormat | undefined;
	readonly out: OutputStream;
	readonly errors: OutputStream;
	readonly env?: Readonly<Record<string, string | undefined>>;
	/** Epoch ms. */
	readonly now?: () => number;
}

export function createLog({
	out,
	errors,
	format = out.isTTY ? "pretty" : "json",
	env = {},
	now = Date.now,
}: LogOptions): Log {
	// When the reader of a pipe exits (`| head -1`), writing fails; the emulator keeps serving.
	out.on("error", () => {});
	return format === "json"
		? createJsonLog(out, errors, now)
		: createTextLog(format, {
				now,
				out: createColoredOutput(out, env),
				errors: createColoredOutput(errors, env),
			});
}

function createJsonLog(
	out: OutputStream,
	errors: OutputStream,
	now: () => number,
): Log {
	const write = (stream: OutputStream, members: object) => {
		const time = new Date(now()).toISOString();
		const json = JSON.stringify({ time, ...members });
		stream.write(`${escapeInvisibleInJson(json)}\n`);
	};
	return {
		request: (entry) =>
			write(out, {
				...entry,
				milliseconds: Math.round(entry.milliseconds * 100) / 100,
			}),
		event: (event) => write(out, { event }),
		error: (error) => write(errors, { error }),
	};
}

const GREEN = 32;
const YELLOW = 33;
const RED = 31;
const CYAN = 36;
const DIM = 2;

interface ColoredOutput {
	paint(code: number, text: string): string;
	writeLine(text: string): void;
}

function createColoredOutput(
	stream: OutputStream,
	env: Readonly<Record<string, string | undefined>>,
): ColoredOutput {
	const colored = supportsColor(stream, env);
	return {
		paint: (code, text) => (colored ? `\u001b[${code}m${text}\u001b[0m` : text),
		writeLine: (text) => void stream.write(`${text}\n`),
	};
}

/** https://no-color.org and https://force-color.org; FORCE_COLOR wins, as in Node. */
function supportsColor(
	{ isTTY }: OutputStream,
	env: Readonly<Record<string, string | undefined>>,
): boolean {
	const { NO_COLOR: no, FORCE_COLOR: force, TERM: terminal } = env;
	if (force) return force !== "0" && force !== "false";
	return isTTY === true && !no && terminal !== "dumb";
}

function createTextLog(
	format: LogFormat,
	{
		out,
		errors,
		now,
	}: { out: ColoredOutput; errors: ColoredOutput; now: () => number },
): Log {
	const writeLine = (output: ColoredOutput, text: string) => {
		const time = new Date(now()).toISOString().slice(11, 19);
		output.writeLine(`${output.paint(DIM, time)} ${text}`);
	};
	return {
		request(entry) {
			if (format !== "pretty") return;
			const result = `${entry.status} ${escapeInvisible(entry.outcome)}`.padEnd(
				18,
			);
			const subject = entry.subject ?? entry.path.slice(0, 80);
			writeLine(
				out,
				`${out.paint(resultColor(entry), result)} ${escapeInvisible(subject)}`,
			);
		},
		event: (text) => writeLine(out, out.paint(CYAN, escapeInvisible(text))),
		error: (text) =>
			writeLine(errors, errors.paint(RED, escapeInvisible(text))),
	};
}

function resultColor({ status, outcome }: RequestEntry): number {
	if (outcome === "too early" || status === 429) return YELLOW;
	if (status >= 400) return RED;
	return outcome === "unchanged" ? DIM : GREEN;
}
