// A JSON configuration being read: its first part at once, for the first paint, the rest in slices behind it.
import { createParser, type Dialect } from "../../document/json/json-parser.ts";
import type { Tree } from "../../document/json/tree.ts";
import { HEAD, takeHead } from "./content-preview.ts";
import { runInSlices } from "./cooperative-work.ts";
import { decode } from "./encoding.ts";

/** UTF-16 units that are read of the beginning in one go, while the first paint may wait for it. */
const FIRST_STEP = 4 * 1024;
const FIRST_MS = 2;
/** UTF-16 units between two looks at the clock. */
const STEP = 32 * 1024;

export interface JsonSource {
	readonly tree: Tree;
	/** Reads what is left; `onDone` is called once, not if it was all read before. Returns the stop. */
	readRest(onDone: () => void): () => void;
}

export function openJson(
	body: Uint8Array,
	dialect: Dialect = "json",
): JsonSource {
	const head = takeHead(body);
	const { text: beginning } = head.decoded;
	const reader =
		dialect === "json" ? head.reader() : createParser(undefined, dialect);
	if (dialect !== "json") reader.advance(beginning, HEAD, head.isWhole);
	const end = performance.now() + FIRST_MS;
	let until = HEAD;
	while (until < beginning.length && performance.now() < end) {
		until += FIRST_STEP;
		reader.advance(beginning, until, head.isWhole);
	}
	// Broken in its beginning; what was open then goes on to the end all the same.
	if (reader.tree.done && !head.isWhole)
		reader.advance(decode(body).text, until, true);
	return {
		tree: reader.tree,
		readRest(onDone) {
			if (reader.tree.done) return () => {};
			let text: string | undefined;
			const work = () => {
				if (text === undefined) {
					text = decode(body).text;
					return false;
				}
				until += STEP;
				return !reader.advance(text, until, true);
			};
			return runInSlices(work, onDone);
		},
	};
}
