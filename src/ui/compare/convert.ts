// YAML and Ion as extended JSON, read in workers that have a deadline: so that they too are compared value by value.
import {
	type ExtendedDocument,
	NO_PRESENTATION,
} from "../../document/formats/presentation.ts";
import { openDocument } from "../content/content.ts";
import type { Converted, ConvertRequest } from "../content/convert-worker.ts";
import { createWorker } from "../content/create-worker.ts";
import type { CompareInput } from "./messages.ts";
import { decodeLosslessly } from "./source-text.ts";

export interface Conversion {
	/** Of the old version and the new one, absent where it is JSON; rejects when one cannot be read, saying why. */
	readonly documents: Promise<
		readonly [ExtendedDocument | undefined, ExtendedDocument | undefined]
	>;
	stop(): void;
}

const DEADLINE_MS = 2_000;

/** `undefined` when nothing is to be converted: both are JSON, or one is no document. */
export function convertInputs(
	original: CompareInput,
	modified: CompareInput,
): Conversion | undefined {
	const kinds = [original, modified].map(
		({ body, contentType }) => openDocument(body, contentType).kind,
	);
	const isJson = (kind: string) => kind === "json" || kind === "json-lines";
	const isDocument = (kind: string) =>
		isJson(kind) || kind === "yaml" || kind === "ion";
	if (!kinds.every(isDocument) || kinds.every(isJson)) return undefined;
	const workers: Worker[] = [];
	const convert = (subject: CompareInput) => {
		const { kind } = openDocument(subject.body, subject.contentType);
		if (kind !== "yaml" && kind !== "ion") return Promise.resolve(undefined);
		const worker = createWorker(kind);
		workers.push(worker);
		return convertInWorker(worker, decodeLosslessly(subject).text);
	};
	return {
		documents: Promise.all([convert(original), convert(modified)]),
		stop: () => {
			for (const worker of workers) worker.terminate();
		},
	};
}

function convertInWorker(
	worker: Worker,
	text: string,
): Promise<ExtendedDocument> {
	return new Promise((resolve, reject) => {
		const deadline = setTimeout(() => {
			worker.terminate();
			reject(new Error("It takes longer than 2 seconds to read."));
		}, DEADLINE_MS);
		worker.onmessage = ({ data }: MessageEvent<Converted>) => {
			clearTimeout(deadline);
			worker.terminate();
			if ("trouble" in data) reject(new Error(data.trouble));
			else
				resolve({
					json: data.json,
					presentation: data.presentation ?? NO_PRESENTATION,
				});
		};
		worker.onerror = ({ message }) => {
			clearTimeout(deadline);
			reject(new Error(message));
		};
		const request: ConvertRequest = { text, withPresentation: true };
		worker.postMessage(request);
	});
}
