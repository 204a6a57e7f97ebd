// Which line of formatted JSON a node is on.
import { at } from "../../../document/json/tree.ts";

export interface LineIndex {
	/** Nodes with a line of their own, in order. */
	readonly nodes: () => Int32Array;
	/** Of a folded one, the line that it is folded into. */
	readonly lineOf: (node: number) => number;
}

/** `rows`: as in FormattedRows. Made when first asked for: it costs a walk through all lines. */
export function lineIndex(rows: Int32Array): LineIndex {
	let own: Int32Array | undefined;
	let lines: Int32Array | undefined;
	const nodes = () => {
		own ??= rows.filter((row) => row >= 0);
		return own;
	};
	return {
		nodes,
		lineOf(node) {
			const known = nodes();
			lines ??= linesOf(rows, known.length);
			let low = 0;
			let high = known.length - 1;
			while (low < high) {
				const middle = (low + high + 1) >> 1;
				if (at(known, middle) <= node) low = middle;
				else high = middle - 1;
			}
			return at(lines, low);
		},
	};
}

function linesOf(rows: Int32Array, count: number): Int32Array {
	const lines = new Int32Array(count);
	let next = 0;
	for (let line = 0; line < rows.length; line++)
		if (at(rows, line) >= 0) lines[next++] = line;
	return lines;
}
