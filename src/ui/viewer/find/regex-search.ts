import type { Ranges } from "../../../document/search/ranges.ts";
import { registerWorker } from "../../content/create-worker.ts";
import type { RegexReply, RegexRequest } from "./regex-worker.ts";
import regexUrl from "./regex-worker.ts?worker&url";

export interface RegexResult {
	/** Empty unless a tree was searched. */
	readonly nodes: readonly number[];
	/** Where the matches stand in the text. */
	readonly marks: Ranges;
	/** Why there is no answer. */
	readonly error?: string;
}

const DEADLINE_MS = 2_000;
const TOO_LONG =
	"Stopped after 2 seconds: this regular expression takes too long here. Simplify it.";

const startWorker = registerWorker(regexUrl);

let idle: Worker | undefined;

/** Returns the stop. */
export function searchInWorker(
	request: RegexRequest,
	onAnswer: (result: RegexResult) => void,
): () => void {
	const worker = idle ?? startWorker();
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
	const fail = (error: string) => {
		end(false);
		onAnswer({ nodes: [], marks: [], error });
	};
	const deadline = setTimeout(() => fail(TOO_LONG), DEADLINE_MS);
	worker.onmessage = ({ data }: MessageEvent<RegexReply>) => {
		end(true);
		if ("error" in data) onAnswer({ nodes: [], marks: [], error: data.error });
		else onAnswer({ nodes: Array.from(data.nodes), marks: data.marks });
	};
	worker.onerror = (event) => fail(`The search failed: ${event.message}`);
	worker.postMessage(request);
	return () => end(false);
}
