import { describe, expect, it } from "vitest";
import {
	collectBounded,
	MAX_BODY_BYTES,
	OversizedError,
} from "../../../src/background/http/bounded-body.ts";

function streamOf(chunks: number, size: number) {
	let sent = 0;
	let isCancelled = false;
	const stream = new ReadableStream<Uint8Array>({
		pull(controller) {
			if (sent++ === chunks) controller.close();
			else controller.enqueue(new Uint8Array(size).fill(sent));
		},
		cancel() {
			isCancelled = true;
		},
	});
	return {
		body: new Response(stream),
		sent: () => sent,
		isCancelled: () => isCancelled,
	};
}

describe("a body", () => {
	it("is read whole, in order, into bytes of exactly its size", async () => {
		const body = await collectBounded(streamOf(3, 2).body);
		expect([...body]).toEqual([1, 1, 2, 2, 3, 3]);
		expect(body.buffer.byteLength).toBe(6);
	});

	it("may be missing or empty", async () => {
		expect(await collectBounded(new Response())).toHaveLength(0);
		expect(await collectBounded(streamOf(0, 0).body)).toHaveLength(0);
		const headers = { "content-length": "0" };
		expect(await collectBounded(new Response("", { headers }))).toHaveLength(0);
	});

	it("of exactly 8 MiB is taken", async () => {
		const body = await collectBounded(streamOf(8, MAX_BODY_BYTES / 8).body);
		expect(body).toHaveLength(MAX_BODY_BYTES);
	});

	it("past 8 MiB is refused at once, and the rest is not read", async () => {
		const endless = streamOf(1_000, MAX_BODY_BYTES / 4);
		await expect(collectBounded(endless.body)).rejects.toThrow(OversizedError);
		expect(endless.isCancelled()).toBe(true);
		expect(endless.sent()).toBeLessThan(8);
	});
});
