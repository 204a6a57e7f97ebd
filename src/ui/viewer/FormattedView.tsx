// JSON as formatted text made of the source's own tokens, line by line, foldable.
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { isOpenAt, turn } from "../../document/expansion.ts";
import { depthsOf, formattedRows } from "../../document/rows.ts";
import { at, depthOf, NONE } from "../../document/tree.ts";
import { FormattedLine } from "./FormattedLine.tsx";
import { Marks } from "./Marks.tsx";
import type { NodeAct } from "./TreeView.tsx";
import type { Found } from "./use-find.ts";
import type { Json } from "./use-json.ts";
import type { OutlineControl } from "./use-outline.ts";
import { putOnTop, showRow, Windowed } from "./Windowed.tsx";

export interface FormattedViewProps {
	readonly json: Json;
	/** Of it, what is closed is folded. */
	readonly control: OutlineControl;
	readonly found: Found;
	/** Of a value that is too long for its line. */
	readonly onAct: (act: NodeAct, node: number, at: undefined) => void;
}

export function FormattedView(props: FormattedViewProps) {
	const { json, control, found, onAct } = props;
	const { tree, revision } = json;
	const { expansion, selected, top } = control.outline;
	const scroller = useRef<HTMLDivElement>(null);
	const isFolded = (node: number) =>
		!isOpenAt(expansion, node, depthOf(tree, node));
	const lines = useMemo(
		() =>
			formattedRows(tree, expansion.changed.size > 0 ? isFolded : undefined),
		[tree, revision, expansion],
	);
	const { count } = lines;
	const rowOf = useMemo(() => indexOf(lines.nodes), [lines]);
	useLayoutEffect(() => {
		if (scroller.current && top !== NONE && top !== 0)
			putOnTop(scroller.current, { row: rowOf(top), count });
	}, [tree]);
	useLayoutEffect(() => {
		if (scroller.current && selected !== NONE)
			showRow(scroller.current, { row: rowOf(selected), count });
	}, [selected]);
	const toggle = (node: number) =>
		control.change({
			expansion: turn(tree, expansion, { nodes: [node], open: isFolded(node) }),
		});
	const rows = (first: number, behind: number) => {
		const nodes = lines.nodes.subarray(first, behind);
		const depths = depthsOf(tree, nodes);
		return Array.from(nodes, (row, index) => (
			<FormattedLine
				key={row}
				tree={tree}
				row={row}
				number={at(lines.numbers, first + index)}
				depth={depths[index] ?? 0}
				isFolded={row >= 0 && expansion.changed.size > 0 && isFolded(row)}
				isSelected={row >= 0 && row === selected}
				found={row >= 0 && found.isFound(row) ? found.pattern : undefined}
				onToggle={toggle}
				onOpen={(node) => onAct("open", node, undefined)}
			/>
		));
	};
	return (
		<div class="scrolled">
			<Windowed
				count={count}
				rows={rows}
				scroller={scroller}
				onTop={(row) => control.change({ top: nodeOf(at(lines.nodes, row)) })}
				attributes={{ role: "group", "aria-label": "Formatted", tabIndex: 0 }}
			/>
			<Marks
				count={count}
				rows={useMemo(() => found.nodes.map(rowOf), [found.nodes, rowOf])}
				current={found.current === NONE ? NONE : rowOf(found.current)}
			/>
		</div>
	);
}

function nodeOf(row: number): number {
	return row < 0 ? ~row : row;
}

/** Which line a node is on; of a folded one, the line that it is folded into. Made when first asked for. */
function indexOf(nodes: Int32Array): (node: number) => number {
	let own: Int32Array | undefined;
	let lines: Int32Array | undefined;
	return (node) => {
		own ??= nodes.filter((row) => row >= 0);
		lines ??= Int32Array.from(
			[...nodes.keys()].filter((line) => at(nodes, line) >= 0),
		);
		let low = 0;
		let high = own.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if (at(own, middle) <= node) low = middle;
			else high = middle - 1;
		}
		return at(lines, low);
	};
}
