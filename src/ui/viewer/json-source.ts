// A JSON configuration being read: its first part at once, for the first paint, the rest in slices behind it.
import { createReader } from "../../document/reader.ts";
import type { Tree } from "../../document/tree.ts";
import { decode } from "./decode.ts";
import { inSlices } from "./slices.ts";

/** Bytes; more than any screen shows. */
const FIRST_PART = 16 * 1024;
/** UTF-16 units between two looks at the clock. */
const STEP = 32 * 1024;

export interface JsonSource {
	readonly tree: Tree;
	/** Reads what is left; `onDone` is called once, not if it was all read before. Returns the stop. */
	readRest(onDone: () => void): () => void;
}

export function openJson(body: Uint8Array): JsonSource {
	const reader = createReader();
	const head = decode(body, FIRST_PART).text;
	const isWhole = body.length <= FIRST_PART;
	reader.advance(head, head.length, isWhole);
	return {
		tree: reader.tree,
		readRest(onDone) {
			if (reader.tree.done) return () => {};
			let text: string | undefined;
			let until = head.length;
			const work = () => {
				if (text === undefined) {
					text = decode(body).text;
					return false;
				}
				until += STEP;
				return !reader.advance(text, until, true);
			};
			return inSlices(work, onDone);
		},
	};
}
