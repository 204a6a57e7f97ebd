import type { RefObject } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { BYTES_PER_ROW, hexRow } from "../../document/formats/hex.ts";
import { formatNumber } from "../../document/text/format-number.ts";
import { scrollToRow, VirtualList } from "../virtual-list/VirtualList.tsx";
import type { StepToChange } from "./CompareToolbar.tsx";

export interface ByteDifferences {
	/** The rows of 16 bytes that differ, by their index. */
	readonly rows: readonly number[];
	/** Bytes that differ, or that only one of the sides has. */
	readonly count: number;
}

/** Rows of more differences are counted, but not listed. */
const MAX_ROWS = 10_000;

/** Compares each byte with the one at the same offset. */
export function compareBytes(
	original: Uint8Array,
	modified: Uint8Array,
): ByteDifferences {
	const rows: number[] = [];
	const end = Math.max(original.length, modified.length);
	let count = 0;
	for (let offset = 0; offset < end; offset += 1) {
		if (original[offset] === modified[offset]) continue;
		count += 1;
		const row = Math.floor(offset / BYTES_PER_ROW);
		if (rows.at(-1) !== row && rows.length < MAX_ROWS) rows.push(row);
	}
	return { rows, count };
}

export function describeBytes({ rows, count }: ByteDifferences): string {
	if (count === 0) return "no bytes differ";
	const bytes = count === 1 ? "byte differs" : "bytes differ";
	const limit = rows.length === MAX_ROWS ? "the first " : "";
	const rowsOf = rows.length === 1 ? "row of" : "rows of";
	return `${formatNumber(count)} ${bytes}, in ${limit}${formatNumber(rows.length)} ${rowsOf} 16`;
}

export interface HexRowsProps {
	readonly original: Uint8Array;
	readonly modified: Uint8Array;
	readonly differences: ByteDifferences;
	/** Set to the function that goes from row to row. */
	readonly step: RefObject<StepToChange>;
}

/** The rows that differ, in hexadecimal, side by side. */
export function HexRows(props: HexRowsProps) {
	const { original, modified, differences, step } = props;
	const { rows } = differences;
	const [current, setCurrent] = useState(rows.length > 0 ? 0 : -1);
	const scroller = useRef<HTMLDivElement>(null);
	step.current = (by) => {
		const { length } = rows;
		if (length === 0) return;
		const next = (current + by + length) % length;
		setCurrent(next);
		if (scroller.current)
			scrollToRow(scroller.current, { row: next, count: length });
	};
	const renderRows = useMemo(
		() =>
			({ first, end }: { first: number; end: number }) =>
				rows.slice(first, end).map((row, index) => (
					<div
						key={row}
						class={first + index === current ? "line current" : "line"}
					>
						<span class="gutter">{hexRow(original, row).offset}</span>
						<HexHalf bytes={original} other={modified} row={row} />
						<HexHalf bytes={modified} other={original} row={row} isModified />
					</div>
				)),
		[rows, original, modified, current],
	);
	return (
		<VirtualList
			count={rows.length}
			renderRows={renderRows}
			scroller={scroller}
			attributes={{
				role: "group",
				"aria-label": "Changed bytes",
				tabIndex: 0,
			}}
		/>
	);
}

interface HexHalfProps {
	readonly bytes: Uint8Array;
	readonly other: Uint8Array;
	readonly row: number;
	readonly isModified?: boolean;
}

/** One side of a row, with the bytes marked that differ. */
function HexHalf({ bytes, other, row, isModified = false }: HexHalfProps) {
	const start = row * BYTES_PER_ROW;
	if (start >= bytes.length)
		return <span class="hex-half missing">missing</span>;
	const { hex, ascii } = hexRow(bytes, row);
	const cells = hex.trimEnd().split(" ");
	const content = cells.map((cell, index) => [
		index > 0 && " ",
		bytes[start + index] === other[start + index] ? (
			cell
		) : (
			<mark key={index}>{cell}</mark>
		),
	]);
	return (
		<span class={`hex-half ${isModified ? "is-inserted" : "is-deleted"}`}>
			{isModified ? <ins>{content}</ins> : <del>{content}</del>}
			<span class="ascii">{ascii}</span>
		</span>
	);
}
