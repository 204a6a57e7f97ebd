// Summaries of what changed between versions: each pair is compared once, one after the other, in a worker that is shared and rests when idle.
import { createCompareWorker } from "./create-compare-worker.ts";
import type {
	ChangeSummary,
	CompareInput,
	CompareRequest,
	CompareResponse,
} from "./messages.ts";

export type { ChangeSummary, CompareInput };

/** The older one, the newer one. */
export type InputPair = readonly [
	original: CompareInput,
	modified: CompareInput,
];

export interface SummaryQueue {
	/**
	 * `key` names the pair, for example both hashes: asked again, it is not compared again. Bodies are read when their turn
	 * has come, so that a long history is never in memory as a whole. Rejects when they cannot be read or the worker fails.
	 */
	summarize(
		key: string,
		read: () => Promise<InputPair>,
	): Promise<ChangeSummary>;
	close(): void;
}

interface Waiting {
	resolve(summary: ChangeSummary): void;
	reject(error: Error): void;
}

const IDLE_MS = 10_000;
/** As many as a history can show: one that was asked for long ago is compared again. */
const MAX_KNOWN = 100;

export function createSummaryQueue(
	start: () => Worker = createCompareWorker,
): SummaryQueue {
	const known = new Map<string, Promise<ChangeSummary>>();
	let worker: Worker | undefined;
	let waiting: Waiting | undefined;
	let rest: ReturnType<typeof setTimeout> | undefined;
	let last: Promise<unknown> = Promise.resolve();
	let id = 0;

	function close(): void {
		clearTimeout(rest);
		worker?.terminate();
		worker = undefined;
	}
	function begin(): Worker {
		const begun = start();
		begun.onmessage = ({ data }: MessageEvent<CompareResponse>) => {
			if (data.type === "summary") waiting?.resolve(data.summary);
		};
		begun.onerror = ({ message }) => {
			waiting?.reject(new Error(message));
			close();
		};
		return begun;
	}
	async function ask(read: () => Promise<InputPair>): Promise<ChangeSummary> {
		const [original, modified] = await read();
		clearTimeout(rest);
		worker ??= begin();
		id += 1;
		const request: CompareRequest = {
			type: "summarize",
			id,
			original,
			modified,
		};
		worker.postMessage(request);
		const summary = await new Promise<ChangeSummary>((resolve, reject) => {
			waiting = { resolve, reject };
		});
		rest = setTimeout(close, IDLE_MS);
		return summary;
	}

	return {
		summarize(key, read) {
			const before = known.get(key);
			if (before) return before;
			const summary = last.then(() => ask(read));
			known.set(key, summary);
			for (const oldest of known.keys()) {
				if (known.size <= MAX_KNOWN) break;
				known.delete(oldest);
			}
			last = summary.catch(() => known.delete(key));
			return summary;
		},
		close,
	};
}
