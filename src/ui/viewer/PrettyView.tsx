// JSON as formatted text made of the source's own tokens, line by line, foldable.
import { useEffect, useMemo, useState } from "preact/hooks";
import { depthsOf, formattedRows } from "../../document/rows.ts";
import { scanString } from "../../document/scan.ts";
import {
	after,
	at,
	childCount,
	isContainer,
	isEmpty,
	NONE,
	NUMBER,
	OBJECT,
	STRING,
	type Tree,
} from "../../document/tree.ts";
import { openJson } from "./json-source.ts";
import { Piece } from "./Pieces.tsx";
import { ProblemBar } from "./ProblemBar.tsx";
import { Windowed } from "./Windowed.tsx";

/** Characters of a string on its row. */
const CLIP = 1000;
/** Levels that are indented; deeper ones stay below each other. */
const MAX_INDENT = 40;

export function PrettyView({ body }: { body: Uint8Array }) {
	const source = useMemo(() => openJson(body), [body]);
	const [folded, setFolded] = useState(() => new Set<number>());
	const [progress, setProgress] = useState(0);
	useEffect(() => {
		setFolded(new Set());
		return source.readRest(() => setProgress((old) => old + 1));
	}, [source]);
	const { tree } = source;
	const lines = useMemo(
		() => formattedRows(tree, (node) => folded.has(node)),
		[tree, folded, progress],
	);
	const toggle = (node: number) => {
		const changed = new Set(folded);
		if (!changed.delete(node)) changed.add(node);
		setFolded(changed);
	};
	const rows = (first: number, behind: number) => {
		const nodes = lines.nodes.subarray(first, behind);
		const depths = depthsOf(tree, nodes);
		return Array.from(nodes, (row, index) => (
			<Line
				key={row}
				tree={tree}
				row={row}
				number={at(lines.numbers, first + index)}
				depth={depths[index] ?? 0}
				isFolded={folded.has(row)}
				onToggle={toggle}
			/>
		));
	};
	return (
		<>
			{tree.problem && <ProblemBar text={tree.text} problem={tree.problem} />}
			<Windowed count={lines.count} rows={rows} />
		</>
	);
}

interface LineProps {
	readonly tree: Tree;
	readonly row: number;
	readonly number: number;
	readonly depth: number;
	readonly isFolded: boolean;
	readonly onToggle: (node: number) => void;
}

function Line(props: LineProps) {
	const { tree, row, number, depth, isFolded, onToggle } = props;
	const node = row < 0 ? ~row : row;
	const canFold = row >= 0 && isContainer(tree, node) && !isEmpty(tree, node);
	const indent = " ".repeat(2 * Math.min(depth, MAX_INDENT));
	return (
		<div class="line">
			<span class="gutter">{number}</span>
			{canFold && (
				<button
					type="button"
					class="twisty"
					aria-label={isFolded ? "Unfold" : "Fold"}
					aria-expanded={!isFolded}
					tabIndex={-1}
					onClick={() => onToggle(node)}
				/>
			)}
			<span class="code">
				{indent}
				{row >= 0 && <Key tree={tree} node={node} />}
				<Value {...props} node={node} />
				{(row < 0 || !canFold || isFolded) && isFollowed(tree, node) && ","}
			</span>
		</div>
	);
}

function Key({ tree, node }: { tree: Tree; node: number }) {
	const key = at(tree.key, node);
	if (key === NONE) return null;
	const text = tree.text.slice(key, scanString(tree.text, key));
	return (
		<>
			<Piece style="key" text={text} />
			{": "}
		</>
	);
}

function Value(props: LineProps & { node: number }) {
	const { tree, row, node, isFolded } = props;
	const kind = at(tree.kind, node);
	if (!isContainer(tree, node)) {
		const [start, end] = [at(tree.start, node), at(tree.end, node)];
		const text = tree.text.slice(start, Math.min(end, start + CLIP));
		const rest = end - start - text.length;
		const style =
			kind === STRING ? "string" : kind === NUMBER ? "number" : "word";
		return (
			<>
				<Piece style={style} text={text} />
				{rest > 0 && <span class="more">… {rest} more</span>}
			</>
		);
	}
	const [open, close] = kind === OBJECT ? "{}" : "[]";
	if (row < 0) return <>{close}</>;
	if (isEmpty(tree, node) && at(tree.next, node) !== NONE)
		return <>{`${open}${close}`}</>;
	if (!isFolded) return <>{open}</>;
	return (
		<>
			{open}
			<span class="more">… {childCount(tree, node)}</span>
			{close}
		</>
	);
}

function isFollowed(tree: Tree, node: number): boolean {
	const parent = at(tree.parent, node);
	return parent !== NONE && after(tree, node) < after(tree, parent);
}
