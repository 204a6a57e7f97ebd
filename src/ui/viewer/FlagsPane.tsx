// Feature flags, one a row: on or off, the variant served, attributes; filtered, sorted, or only what changed.
import type { ComponentChildren } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import {
	chooseFlags,
	type Flag,
	type FlagChoice,
	readFlags,
} from "../../document/flags.ts";
import type { Tree } from "../../document/tree.ts";
import { Refused } from "./Details.tsx";
import { FlagRow } from "./FlagRow.tsx";
import { useBefore } from "./use-before.ts";
import { useJson } from "./use-json.ts";
import { useNodeCopy } from "./use-node-copy.ts";
import { Windowed } from "./Windowed.tsx";

export interface FlagsPaneProps {
	readonly body: Uint8Array;
	/** The version before, when it is known. */
	readonly previous: Uint8Array | undefined;
	readonly viewSwitch: ComponentChildren;
	readonly onSay: (text: string) => void;
}

const SORTS = {
	enabled: "Enabled first",
	name: "By name",
	document: "As written",
} as const;

export function FlagsPane(props: FlagsPaneProps) {
	const { body, previous, viewSwitch, onSay } = props;
	const json = useJson(body);
	const { tree, revision } = json;
	const before = useBefore(previous);
	const [filter, setFilter] = useState("");
	const [sort, setSort] = useState<FlagChoice["sort"]>("enabled");
	const [onlyChanged, setOnlyChanged] = useState(false);
	const { copy, refused, dismiss } = useNodeCopy(tree, onSay);
	const flags = useMemo(() => readFlags(tree) ?? [], [tree, revision]);
	const isRead = tree.done;
	const changedFrom = onlyChanged ? before : undefined;
	const chosen = useMemo(
		() => chooseFlags(tree, flags, { filter, sort, changedFrom }),
		[tree, flags, filter, sort, changedFrom],
	);
	const enabled = flags.filter(({ isEnabled }) => isEnabled).length;
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
				<select
					aria-label="Sort flags"
					value={sort}
					onChange={({ currentTarget: { value } }) => {
						if (isSort(value)) setSort(value);
					}}
				>
					{Object.entries(SORTS).map(([value, name]) => (
						<option key={value} value={value}>
							{name}
						</option>
					))}
				</select>
				{before && (
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
			{isRead && flags.length === 0 && (
				<p class="problem note">
					Not every member of this document is a flag. Tree shows all of it.
				</p>
			)}
			<p class="tally">
				{enabled} of {flags.length} enabled
				{chosen.length !== flags.length && `, ${chosen.length} shown`}
			</p>
			<Rows
				tree={tree}
				flags={chosen}
				onCopy={(node) => copy(node, "formatted")}
			/>
			{refused !== undefined && <Refused text={refused} onClose={dismiss} />}
		</>
	);
}

interface RowsProps {
	readonly tree: Tree;
	readonly flags: readonly Flag[];
	readonly onCopy: (node: number) => void;
}

function Rows({ tree, flags, onCopy }: RowsProps) {
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

function isSort(value: string): value is FlagChoice["sort"] {
	return value in SORTS;
}
