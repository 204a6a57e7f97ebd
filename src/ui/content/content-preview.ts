// The beginning of a body, decoded and read as JSON once: the kind and the views of it look at it before the first paint, and who
// reads the rest goes on from there.
import {
	createParser,
	type JsonParser,
} from "../../document/json/json-parser.ts";
import { NONE, OBJECT } from "../../document/json/tree.ts";
import { type Decoded, decode } from "./encoding.ts";

/** Bytes; more than any screen shows. */
const PART = 16 * 1024;
/** UTF-16 units that are read of it. */
export const HEAD = 4096;

export interface Head {
	readonly decoded: Decoded;
	/** Nothing follows. */
	readonly isWhole: boolean;
	/** It has read up to HEAD, once it is asked for; further where that is within a first flag. */
	readonly reader: () => JsonParser;
}

const heads = new WeakMap<Uint8Array, Head>();

export function headOf(body: Uint8Array): Head {
	const known = heads.get(body);
	if (known) return known;
	const head = createHead(body);
	heads.set(body, head);
	return head;
}

/** For who reads on: the tree is no longer only its beginning, so the next one who asks begins anew. */
export function takeHead(body: Uint8Array): Head {
	const head = headOf(body);
	heads.delete(body);
	return head;
}

function createHead(body: Uint8Array): Head {
	const decoded = decode(body, PART);
	const isWhole = body.length <= PART;
	let reader: JsonParser | undefined;
	return {
		decoded,
		isWhole,
		reader: () => {
			if (reader) return reader;
			reader = createParser();
			reader.advance(decoded.text, HEAD, isWhole);
			const { kind, end } = reader.tree;
			// A flag, which is an object, says at its end that it is one.
			if (kind[1] === OBJECT && end[1] === NONE)
				reader.advance(decoded.text, PART, isWhole);
			return reader;
		},
	};
}
