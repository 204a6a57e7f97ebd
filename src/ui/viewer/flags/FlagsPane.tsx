// Feature flags, one a row: on or off, the variant served, attributes; filtered, sorted, or only what changed.
import type { ComponentChildren } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import {
	chooseFlags,
	type Flag,
	type FlagChoice,
	readFlags,
} from "../../../document/flags.ts";
import { at, type Tree } from "../../../document/json/tree.ts";
import type { SteppedTo } from "../../history/changes.ts";
import type { Say } from "../../hooks/use-status.ts";
import { Windowed } from "../../virtual-list/VirtualList.tsx";
import { copyNode } from "../tree/node-menu.ts";
import type { Flash } from "../tree/use-change-highlight.ts";
import { useJson } from "../tree/use-json.ts";
import { useBefore } from "../tree/use-previous-tree.ts";
import { recall, remember } from "../view-preferences.ts";
import { FlagRow } from "./FlagRow.tsx";

export interface FlagsPaneProps {
	readonly body: Uint8Array;
	/** From the version before, when there is one. */
	readonly step: SteppedTo | undefined;
	/** What has just changed. */
	readonly flash: Flash | undefined;
	readonly viewSwitch: ComponentChildren;
	/** Under it is remembered how they are sorted. */
	readonly memoryKey: string;
	readonly onSay: Say;
}

const SORTS = {
	enabled: "Enabled first",
	name: "By name",
	document: "As written",
} as const;

export function FlagsPane(props: FlagsPaneProps) {
	const { body, step, flash, viewSwitch, onSay } = props;
	const json = useJson(body);
	const { tree, revision } = json;
	const [filter, setFilter] = useState("");
	const [sort, setSort] = useSort(props.memoryKey);
	const [onlyChanged, setOnlyChanged] = useState(false);
	const flags = useMemo(() => readFlags(tree) ?? [], [tree, revision]);
	const changedFrom = useBefore(onlyChanged ? step : undefined);
	const nodes = flash?.body === json.body ? flash.nodes : undefined;
	const chosen = useMemo(
		() => chooseFlags(tree, flags, { filter, sort, changedFrom }),
		[tree, flags, filter, sort, changedFrom],
	);
	return (
		<>
			<div class="views">
				{viewSwitch}
				<input
					type="search"
					aria-label="Filter flags"
					placeholder="Filter"
					value={filter}
					onInput={(event) => setFilter(event.currentTarget.value)}
				/>
				<SortChooser sort={sort} onSort={setSort} />
				{step && (
					<button
						type="button"
						class="toggle"
						aria-pressed={onlyChanged}
						onClick={() => setOnlyChanged(!onlyChanged)}
					>
						Only what changed
					</button>
				)}
			</div>
			<Tally isRead={tree.done} flags={flags} shown={chosen.length} />
			<Rows
				tree={tree}
				flags={chosen}
				flashing={useMemo(() => flagsOf(tree, nodes), [tree, nodes])}
				onCopy={(node) => copyNode({ tree, node, say: onSay }, "formatted")}
			/>
		</>
	);
}

type Sort = FlagChoice["sort"];

function useSort(memoryKey: string): readonly [Sort, (sort: Sort) => void] {
	const [sort, setSort] = useState<Sort>(() => {
		const known = recall(memoryKey, "sort") ?? "";
		return isSort(known) ? known : "enabled";
	});
	const choose = (chosen: Sort) => {
		setSort(chosen);
		remember(memoryKey, "sort", chosen);
	};
	return [sort, choose];
}

function SortChooser(props: { sort: Sort; onSort: (sort: Sort) => void }) {
	return (
		<select
			aria-label="Sort flags"
			value={props.sort}
			onChange={({ currentTarget: { value } }) => {
				if (isSort(value)) props.onSort(value);
			}}
		>
			{Object.entries(SORTS).map(([value, name]) => (
				<option key={value} value={value}>
					{name}
				</option>
			))}
		</select>
	);
}

interface TallyProps {
	readonly isRead: boolean;
	readonly flags: readonly Flag[];
	readonly shown: number;
}

function Tally({ isRead, flags, shown }: TallyProps) {
	const enabled = flags.filter(({ isEnabled }) => isEnabled).length;
	return (
		<>
			{isRead && flags.length === 0 && (
				<p class="problem note">
					Not every member of this document is a flag. Tree shows all of it.
				</p>
			)}
			<p class="tally">
				{enabled} of {flags.length} enabled
				{shown !== flags.length && `, ${shown} shown`}
			</p>
		</>
	);
}

interface RowsProps {
	readonly tree: Tree;
	readonly flags: readonly Flag[];
	readonly flashing: ReadonlySet<number>;
	readonly onCopy: (node: number) => void;
}

function Rows({ tree, flags, flashing, onCopy }: RowsProps) {
	const scroller = useRef<HTMLDivElement>(null);
	const draw = (first: number, behind: number) =>
		flags
			.slice(first, behind)
			.map((flag, index) => (
				<FlagRow
					key={flag.node}
					tree={tree}
					flag={flag}
					place={first + index + 1}
					total={flags.length}
					isFlashing={flashing.has(flag.node)}
					onCopy={onCopy}
				/>
			));
	return (
		<Windowed
			count={flags.length}
			rows={draw}
			scroller={scroller}
			attributes={{
				role: flags.length > 0 ? "list" : "group",
				"aria-label": "Feature flags",
				tabIndex: 0,
			}}
		/>
	);
}

const NO_FLAGS: ReadonlySet<number> = new Set();

/** The flags that nodes are in. */
function flagsOf(
	tree: Tree,
	nodes: Int32Array | undefined,
): ReadonlySet<number> {
	if (!nodes) return NO_FLAGS;
	const flagOf = (node: number) => {
		let flag = node;
		while (at(tree.parent, flag) > 0) flag = at(tree.parent, flag);
		return flag;
	};
	return new Set(Array.from(nodes, flagOf));
}

function isSort(value: string): value is FlagChoice["sort"] {
	return value in SORTS;
}
