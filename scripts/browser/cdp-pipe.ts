// The DevTools protocol over a pipe: JSON messages that end in a zero byte, commands on file descriptor 3, replies on 4.
import type { ChildProcess } from "node:child_process";
import { Readable, Writable } from "node:stream";

export type Send = (
	method: string,
	params?: object,
	sessionId?: string,
) => Promise<Readonly<Record<string, unknown>>>;

interface Answer {
	readonly id?: number;
	readonly result?: Readonly<Record<string, unknown>>;
	readonly error?: { readonly message: string };
}

interface Waiting {
	resolve(result: Readonly<Record<string, unknown>>): void;
	reject(error: Error): void;
}

export function createCdpPipe(child: ChildProcess): { readonly send: Send } {
	const [down, up] = [child.stdio[3], child.stdio[4]];
	if (!(down instanceof Writable) || !(up instanceof Readable))
		throw new Error("The browser was started without its debugging pipe.");
	const waiting = new Map<number, Waiting>();
	let count = 0;
	onMessage(up, ({ id, result, error }) => {
		const caller = waiting.get(id ?? 0);
		waiting.delete(id ?? 0);
		if (error) caller?.reject(new Error(error.message));
		else caller?.resolve(result ?? {});
	});
	child.once("exit", () => {
		for (const { reject } of waiting.values())
			reject(new Error("The browser has ended."));
	});
	return {
		send: (method, params = {}, sessionId) =>
			new Promise((resolve, reject) => {
				count += 1;
				waiting.set(count, { resolve, reject });
				const message = { id: count, method, params, sessionId };
				down.write(`${JSON.stringify(message)}\0`);
			}),
	};
}

function onMessage(up: Readable, listener: (answer: Answer) => void): void {
	let rest = "";
	up.setEncoding("utf8");
	up.on("data", (text: string) => {
		const messages = (rest + text).split("\0");
		rest = messages.pop() ?? "";
		for (const message of messages) listener(JSON.parse(message));
	});
}
