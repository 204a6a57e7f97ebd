import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { ProfileId } from "../../core/profile/profile.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { formatNumber } from "../../document/text/format-number.ts";
import { formatShortAge, formatTime } from "../components/Age.tsx";
import { Button } from "../components/Button.tsx";
import {
	EnvironmentLabel,
	useEnvironmentColor,
} from "../components/EnvironmentLabel.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { loadPreference, savePreference } from "../components/preferences.ts";
import { useAnnounce } from "../components/status.tsx";
import { copyText } from "../copy/clipboard.ts";
import { useEscape } from "../hooks/use-escape.ts";
import {
	type MatrixCellSource,
	type MatrixColumn,
	type MatrixPlan,
	planMatrix,
	proposeProfiles,
} from "./columns.ts";
import {
	columnName,
	type ExportedSection,
	toCsv,
	toMarkdown,
} from "./export.ts";
import { type GridCell, MatrixGrid } from "./MatrixGrid.tsx";
import { MAX_CELL } from "./messages.ts";
import { ProfilesDialog } from "./ProfilesDialog.tsx";
import { type MatrixState, useMatrix } from "./use-matrix.ts";
import "../viewer/viewer.css";
import "./matrix.css";

export interface MatrixViewProps {
	/** Where the comparison starts from. */
	readonly profile: ProfileSnapshot;
	readonly profiles: readonly ProfileSnapshot[];
	/** Opens the timeline of a value, where there is one. */
	readonly onTimeline?: (target: {
		readonly profile: ProfileId;
		readonly jsonPath: string;
	}) => void;
	readonly onClose: () => void;
}

const PREFERENCES = "matrix";

/** The live values of several profiles side by side, one row for each key. */
export function MatrixView(props: MatrixViewProps) {
	const { profile, profiles, onTimeline, onClose } = props;
	const [chosen, setChosen] = useState(() =>
		proposeProfiles(profiles, profile),
	);
	const [isChoosing, setChoosing] = useState(chosen.length < 2);
	const [onlyDifferences, setOnlyDifferences] = useState(
		() => loadPreference(PREFERENCES, "view") !== "all",
	);
	const [filter, setFilter] = useState("");
	const [active, setActive] = useState<GridCell>();
	useEscape(!isChoosing, onClose);
	const plan = useMemo(
		() =>
			planMatrix(profiles.filter((entry) => chosen.includes(entry.profile.id))),
		[profiles, chosen],
	);
	const matrix = useMatrix(plan.sections, onlyDifferences);
	const shown = filterSections(plan, matrix, filter);
	const cell = active && cellAt(shown, plan, active);
	return (
		<section class="viewer matrix" aria-label="Matrix">
			<div class="matrix-bar">
				<Button
					name="Back to the configuration"
					icon="close"
					bare
					title="Back to the configuration (Esc)"
					onClick={onClose}
				/>
				<h2>Matrix</h2>
				<span class="quiet cut">
					<ForeignText text={profile.profile.application} />
				</span>
				<Button
					name={`${plan.columns.length} ${plan.columns.length === 1 ? "column" : "columns"}…`}
					title="Choose the profiles that are compared"
					onClick={() => setChoosing(true)}
				/>
				<button
					type="button"
					class="button"
					aria-pressed={onlyDifferences}
					onClick={() => {
						setOnlyDifferences(!onlyDifferences);
						savePreference(PREFERENCES, "view", onlyDifferences ? "all" : "");
					}}
				>
					Only differences
				</button>
				<span class="space" />
				<input
					type="search"
					class="matrix-filter"
					aria-label="Filter keys and values"
					placeholder="Filter keys and values"
					value={filter}
					onInput={({ currentTarget }) => setFilter(currentTarget.value)}
				/>
			</div>
			{matrix.error && (
				<p class="bar bad" role="alert">
					The matrix could not be made: <ForeignText text={matrix.error} />
				</p>
			)}
			<MatrixGrid
				label={`${shown.map(({ title }) => title).join(", ")} in ${plan.columns.length} columns`}
				columns={plan.columns}
				sections={shown}
				heads={plan.columns.map((column, index) => (
					<ColumnHead
						key={column.key}
						column={column}
						sources={plan.sections.map(({ sources }) => sources[index])}
						error={matrix.sections
							.map((section) => section?.errors[index])
							.find((error) => error !== undefined)}
					/>
				))}
				corner={<Counts plan={plan} matrix={matrix} />}
				active={active}
				onActive={setActive}
				onOpen={
					onTimeline &&
					(() => {
						if (cell?.source)
							onTimeline({
								profile: cell.source.profile.id,
								jsonPath: cell.row.jsonPath,
							});
					})
				}
			/>
			<EmptyMatrix plan={plan} matrix={matrix} filter={filter} rows={shown} />
			<Legend />
			{cell && <CellBar cell={cell} onTimeline={onTimeline} />}
			<ColumnDifference plan={plan} matrix={matrix} shown={shown} />
			{isChoosing && (
				<ProfilesDialog
					profiles={profiles}
					chosen={chosen}
					onChoose={setChosen}
					onClose={() => setChoosing(false)}
				/>
			)}
		</section>
	);
}

/** The rows of each section in which the filter occurs. */
function filterSections(
	plan: MatrixPlan,
	matrix: MatrixState,
	filter: string,
): readonly ExportedSection[] {
	const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
	return plan.sections.map(({ title }, index) => {
		const rows = matrix.sections[index]?.rows ?? [];
		if (words.length === 0) return { title, rows };
		return {
			title,
			rows: rows.filter(({ path, cells }) => {
				const text = [path, ...cells].join("\n").toLowerCase();
				return words.every((word) => text.includes(word));
			}),
		};
	});
}

interface ActiveCell {
	readonly row: ExportedSection["rows"][number];
	readonly column: MatrixColumn;
	readonly value: string | undefined;
	readonly source: MatrixCellSource | undefined;
}

function cellAt(
	sections: readonly ExportedSection[],
	plan: MatrixPlan,
	{ section, row: rowIndex, column: columnIndex }: GridCell,
): ActiveCell | undefined {
	const row = sections[section]?.rows[rowIndex];
	const column = plan.columns[columnIndex];
	if (!row || !column) return undefined;
	const source = plan.sections[section]?.sources[columnIndex];
	return { row, column, value: row.cells[columnIndex], source };
}

function ColumnHead(props: {
	readonly column: MatrixColumn;
	/** By section. */
	readonly sources: readonly (MatrixCellSource | undefined)[];
	readonly error: string | undefined;
}) {
	const { column, sources, error } = props;
	const { environment, name } = column;
	const [source] = sources.filter((one) => one !== undefined);
	const { number, label, receivedAt } = source?.version ?? {};
	return (
		<>
			<span class="column-name">
				<EnvironmentLabel name={environment} />
				{name !== undefined && (
					<strong class="cut">
						<ForeignText text={name} />
					</strong>
				)}
				{sources.length === 1 && number !== undefined && (
					<span class="quiet">v{number}</span>
				)}
			</span>
			{error ? (
				<span class="quiet cut" title={error}>
					{error}
				</span>
			) : (
				<span
					class="quiet cut"
					title={receivedAt === undefined ? undefined : formatTime(receivedAt)}
				>
					{sources.length === 1 && label && (
						<>
							<ForeignText text={label} /> ·{" "}
						</>
					)}
					{receivedAt === undefined
						? "nothing received yet"
						: formatShortAge(receivedAt, Date.now())}
				</span>
			)}
		</>
	);
}

function Counts({
	plan,
	matrix,
}: {
	readonly plan: MatrixPlan;
	readonly matrix: MatrixState;
}) {
	const done = matrix.sections.filter((one) => one !== undefined);
	const sum = (of: (section: (typeof done)[number]) => number) =>
		done.reduce((total, section) => total + of(section), 0);
	const { length } = plan.sections;
	return (
		<>
			<strong role="status">
				{done.length < length || length === 0
					? "Comparing…"
					: `${formatNumber(sum((one) => one.differentCount))} of ${formatNumber(sum((one) => one.keyCount))} keys differ`}
			</strong>
			<span class="quiet">
				{done.some(({ isCut }) => isCut)
					? "only the first rows are shown"
					: `in ${length} configuration ${length === 1 ? "profile" : "profiles"}`}
			</span>
		</>
	);
}

function EmptyMatrix(props: {
	readonly plan: MatrixPlan;
	readonly matrix: MatrixState;
	readonly filter: string;
	readonly rows: readonly ExportedSection[];
}) {
	const { plan, matrix, filter, rows } = props;
	if (rows.some((section) => section.rows.length > 0)) return null;
	if (plan.columns.length < 2)
		return (
			<Placeholder title="There is one column only">
				Choose at least two profiles to see how their values differ.
			</Placeholder>
		);
	if (matrix.sections.length < plan.sections.length || matrix.error)
		return null;
	return filter ? (
		<Placeholder title="No key or value matches the filter">
			Shorten the filter, or show all keys.
		</Placeholder>
	) : (
		<Placeholder title="No key differs">
			All columns have the same values. Switch “Only differences” off to see
			them.
		</Placeholder>
	);
}

function Placeholder(props: {
	readonly title: string;
	readonly children: ComponentChildren;
}) {
	return (
		<div class="placeholder">
			<h2>{props.title}</h2>
			<p>{props.children}</p>
		</div>
	);
}

function Legend() {
	return (
		<p class="matrix-legend" aria-hidden="true">
			<span class="swatch deviates" data-environment="production" />
			differs from the others
			<span class="swatch missing" />
			no such key
			<code class="word">null</code>
			the value is null
		</p>
	);
}

/** The path and the value of the active cell. */
function CellBar({
	cell,
	onTimeline,
}: {
	readonly cell: ActiveCell;
	readonly onTimeline: MatrixViewProps["onTimeline"];
}) {
	const announce = useAnnounce();
	const { row, column, value, source } = cell;
	return (
		<div class="matrix-cell">
			<code class="cut">
				<ForeignText text={row.jsonPath} />
			</code>
			<EnvironmentLabel name={column.environment} />
			<code class="value cut">
				{value === undefined ? "missing" : <ForeignText text={value} />}
			</code>
			{source && <span class="quiet">v{source.version.number}</span>}
			<span class="space" />
			{onTimeline && source && (
				<Button
					name="Timeline"
					onClick={() =>
						onTimeline({
							profile: source.profile.id,
							jsonPath: row.jsonPath,
						})
					}
				/>
			)}
			{value !== undefined && (
				<Button
					name="Copy value"
					icon="copy"
					onClick={() =>
						void copyText(
							value,
							value.length > MAX_CELL
								? `the first ${formatNumber(MAX_CELL)} characters of the value`
								: "the value",
							announce,
						)
					}
				/>
			)}
		</div>
	);
}

/** Copies how one column becomes another one. */
function ColumnDifference(props: {
	readonly plan: MatrixPlan;
	readonly matrix: MatrixState;
	readonly shown: readonly ExportedSection[];
}) {
	const { plan, matrix, shown } = props;
	const { columns, sections } = plan;
	const announce = useAnnounce();
	const [pair, setPair] = useState<readonly [string, string]>();
	const [from, to] = indexesOf(columns, pair);
	const choose = (one: number, other: number) => {
		const [first, second] = [columns[one], columns[other]];
		if (first && second) setPair([first.key, second.key]);
	};
	const copyPatch = async (section: number) => {
		const title = sections[section]?.title ?? "";
		const result = await matrix.patch(section, from, to);
		if (result.error) {
			announce(`There is no JSON Patch of ${title}: ${result.error}`);
			return;
		}
		const [operations, turn] =
			result.operations === 1
				? ["1 operation", "turns"]
				: [`${result.operations} operations`, "turn"];
		await copyText(
			result.text,
			`${operations} that ${turn} ${name(from)} into ${name(to)}. Nothing was sent`,
			announce,
		);
	};
	const name = (index: number) => {
		const column = columns[index];
		return column ? columnName(column) : "";
	};
	if (columns.length < 2) return null;
	return (
		<fieldset class="matrix-copy">
			<legend class="visually-hidden">Copy the matrix</legend>
			<strong>Column difference</strong>
			<ColumnSelect
				label="From"
				columns={columns}
				value={from}
				onChange={(index) => choose(index, to)}
			/>
			<Button
				name="Swap columns"
				icon="swap"
				bare
				onClick={() => choose(to, from)}
			/>
			<ColumnSelect
				label="To"
				columns={columns}
				value={to}
				onChange={(index) => choose(from, index)}
			/>
			{sections.map(({ title }, section) => (
				<Button
					key={title}
					name={
						sections.length === 1
							? "Copy as JSON Patch"
							: `Copy as JSON Patch: ${title}`
					}
					kind="primary"
					disabled={from === to}
					onClick={() => void copyPatch(section)}
				/>
			))}
			<span class="space" />
			<Button
				name="Copy as Markdown"
				onClick={() =>
					void copyText(
						toMarkdown(columns, shown),
						"the matrix as Markdown",
						announce,
					)
				}
			/>
			<Button
				name="Copy as CSV"
				onClick={() =>
					void copyText(toCsv(columns, shown), "the matrix as CSV", announce)
				}
			/>
		</fieldset>
	);
}

/** The columns of a chosen pair, at first the last two. */
function indexesOf(
	columns: readonly MatrixColumn[],
	pair: readonly [string, string] | undefined,
): readonly [from: number, to: number] {
	const find = (key: string | undefined) =>
		columns.findIndex((column) => column.key === key);
	const last = columns.length - 1;
	const [from, to] = [find(pair?.[0]), find(pair?.[1])];
	return [from < 0 ? last - 1 : from, to < 0 ? last : to];
}

function ColumnSelect(props: {
	readonly label: string;
	readonly columns: readonly MatrixColumn[];
	readonly value: number;
	readonly onChange: (index: number) => void;
}) {
	const { label, columns, value, onChange } = props;
	const environment = columns[value]?.environment ?? "";
	const environmentColor = useEnvironmentColor();
	return (
		<label data-environment={environmentColor(environment)}>
			{label}{" "}
			<select
				value={value}
				onChange={({ currentTarget }) => onChange(currentTarget.selectedIndex)}
			>
				{columns.map((column, index) => (
					<option key={column.key} value={index}>
						{columnName(column)}
					</option>
				))}
			</select>
		</label>
	);
}
