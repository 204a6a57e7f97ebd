import { useEffect, useState } from "preact/hooks";
import type { ExtendedDocument } from "../../document/formats/presentation.ts";
import { type Content, type ConvertedContent, once } from "./content.ts";
import type { ConvertReply } from "./convert-worker.ts";
import { registerWorker } from "./create-worker.ts";
import ionUrl from "./ion-worker.ts?worker&url";
import { openJsonText } from "./json-source.ts";
import yamlUrl from "./yaml-worker.ts?worker&url";

/** Work in a worker that can be given up. */
export interface Conversion<Result> {
	/** Rejects with a sentence for the user. Never settles once cancelled. */
	readonly result: Promise<Result>;
	cancel(): void;
}

const DEADLINE_MS = 2_000;
const START = {
	ion: registerWorker(ionUrl),
	yaml: registerWorker(yamlUrl),
};

/** Converts YAML or Ion to extended JSON; the worker is terminated after two seconds. */
export function convertText(
	kind: "yaml" | "ion",
	text: string,
): Conversion<ExtendedDocument> {
	const worker = START[kind]();
	let end = () => worker.terminate();
	const result = new Promise<ExtendedDocument>((resolve, reject) => {
		const fail = (message: string) => {
			end();
			reject(new Error(message));
		};
		const deadline = setTimeout(
			() => fail("It takes longer than 2 seconds to read."),
			DEADLINE_MS,
		);
		end = () => {
			clearTimeout(deadline);
			worker.terminate();
		};
		worker.onmessage = ({ data }: MessageEvent<ConvertReply>) => {
			if ("error" in data) {
				fail(data.error);
				return;
			}
			end();
			resolve(data);
		};
		worker.onerror = ({ message }) => fail(message);
		worker.postMessage(text);
	});
	return { result, cancel: () => end() };
}

/** Converts a content once: a later call gets the first result. */
export function convertContent(
	content: Content & { readonly kind: "yaml" | "ion" },
): Conversion<ConvertedContent> {
	if (content.converted)
		return { result: Promise.resolve(content.converted), cancel: () => {} };
	const { result, cancel } = convertText(content.kind, content.decode().text);
	return {
		result: result.then((document) => {
			content.converted ??= {
				document,
				json: once(() => openJsonText(document.json, "extended")),
			};
			return content.converted;
		}),
		cancel,
	};
}

export function isConvertible(
	content: Content,
): content is Content & { readonly kind: "yaml" | "ion" } {
	return content.kind === "yaml" || content.kind === "ion";
}

export type ConversionState =
	| { readonly state: "converting" }
	| {
			readonly state: "ready";
			readonly content: Content;
			readonly converted: ConvertedContent;
	  }
	| { readonly state: "failed"; readonly reason: string };

const CONVERTING: ConversionState = { state: "converting" };

/** While a new version is being converted, the one before stays, so that the view does not jump. */
export function useConverted(
	content: Content & { readonly kind: "yaml" | "ion" },
): ConversionState {
	const [state, setState] = useState(CONVERTING);
	useEffect(() => {
		let isCancelled = false;
		const { result, cancel } = convertContent(content);
		result.then(
			(converted) => {
				if (!isCancelled) setState({ state: "ready", content, converted });
			},
			(error: unknown) => {
				const reason = error instanceof Error ? error.message : String(error);
				if (!isCancelled) setState({ state: "failed", reason });
			},
		);
		return () => {
			isCancelled = true;
			cancel();
		};
	}, [content]);
	return state;
}
