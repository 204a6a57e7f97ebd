// YAML and Ion as JSON text, read in workers that have a deadline: so that they too are compared value by value.
import type { Converted } from "../viewer/convert-worker.ts";
import { decode } from "../viewer/decode.ts";
import { openDocument } from "../viewer/open-document.ts";
import { createWorker } from "../viewer/worker.ts";
import type { Subject } from "./messages.ts";

export interface Conversion {
	/** Of the old version and the new one; rejects when one cannot be read, saying why. */
	readonly texts: Promise<readonly [string, string]>;
	stop(): void;
}

const DEADLINE_MS = 2_000;

/** `undefined` when nothing is to be converted: both are JSON, or one is no document. */
export function convertBoth(
	old: Subject,
	fresh: Subject,
): Conversion | undefined {
	const kinds = [old, fresh].map(
		({ body, contentType }) => openDocument(body, contentType).kind,
	);
	const isDocument = (kind: string) =>
		kind === "json" || kind === "yaml" || kind === "ion";
	if (!kinds.every(isDocument) || kinds.every((kind) => kind === "json"))
		return undefined;
	const workers: Worker[] = [];
	const convert = ({ body, contentType }: Subject) => {
		const { kind } = openDocument(body, contentType);
		const { text } = decode(body);
		if (kind !== "yaml" && kind !== "ion") return Promise.resolve(text);
		const worker = createWorker(kind);
		workers.push(worker);
		return askWorker(worker, text);
	};
	return {
		texts: Promise.all([convert(old), convert(fresh)]),
		stop: () => {
			for (const worker of workers) worker.terminate();
		},
	};
}

function askWorker(worker: Worker, text: string): Promise<string> {
	return new Promise((resolve, reject) => {
		const deadline = setTimeout(() => {
			worker.terminate();
			reject(new Error("It takes longer than 2 seconds to read."));
		}, DEADLINE_MS);
		worker.onmessage = ({ data }: MessageEvent<Converted>) => {
			clearTimeout(deadline);
			worker.terminate();
			if ("json" in data) resolve(data.json);
			else reject(new Error(data.trouble));
		};
		worker.onerror = ({ message }) => {
			clearTimeout(deadline);
			reject(new Error(message));
		};
		worker.postMessage(text);
	});
}
