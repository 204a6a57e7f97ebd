import type { ComponentChildren } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { escapeInvisible } from "../../../core/shared/untrusted-text.ts";
import {
	type DeliveredFlag,
	type FlagAttribute,
	readDeliveredFlags,
} from "../../../document/formats/delivered-flags.ts";
import { isContainer, type Tree } from "../../../document/json/tree.ts";
import {
	loadPreference,
	savePreference,
} from "../../components/preferences.ts";
import { useAnnounce } from "../../components/status.tsx";
import { escapedText, styledText } from "../../components/text-spans.tsx";
import type { Content } from "../../content/content.ts";
import type { JsonSource } from "../../content/json-source.ts";
import {
	type PreviousVersion,
	usePreviousTree,
} from "../../content/previous-version.ts";
import {
	type SourceHighlight,
	useJsonDocument,
} from "../../content/use-json-document.ts";
import { VirtualList } from "../../virtual-list/VirtualList.tsx";
import type { RowRange } from "../../virtual-list/virtual-range.ts";
import { useTreeAnnotations } from "../tree/annotations.tsx";
import { copyNode } from "../tree/use-node-actions.tsx";
import { preview, renderScalar } from "../tree/Value.tsx";
import { type FlagFilter, filterFlags } from "./filter-flags.ts";
import { describeFlagChanges, flagOf, removedFlags } from "./flag-changes.ts";

export interface FlagsPaneProps {
	readonly source: JsonSource;
	/** What the source was read from. */
	readonly content: Content;
	readonly previous: PreviousVersion | undefined;
	readonly highlight: SourceHighlight | undefined;
	readonly viewSwitch: ComponentChildren;
	/** Under it is remembered how they are sorted. */
	readonly preferencesKey: string;
}

const SORTS = {
	enabled: "Enabled first",
	name: "By name",
	document: "As written",
} as const;

export function FlagsPane(props: FlagsPaneProps) {
	const { source, content, previous, highlight, viewSwitch } = props;
	const announce = useAnnounce();
	const json = useJsonDocument(source);
	const { tree, revision } = json;
	const annotations = useTreeAnnotations(
		json.source === source ? content : undefined,
	);
	const [filter, setFilter] = useState("");
	const [sort, setSort] = useSort(props.preferencesKey);
	const [onlyChanged, setOnlyChanged] = useState(false);
	const flags = useMemo(() => readDeliveredFlags(tree) ?? [], [tree, revision]);
	const changedFrom = usePreviousTree(onlyChanged ? previous : undefined);
	const nodes = highlight?.source === json.source ? highlight.nodes : undefined;
	const chosen = useMemo(
		() => filterFlags(tree, flags, { filter, sort, changedFrom }),
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
				{previous && (
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
			<FlagCount
				isRead={tree.done}
				flags={flags}
				shown={chosen.length}
				removed={annotations ? removedFlags(annotations) : []}
			/>
			<Rows
				tree={tree}
				flags={chosen}
				changes={useMemo(
					() => annotations && describeFlagChanges(tree, annotations),
					[tree, annotations],
				)}
				flashing={useMemo(() => flagsOf(tree, nodes), [tree, nodes])}
				onCopy={(node) => copyNode({ tree, node, announce }, "formatted")}
			/>
		</>
	);
}

type Sort = FlagFilter["sort"];

function useSort(
	preferencesKey: string,
): readonly [Sort, (sort: Sort) => void] {
	const [sort, setSort] = useState<Sort>(() => {
		const known = loadPreference(preferencesKey, "sort") ?? "";
		return isSort(known) ? known : "enabled";
	});
	const choose = (chosen: Sort) => {
		setSort(chosen);
		savePreference(preferencesKey, "sort", chosen);
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
	readonly flags: readonly DeliveredFlag[];
	readonly shown: number;
	/** Names of flags that were removed since the user last looked. */
	readonly removed: readonly string[];
}

function FlagCount({ isRead, flags, shown, removed }: TallyProps) {
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
				{removed.length > 0 && (
					<>
						. Removed: <del>{escapedText(removed.join(", "))}</del>
					</>
				)}
			</p>
		</>
	);
}

interface RowsProps {
	readonly tree: Tree;
	readonly flags: readonly DeliveredFlag[];
	/** What has changed since the user last looked, by the nodes of the flags. */
	readonly changes: ReadonlyMap<number, string> | undefined;
	readonly flashing: ReadonlySet<number>;
	readonly onCopy: (node: number) => void;
}

function Rows({ tree, flags, changes, flashing, onCopy }: RowsProps) {
	const scroller = useRef<HTMLDivElement>(null);
	const draw = ({ first, end }: RowRange) =>
		flags
			.slice(first, end)
			.map((flag, index) => (
				<FlagRow
					key={flag.node}
					tree={tree}
					flag={flag}
					place={first + index + 1}
					total={flags.length}
					change={changes?.get(flag.node)}
					isFlashing={flashing.has(flag.node)}
					onCopy={onCopy}
				/>
			));
	return (
		<VirtualList
			count={flags.length}
			renderRows={draw}
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
	return new Set(Array.from(nodes, (node) => flagOf(tree, node)));
}

function isSort(value: string): value is FlagFilter["sort"] {
	return value in SORTS;
}

export interface FlagRowProps {
	readonly tree: Tree;
	readonly flag: DeliveredFlag;
	/** From 1, of so many. */
	readonly place: number;
	readonly total: number;
	/** What has changed since the user last looked. */
	readonly change?: string | undefined;
	/** It has just changed. */
	readonly isFlashing: boolean;
	readonly onCopy: (node: number) => void;
}

/** Attributes on a row; the tree has the rest. */
const LIMIT = 6;

export function FlagRow(props: FlagRowProps) {
	const { tree, flag, place, total, change, isFlashing, onCopy } = props;
	const { name, node, isEnabled, variant, attributes } = flag;
	const rest = attributes.length - LIMIT;
	return (
		// biome-ignore lint/a11y/useSemanticElements: between it and the list stand the elements that window it, where li may not be.
		<div
			class={`line flag${isFlashing ? " flash" : ""}${change ? " changed" : ""}`}
			role="listitem"
			aria-posinset={place}
			aria-setsize={total}
		>
			<span class={isEnabled ? "state on" : "state"}>
				{isEnabled ? "on" : "off"}
			</span>
			<span class="name">{escapedText(name)}</span>
			{change && <span class="was">{escapedText(change)}</span>}
			{variant !== undefined && (
				<span class="badge">variant {escapedText(variant)}</span>
			)}
			{attributes.slice(0, LIMIT).map((attribute) => (
				<Chip key={attribute.node} tree={tree} attribute={attribute} />
			))}
			{rest > 0 && <span class="count">and {rest} more</span>}
			<button
				type="button"
				class="menu-button"
				aria-label={`Copy flag ${escapeInvisible(name)}`}
				onClick={() => onCopy(node)}
			>
				Copy
			</button>
		</div>
	);
}

function Chip({ tree, attribute }: { tree: Tree; attribute: FlagAttribute }) {
	const { name, node } = attribute;
	return (
		<span class="attribute">
			{styledText(name, { style: "key" })}
			{": "}
			{isContainer(tree, node)
				? escapedText(preview(tree, node))
				: renderScalar(tree, node)}
		</span>
	);
}
