// Summaries for the rows of a history: each pair of versions is compared once, in a worker that is shared and rests when idle.
import { createWorker } from "../viewer/worker.ts";
import type {
	ChangeSummary,
	CompareAnswer,
	CompareRequest,
	Subject,
} from "./messages.ts";

export type { ChangeSummary, Subject };

export interface Summaries {
	/** `key` names the pair, for example both hashes: asked again, it is not compared again. Rejects when the worker fails. */
	summarize(key: string, old: Subject, fresh: Subject): Promise<ChangeSummary>;
	close(): void;
}

interface Waiting {
	resolve(summary: ChangeSummary): void;
	reject(error: Error): void;
}

const IDLE_MS = 10_000;

export function createSummaries(): Summaries {
	const known = new Map<string, Promise<ChangeSummary>>();
	const waiting = new Map<number, Waiting>();
	let worker: Worker | undefined;
	let rest: ReturnType<typeof setTimeout> | undefined;
	let last = 0;

	function close(): void {
		clearTimeout(rest);
		worker?.terminate();
		worker = undefined;
	}
	function onMessage({ data }: MessageEvent<CompareAnswer>): void {
		if (data.type !== "summary") return;
		waiting.get(data.id)?.resolve(data.summary);
		waiting.delete(data.id);
		if (waiting.size === 0) rest = setTimeout(close, IDLE_MS);
	}
	function start(): Worker {
		const started = createWorker("compare");
		started.onmessage = onMessage;
		started.onerror = ({ message }) => {
			for (const one of waiting.values()) one.reject(new Error(message));
			waiting.clear();
			known.clear();
			close();
		};
		return started;
	}
	function ask(old: Subject, fresh: Subject): Promise<ChangeSummary> {
		clearTimeout(rest);
		worker ??= start();
		last += 1;
		const request: CompareRequest = {
			type: "summarize",
			id: last,
			old,
			new: fresh,
		};
		worker.postMessage(request);
		return new Promise((resolve, reject) =>
			waiting.set(request.id, { resolve, reject }),
		);
	}

	return {
		summarize(key, old, fresh) {
			const summary = known.get(key) ?? ask(old, fresh);
			known.set(key, summary);
			return summary;
		},
		close,
	};
}
