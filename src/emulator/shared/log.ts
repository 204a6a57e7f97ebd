// What the emulator says while it works: requests for people at a terminal, JSON lines for machines, errors for all.

import type { HttpRequest, Reply } from "../http/messages.ts";
import { escapeInvisible, escapeInvisibleInJson } from "./escape-invisible.ts";

export interface Log {
	request(request: HttpRequest, reply: Reply, milliseconds: number): void;
	event(text: string): void;
	error(text: string): void;
}

export type LogFormat = "pretty" | "json" | "events";

export const SILENT_LOG: Log = { request() {}, event() {}, error() {} };

export interface LogOptions {
	readonly format: LogFormat;
	readonly colour: boolean;
	/** Errors may go elsewhere. */
	readonly errorColour: boolean;
	readonly write: (line: string) => void;
	readonly writeError: (line: string) => void;
	readonly now: () => number;
}

export function createLog(options: LogOptions): Log {
	return options.format === "json" ? jsonLog(options) : textLog(options);
}

function jsonLog(options: LogOptions): Log {
	const time = () => new Date(options.now()).toISOString();
	const write = (line: object) =>
		options.write(escapeInvisibleInJson(JSON.stringify(line)));
	const writeError = (line: object) =>
		options.writeError(escapeInvisibleInJson(JSON.stringify(line)));
	return {
		request: (request, reply, milliseconds) =>
			write({
				time: time(),
				method: request.method,
				path: withoutQuery(request.url),
				status: reply.status,
				outcome: reply.outcome,
				subject: reply.subject,
				milliseconds: Math.round(milliseconds * 100) / 100,
			}),
		event: (event) => write({ time: time(), event }),
		error: (error) => writeError({ time: time(), error }),
	};
}

const GREEN = 32;
const YELLOW = 33;
const RED = 31;
const CYAN = 36;
const DIM = 2;

function textLog(options: LogOptions): Log {
	const { format, write, writeError, now } = options;
	const paint = createColorizer(options.colour);
	const paintError = createColorizer(options.errorColour);
	const clock = () => new Date(now()).toISOString().slice(11, 19);
	return {
		request(request, reply) {
			if (format !== "pretty") return;
			const what = reply.subject ?? withoutQuery(request.url).slice(0, 80);
			const verdict =
				`${reply.status} ${escapeInvisible(reply.outcome)}`.padEnd(18);
			write(
				`${paint(DIM, clock())} ${paint(statusColour(reply), verdict)} ${escapeInvisible(what)}`,
			);
		},
		event: (text) =>
			write(`${paint(DIM, clock())} ${paint(CYAN, escapeInvisible(text))}`),
		error: (text) =>
			writeError(
				`${paintError(DIM, clock())} ${paintError(RED, escapeInvisible(text))}`,
			),
	};
}

function createColorizer(
	colour: boolean,
): (code: number, text: string) => string {
	return (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
}

function statusColour(reply: Reply): number {
	if (reply.outcome === "too early" || reply.status === 429) return YELLOW;
	if (reply.status >= 400) return RED;
	return reply.outcome === "unchanged" ? DIM : GREEN;
}

/** Tokens travel in the query; a log is no place for them. */
function withoutQuery(url: string): string {
	return url.split("?", 1)[0] ?? url;
}
