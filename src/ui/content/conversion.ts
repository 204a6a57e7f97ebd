// YAML or Ion as extended JSON for the tree, as a hook: read in a worker that has a deadline.
import { useEffect, useState } from "preact/hooks";
import type { Converted, ConvertRequest } from "./convert-worker.ts";
import { createWorker } from "./create-worker.ts";
import { decode } from "./encoding.ts";

export type ConvertedBody =
	| { readonly state: "reading" }
	| {
			readonly state: "ready";
			readonly json: Uint8Array;
			/** What it stands for. */
			readonly of: Uint8Array;
	  }
	| { readonly state: "failed"; readonly trouble: string };

const DEADLINE_MS = 2_000;
const TOO_LONG = "it takes longer than 2 seconds to read";
const READING: ConvertedBody = { state: "reading" };

/** The one before stays until the new one is ready, so that nothing jumps. */
export function useConverted(
	body: Uint8Array,
	kind: "yaml" | "ion",
): ConvertedBody {
	const [converted, setConverted] = useState(READING);
	useEffect(() => {
		const worker = createWorker(kind);
		const end = (result?: ConvertedBody) => {
			clearTimeout(deadline);
			worker.terminate();
			if (result) setConverted(result);
		};
		const fail = (trouble: string) => end({ state: "failed", trouble });
		const deadline = setTimeout(() => fail(TOO_LONG), DEADLINE_MS);
		worker.onmessage = ({ data }: MessageEvent<Converted>) =>
			"json" in data
				? end({
						state: "ready",
						json: new TextEncoder().encode(data.json),
						of: body,
					})
				: fail(data.trouble);
		worker.onerror = (event) => fail(event.message);
		const request: ConvertRequest = {
			text: decode(body).text,
			withPresentation: false,
		};
		worker.postMessage(request);
		return () => end();
	}, [body, kind]);
	return converted;
}
