import { expect, test } from "vitest";
import type {
	ChangeSummary,
	CompareRequest,
} from "../../../src/ui/diff/messages.ts";
import {
	createSummaryQueue,
	type InputPair,
} from "../../../src/ui/diff/version-summaries.ts";

/** A worker that answers when the test says so. */
function createWorkers() {
	const started: FakeWorker[] = [];
	class FakeWorker extends EventTarget {
		readonly asked: CompareRequest[] = [];
		onmessage: ((event: { data: unknown }) => void) | undefined;
		onerror: ((event: { message: string }) => void) | undefined;
		isTerminated = false;
		postMessage(request: CompareRequest): void {
			this.asked.push(request);
		}
		terminate(): void {
			this.isTerminated = true;
		}
		answer(text: string): void {
			const summary: ChangeSummary = {
				text,
				size: 1,
				unit: "key",
				items: [],
				total: 0,
				nodes: new Int32Array(),
			};
			this.onmessage?.({ data: { type: "summary", id: 0, summary } });
		}
	}
	const start = () => {
		const worker = new FakeWorker();
		started.push(worker);
		return worker as unknown as Worker;
	};
	return { started, start };
}

const subject = { body: new Uint8Array(), contentType: "" };

function createReads() {
	const read: string[] = [];
	const of = (key: string) => async (): Promise<InputPair> => {
		read.push(key);
		return [subject, subject];
	};
	return { read, of };
}

async function turn(): Promise<void> {
	for (let step = 0; step < 20; step += 1) await Promise.resolve();
}

test("the bodies of a pair are read after the pair before is compared", async () => {
	const { started, start } = createWorkers();
	const { read, of } = createReads();
	const summaries = createSummaryQueue(start);
	const first = summaries.summarize("a", of("a"));
	const second = summaries.summarize("b", of("b"));
	await turn();
	expect(read).toEqual(["a"]);
	started[0]?.answer("one");
	expect((await first).text).toBe("one");
	await turn();
	expect(read).toEqual(["a", "b"]);
	started[0]?.answer("two");
	expect((await second).text).toBe("two");
	expect((await summaries.summarize("a", of("a"))).text).toBe("one");
	expect(read).toEqual(["a", "b"]);
	expect(started).toHaveLength(1);
	summaries.close();
});

test("after a failure the next pairs are compared, and the failed one can be compared again", async () => {
	const { started, start } = createWorkers();
	const { read, of } = createReads();
	const summaries = createSummaryQueue(start);
	const gone = summaries.summarize("gone", () =>
		Promise.reject(new Error("gone")),
	);
	await expect(gone).rejects.toThrow("gone");
	const failed = summaries.summarize("a", of("a"));
	await turn();
	started[0]?.onerror?.({ message: "out of memory" });
	await expect(failed).rejects.toThrow("out of memory");
	expect(started[0]?.isTerminated).toBe(true);
	const again = summaries.summarize("a", of("a"));
	await turn();
	started[1]?.answer("one");
	expect((await again).text).toBe("one");
	expect(read).toEqual(["a", "a"]);
	summaries.close();
});
