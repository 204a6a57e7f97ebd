import {
	createParser,
	type Dialect,
	type JsonParser,
} from "../../document/json/json-parser.ts";
import type { Tree } from "../../document/json/tree.ts";
import { runInSlices } from "./cooperative-work.ts";

/** UTF-16 units that are parsed at once, before the first paint. */
export const FIRST_UNITS = 4096;
/** The first paint waits this long for more. */
const FIRST_MS = 2;
/** UTF-16 units between two looks at the clock. */
const STEP = 32 * 1024;

/** A JSON text that is parsed once for all its views: its beginning at once, the rest in slices. */
export interface JsonSource {
	readonly dialect: Dialect;
	/** Of the whole text, in bytes or UTF-16 units: as it is known before the text is decoded. */
	readonly size: number;
	/** Grows while the rest is parsed. */
	readonly tree: Tree;
	/** Parses the rest in slices and calls `onDone` once, unless nothing was left. Returns a function that stops. */
	parseRest(onDone: () => void): () => void;
}

export interface JsonText {
	/** How the text begins; all of it if `isWhole`. */
	readonly beginning: string;
	readonly isWhole: boolean;
	readonly size: number;
	readonly text: () => string;
	/** Has parsed the first units already. */
	readonly parser?: JsonParser;
}

export function openJson(source: JsonText, dialect: Dialect): JsonSource {
	const { beginning, isWhole, size, text } = source;
	const parser = source.parser ?? createParser(undefined, dialect);
	const { tree } = parser;
	let until = FIRST_UNITS;
	if (!source.parser) parser.advance(beginning, until, isWhole);
	const end = performance.now() + FIRST_MS;
	while (until < beginning.length && performance.now() < end) {
		until += STEP / 8;
		parser.advance(beginning, until, isWhole);
	}
	// A problem in the beginning ends the tree: containers that are still open then extend to the end of the whole text.
	if (tree.done && !isWhole) parser.advance(text(), until, true);
	return {
		dialect,
		size,
		tree,
		parseRest(onDone) {
			if (tree.done) return () => {};
			let isDecoded = false;
			const work = () => {
				const whole = text();
				// To decode it is a step of its own.
				if (!isDecoded) {
					isDecoded = true;
					return false;
				}
				until += STEP;
				return !parser.advance(whole, until, true);
			};
			return runInSlices(work, onDone);
		},
	};
}

/** Opens a text that is no configuration of its own: JSON inside a string, or what YAML was converted to. */
export function openJsonText(text: string, dialect: Dialect): JsonSource {
	return openJson(
		{ beginning: text, isWhole: true, size: text.length, text: () => text },
		dialect,
	);
}
