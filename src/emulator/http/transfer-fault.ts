import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Reply, TransferFault } from "./messages.ts";

const TICK_MS = 50;

/** Sends a reply late, slowly or incompletely, as an injected fault demands. */
export function sendWithFault(
	response: ServerResponse,
	reply: Reply,
	fault: TransferFault,
): void {
	void send(response, reply, fault).catch(() => response.destroy());
}

async function send(
	response: ServerResponse,
	reply: Reply,
	{ delayMs, cutAfterBytes, bytesPerSecond }: TransferFault,
): Promise<void> {
	if (delayMs !== undefined) await delay(delayMs, undefined, { ref: false });
	response.writeHead(reply.status, reply.headers);
	const body = Buffer.from(reply.body);
	if (cutAfterBytes !== undefined) {
		response.write(body.subarray(0, cutAfterBytes), () => response.destroy());
		return;
	}
	if (bytesPerSecond === undefined) {
		response.end(body);
		return;
	}
	const step = Math.max(1, Math.round((bytesPerSecond * TICK_MS) / 1000));
	for (let at = 0; at < body.length && !response.destroyed; at += step) {
		response.write(body.subarray(at, at + step));
		await delay(TICK_MS, undefined, { ref: false });
	}
	response.end();
}
