import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
	CALL_LIMIT_MS,
	fetchWhole,
} from "../../../src/background/http/fetch-whole.ts";
import { serve } from "../../helpers/loopback-server.ts";

/** However slow the machine is. */
const UNTIL = { interval: 0, timeout: 60_000 };
const PIECE = Buffer.alloc(100_000, "x");

/** A server that sends its headers and then a piece whenever the test says so; time stands still but for the test. */
async function slowServer() {
	let respond = (_: ServerResponse) => {};
	const response = new Promise<ServerResponse>((resolve) => {
		respond = resolve;
	});
	const url = await serve((_request, answer) => {
		answer.writeHead(200, { "content-type": "text/plain" });
		answer.flushHeaders();
		respond(answer);
	});
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	return { url, response };
}

/** Sends a piece and waits until it was read. */
async function sendPiece(response: ServerResponse, read: { count: number }) {
	const before = read.count;
	if (!response.write(PIECE)) await once(response, "drain");
	await vi.waitUntil(() => read.count > before, UNTIL);
}

/** Counts what arrives, by the timers that are set anew for it. */
function countReads() {
	const read = { count: 0 };
	const { setTimeout } = globalThis;
	vi.stubGlobal("setTimeout", (...input: Parameters<typeof setTimeout>) => {
		read.count += 1;
		return setTimeout(...input);
	});
	return read;
}

describe("a body on a slow line", () => {
	afterEach(() => {
		vi.useRealTimers();
		vi.unstubAllGlobals();
	});

	it("of 3 MB at 100 kB a second arrives whole, since it is given time as long as bytes come", async () => {
		const { url, response } = await slowServer();
		const read = countReads();
		const whole = fetchWhole(url, {});
		const answer = await response;
		await vi.waitUntil(() => read.count >= 3, UNTIL);
		for (let piece = 0; piece < 30; piece += 1) {
			vi.advanceTimersByTime(10_000);
			await sendPiece(answer, read);
		}
		answer.end();
		const { body } = await whole;
		expect(body.byteLength).toBe(3_000_000);
	});

	it("that stops is given up 15 s after its last byte", async () => {
		const { url, response } = await slowServer();
		const read = countReads();
		const whole = fetchWhole(url, {});
		const outcome = expect(whole).rejects.toMatchObject({
			name: "IncompleteError",
		});
		const answer = await response;
		await vi.waitUntil(() => read.count >= 3, UNTIL);
		await sendPiece(answer, read);
		vi.advanceTimersByTime(14_999);
		await sendPiece(answer, read);
		vi.advanceTimersByTime(15_000);
		await outcome;
	});

	it("that never ends is given up after ten minutes", async () => {
		const { url, response } = await slowServer();
		const read = countReads();
		const whole = fetchWhole(url, {});
		const outcome = expect(whole).rejects.toMatchObject({
			name: "IncompleteError",
		});
		const answer = await response;
		await vi.waitUntil(() => read.count >= 3, UNTIL);
		for (let passed = 0; passed < CALL_LIMIT_MS - 10_000; passed += 10_000) {
			vi.advanceTimersByTime(10_000);
			answer.write("x");
			const before = read.count;
			await vi.waitUntil(() => read.count > before, UNTIL);
		}
		vi.advanceTimersByTime(10_000);
		await outcome;
	});
});
