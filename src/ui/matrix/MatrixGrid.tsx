// biome-ignore-all lint/a11y/useSemanticElements: a table cannot render its visible rows alone.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and names its active cell.
import type { ComponentChildren } from "preact";
import { useId, useMemo, useRef } from "preact/hooks";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { useEnvironmentColor } from "../components/EnvironmentLabel.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { styleOfValue } from "../diff/ChangedPath.tsx";
import { scrollToRow, VirtualList } from "../virtual-list/VirtualList.tsx";
import type { MatrixColumn } from "./columns.ts";
import type { ExportedSection } from "./export.ts";
import type { MatrixRowItem } from "./messages.ts";

/** A cell, by section and row of the section. */
export interface GridCell {
	readonly section: number;
	readonly row: number;
	readonly column: number;
}

export interface MatrixGridProps {
	readonly label: string;
	readonly columns: readonly MatrixColumn[];
	readonly sections: readonly ExportedSection[];
	/** By column. */
	readonly heads: readonly ComponentChildren[];
	readonly corner: ComponentChildren;
	readonly active: GridCell | undefined;
	readonly onActive: (cell: GridCell) => void;
	/** Enter or a double click on the active cell. */
	readonly onOpen: (() => void) | undefined;
}

/** A line of the grid: the title of a section, or a row of it. */
type Line =
	| { readonly kind: "title"; readonly section: number }
	| { readonly kind: "row"; readonly section: number; readonly row: number };

/** Rows that the header covers. */
const COVERED = 2;
const PAGE = 10;

/** https://www.w3.org/WAI/ARIA/apg/patterns/grid/ */
export function MatrixGrid(props: MatrixGridProps) {
	const { label, columns, sections, heads, corner, active, onActive, onOpen } =
		props;
	const id = useId();
	const scroller = useRef<HTMLDivElement>(null);
	const lines = useMemo(() => linesOf(sections), [sections]);
	const activeLine = active
		? lines.findIndex(
				(line) =>
					line.kind === "row" &&
					line.section === active.section &&
					line.row === active.row,
			)
		: -1;
	const moveTo = (line: number, column: number) => {
		const target = lines[line];
		if (target?.kind !== "row") return;
		onActive({ section: target.section, row: target.row, column });
		if (scroller.current)
			scrollToRow(scroller.current, {
				row: line,
				count: lines.length,
				covered: COVERED,
			});
	};
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		const column = active?.column ?? 0;
		const last = columns.length - 1;
		if (event.key === "Enter" && active) onOpen?.();
		else if (event.key === "ArrowLeft")
			moveTo(activeLine, Math.max(0, column - 1));
		else if (event.key === "ArrowRight")
			moveTo(activeLine, Math.min(last, column + 1));
		else {
			const line = nextLine(lines, activeLine, event.key);
			if (line === undefined) return;
			moveTo(line, column);
		}
		event.preventDefault();
	};
	// Each line is a grid of its own: as wide as the others, whatever is in it.
	const style = {
		"--columns": `minmax(0, 1.3fr) repeat(${columns.length}, minmax(0, 1fr))`,
		"--least-width": `${160 + 120 * columns.length}px`,
	};
	return (
		<div class="matrix-grid" style={style}>
			<VirtualList
				count={lines.length}
				scroller={scroller}
				active={
					activeLine < 0
						? undefined
						: { row: activeLine, id: cellId(id, active) }
				}
				attributes={{
					role: "grid",
					"aria-label": escapeInvisible(label),
					"aria-rowcount": lines.length + 1,
					"aria-colcount": columns.length + 1,
					tabIndex: 0,
					onKeyDown,
					onFocus: () => {
						if (!active) moveTo(lines.findIndex(isRow), 0);
					},
				}}
				pinned={
					<div class="matrix-line head" role="row" aria-rowindex={1}>
						<div class="head-cell" role="columnheader">
							{corner}
						</div>
						{heads.map((head, index) => (
							<div
								key={columns[index]?.key}
								class="head-cell"
								role="columnheader"
							>
								{head}
							</div>
						))}
					</div>
				}
				renderRows={({ first, end }) =>
					lines.slice(first, end).map((line, offset) => {
						const index = first + offset;
						const section = sections[line.section];
						if (line.kind === "title" || !section)
							return (
								<div
									key={index}
									class="matrix-line title"
									role="row"
									aria-rowindex={index + 2}
								>
									<div role="rowheader" aria-colspan={columns.length + 1}>
										<ForeignText text={section?.title ?? ""} />
										{section && ` · ${section.rows.length} keys`}
									</div>
								</div>
							);
						const row = section.rows[line.row];
						return (
							row && (
								<GridRow
									key={index}
									row={row}
									index={index + 2}
									columns={columns}
									activeColumn={
										index === activeLine ? active?.column : undefined
									}
									activeId={cellId(id, active)}
									onActive={(column) =>
										onActive({ section: line.section, row: line.row, column })
									}
									onOpen={onOpen}
								/>
							)
						);
					})
				}
			/>
		</div>
	);
}

function cellId(id: string, active: GridCell | undefined): string {
	return active ? `${id}-${active.section}-${active.row}-${active.column}` : id;
}

function linesOf(sections: readonly ExportedSection[]): readonly Line[] {
	const hasTitles = sections.length > 1;
	return sections.flatMap(({ rows }, section): Line[] => [
		...(hasTitles ? [{ kind: "title" as const, section }] : []),
		...rows.map((_, row) => ({ kind: "row" as const, section, row })),
	]);
}

function isRow({ kind }: Line): boolean {
	return kind === "row";
}

/** The line that a key goes to; titles are skipped. */
function nextLine(
	lines: readonly Line[],
	from: number,
	key: string,
): number | undefined {
	const last = lines.length - 1;
	const target = {
		ArrowDown: from + 1,
		ArrowUp: from - 1,
		PageDown: Math.min(from + PAGE, last),
		PageUp: Math.max(from - PAGE, 0),
		Home: 0,
		End: last,
	}[key];
	if (target === undefined) return undefined;
	const step = key === "ArrowUp" || key === "PageUp" || key === "End" ? -1 : 1;
	for (let line = target; line >= 0 && line <= last; line += step)
		if (lines[line]?.kind === "row") return line;
	return from;
}

interface GridRowProps {
	readonly row: MatrixRowItem;
	/** Of the grid, the header included. */
	readonly index: number;
	readonly columns: readonly MatrixColumn[];
	readonly activeColumn: number | undefined;
	readonly activeId: string;
	readonly onActive: (column: number) => void;
	readonly onOpen: (() => void) | undefined;
}

function GridRow(props: GridRowProps) {
	const { row, index, columns, activeColumn, activeId, onActive, onOpen } =
		props;
	const environmentColor = useEnvironmentColor();
	const { path, kind, cells, deviates } = row;
	return (
		<div class="matrix-line" role="row" aria-rowindex={index}>
			<div class={`key ${kind}`} role="rowheader" title={escapeInvisible(path)}>
				<ForeignText text={path} />
			</div>
			{columns.map(({ key, environment }, column) => {
				const value = cells[column];
				const isActive = column === activeColumn;
				return (
					// The keys of the grid are handled by the grid itself.
					<div
						key={key}
						id={isActive ? activeId : undefined}
						role="gridcell"
						class={classOf(value, deviates[column] === true, isActive)}
						data-environment={environmentColor(environment)}
						aria-selected={isActive}
						tabIndex={-1}
						title={value === undefined ? undefined : escapeInvisible(value)}
						onPointerDown={() => onActive(column)}
						onDblClick={onOpen}
					>
						<CellValue value={value} kind={kind} />
					</div>
				);
			})}
		</div>
	);
}

function classOf(
	value: string | undefined,
	deviates: boolean,
	isActive: boolean,
): string {
	return [
		"cell",
		value === undefined ? "missing" : "",
		deviates && value !== undefined ? "deviates" : "",
		isActive ? "active" : "",
	]
		.filter(Boolean)
		.join(" ");
}

function CellValue({
	value,
	kind,
}: {
	readonly value: string | undefined;
	readonly kind: MatrixRowItem["kind"];
}) {
	if (value === undefined) return <>missing</>;
	if (kind === "flag")
		return <span class={`flag-state ${value}`}>{value}</span>;
	return (
		<span class={styleOfValue(value)}>
			<ForeignText text={value} />
		</span>
	);
}
