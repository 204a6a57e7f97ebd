// Regular expressions run in a worker that can be killed: one that runs away stops nothing but itself.
import { createWorker } from "./worker.ts";

export interface RegexRequest {
	readonly text: string;
	readonly typed: string;
	readonly matchCase: boolean;
	/** Nodes of the JSON that the text is; otherwise offsets in it. */
	readonly inTree: boolean;
}

export type RegexAnswer = (found: readonly number[], trouble?: string) => void;

const DEADLINE_MS = 2_000;
const TOO_LONG = "Stopped after 2 seconds: this pattern takes too long here.";

let idle: Worker | undefined;

/** Returns the stop. */
export function searchInWorker(
	request: RegexRequest,
	onAnswer: RegexAnswer,
): () => void {
	const worker = idle ?? createWorker("regex");
	idle = undefined;
	let isEnded = false;
	const end = (isReusable: boolean) => {
		// It may serve the next search already.
		if (isEnded) return;
		isEnded = true;
		clearTimeout(deadline);
		worker.onmessage = null;
		worker.onerror = null;
		if (isReusable && !idle) idle = worker;
		else worker.terminate();
	};
	const deadline = setTimeout(() => {
		end(false);
		onAnswer([], TOO_LONG);
	}, DEADLINE_MS);
	worker.onmessage = ({ data }: MessageEvent<Int32Array>) => {
		end(true);
		onAnswer([...data]);
	};
	worker.onerror = (event) => {
		end(false);
		onAnswer([], `The search failed: ${event.message}`);
	};
	worker.postMessage(request);
	return () => end(false);
}
