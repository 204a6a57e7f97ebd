import { useRef } from "preact/hooks";
import { BYTES_PER_ROW, hexRow } from "../../../document/formats/hex.ts";
import { VirtualList } from "../../virtual-list/VirtualList.tsx";
import type { RowRange } from "../../virtual-list/virtual-range.ts";

export function HexView({ bytes }: { bytes: Uint8Array }) {
	const scroller = useRef<HTMLDivElement>(null);
	const rows = ({ first, end }: RowRange) =>
		Array.from({ length: end - first }, (_, index) => {
			const { offset, hex, ascii } = hexRow(bytes, first + index);
			return (
				<div class="line hex" key={offset}>
					<span class="gutter">{offset}</span>
					<span class="code">{hex}</span>
					<span class="ascii">{ascii}</span>
				</div>
			);
		});
	return (
		<VirtualList
			count={Math.ceil(bytes.length / BYTES_PER_ROW)}
			renderRows={rows}
			scroller={scroller}
			attributes={{ role: "group", "aria-label": "Bytes", tabIndex: 0 }}
		/>
	);
}
